using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class AppointmentStories(ApiHost host)
{
    [Fact]
    public async Task Booking_answers_with_the_address_and_version_of_the_appointment()
    {
        var answer = await Book();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
        var read = await host.Caller().GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal((await answer.Json()).ToJsonString(), (await read.Json()).ToJsonString());
        Assert.Equal("2030-06-03T07:30:00Z", (await read.Json()).Text("start"));
    }

    [Fact]
    public async Task Repeating_a_booking_with_its_key_answers_with_the_first()
    {
        var key = Guid.NewGuid().ToString();
        var (first, again) = (await Book(key), await Book(key));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.NotEqual(first.Headers.Location, (await Book(Guid.NewGuid().ToString())).Headers.Location);
    }

    [Fact]
    public async Task A_key_is_good_for_one_request_body()
    {
        var key = Guid.NewGuid().ToString();
        await Book(key);
        var answer = await Book(key, title: "Shave");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("urn:cleansync:idempotency-key-was-used", (await answer.Json()).Text("type"));
    }

    [Fact]
    public async Task Moving_raises_the_version_and_the_old_one_is_then_refused()
    {
        var booked = await Book();
        var moved = await Move(booked, "\"1\"");
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Equal("\"2\"", moved.Headers.ETag?.Tag);
        Assert.Equal("2030-06-04T12:00:00Z", (await moved.Json()).Text("start"));
        var late = await Move(booked, "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal(412, (await late.Json())["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task Cancelling_twice_is_done_once_and_a_cancelled_appointment_stays_where_it_was()
    {
        var booked = await Book();
        Assert.Equal("Cancelled", (await (await Cancel(booked)).Json()).Text("status"));
        var again = await Cancel(booked);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (again.StatusCode, again.Headers.ETag?.Tag));
        var moved = await Move(booked, null);
        Assert.Equal(HttpStatusCode.Conflict, moved.StatusCode);
        Assert.Equal("urn:cleansync:appointment-is-cancelled", (await moved.Json()).Text("type"));
        foreach (var (what, body) in new[] { ("staff", new JsonObject { ["staffIds"] = new JsonArray("bert") }),
            ("details", new JsonObject { ["title"] = "Shave" }) })
            Assert.Equal(HttpStatusCode.Conflict, (await Put(booked, what, body)).StatusCode);
    }

    [Fact]
    public async Task New_details_and_staff_replace_the_old_ones_and_doing_so_twice_is_done_once()
    {
        var booked = await Book();
        var details = new JsonObject { ["title"] = "Shave", ["client"] = new JsonObject { ["name"] = "Dora" } };
        var changed = await (await Put(booked, "details", details)).Json();
        Assert.Equal(("Shave", "Dora", null), (changed.Text("title"), changed["client"]!.AsObject().Text("name"), changed["location"]));
        Assert.Equal("\"2\"", (await Put(booked, "details", details)).Headers.ETag?.Tag);
        var taken = await Put(booked, "staff", new JsonObject { ["staffIds"] = new JsonArray("zoe", "bert") });
        Assert.Equal("\"3\"", taken.Headers.ETag?.Tag);
        Assert.Equal(["zoe", "bert"], (await taken.Json())["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()));
        foreach (var wrong in new[] { new JsonArray(), new JsonArray("zoe", "zoe") })
            Assert.Equal(HttpStatusCode.BadRequest, (await Put(booked, "staff", new JsonObject { ["staffIds"] = wrong })).StatusCode);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var answer = await host.Caller().GetAsync($"/api/v1/appointments/{Guid.NewGuid()}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Appointment not found", (await answer.Json()).Text("title"));
    }

    private async Task<HttpResponseMessage> Book(string? key = null, string title = "Haircut")
    {
        var body = Bodies.Booking();
        body["title"] = title;
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/appointments") { Content = Bodies.Sent(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await host.Caller().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> Move(HttpResponseMessage booked, string? ifMatch) => Change(
        booked, "move", ifMatch, new JsonObject { ["start"] = "2030-06-04T14:00:00+02:00", ["end"] = "2030-06-04T14:45:00+02:00" });

    private Task<HttpResponseMessage> Cancel(HttpResponseMessage booked) => Change(booked, "cancel", null, null);

    private Task<HttpResponseMessage> Put(HttpResponseMessage booked, string what, JsonNode body) =>
        host.Caller().PutAsync($"{booked.Headers.Location}/{what}", Bodies.Sent(body), TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> Change(HttpResponseMessage booked, string verb, string? ifMatch, JsonNode? body)
    {
        var request =
            new HttpRequestMessage(HttpMethod.Post, $"{booked.Headers.Location}/{verb}")
            {
                Content = body is null ? null
                : Bodies.Sent(body)
            };
        if (ifMatch is not null) request.Headers.Add("If-Match", ifMatch);
        return await host.Caller().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
