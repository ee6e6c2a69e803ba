using System.Net;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>Wrong passwords as the directory counts them: for each account, whoever sends them.</summary>
public sealed class WrongPasswordStories : AccountStories
{
    [Fact]
    public async Task After_two_wrong_passwords_nothing_is_sent_by_any_request_to_any_server_for_half_an_hour_or_until_it_is_tried_anyway()
    {
        var draft = await Api.Connect(Here.Exchange.EwsUrl);
        var active = await Api.Connect(Elsewhere.Exchange.EwsUrl);
        await Api.Authorize(active);
        var settings = await Api.Settings(active);
        var entered = Entered(Here);

        Assert.Equal("credential-refused", Logon(
            await Api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, "SVC-Booking@Contoso.Example", "Wrong-1"))));
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-2" }));
        Assert.Equal(2, Failed);

        await Restart();
        var before = (Failed, Succeeded);
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{draft}/authorize"));
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{draft}/preview"));
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{active}/test"));
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{active}/discovery", new { }));
        Assert.Equal(Held, await Problem(
            HttpMethod.Post, "server-discoveries", new { userName = Organisation.AccountName, password = "Wrong-3" }));
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-3" }));
        settings["password"] = "Wrong-3";
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{active}", settings));
        Assert.Equal("too-many-wrong-passwords", Logon(
            await Api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, "Wrong-3"))));
        Assert.Equal("too-many-wrong-passwords", Logon(
            await Api.Ok(HttpMethod.Post, $"integrations/{draft}/diagnosis", new { tryCredential = true })));
        Assert.Equal(before, (Failed, Succeeded));

        var (status, problem) = await Api.Send(HttpMethod.Post, $"integrations/{draft}/authorize");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"{Clock.GetUtcNow().AddMinutes(30).UtcDateTime:HH:mm:ss} UTC", problem!["detail"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains("\"tryAnyway\": true", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        // Another way to write an account may be another account.
        Assert.NotEqual("too-many-wrong-passwords", Logon(
            await Api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, "CONTOSO\\svc-booking", Organisation.Password))));

        await Api.Ok(HttpMethod.Post, $"integrations/{draft}/authorize", new { tryAnyway = true });
        Assert.Contains((await Api.AuditLog()), e =>
            e["action"]!.GetValue<string>() == "AuthorizeIntegration" && e["note"]?.GetValue<string>().Contains(
            "tried anyway", StringComparison.Ordinal) == true);
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-4" }));
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-5" }));
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-6" }));
        Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-7" }));
        Assert.Equal(5, Failed);
    }

    [Fact]
    public async Task Traffic_is_counted_and_held_too_and_goes_on_with_a_password_that_is_known_to_work()
    {
        var first = await Api.Begin(Here, "anna", "Basic");
        var second = await Api.Begin(Elsewhere, "bert", "Basic");

        // Two wrong ones that were typed: what works goes on.
        foreach (var wrong in new[] { "Wrong-1", "Wrong-2" }) await Problem(
            HttpMethod.Put, $"integrations/{first}/password", new { password = wrong });
        await Api.Sync("anna");
        await Api.Sync("bert");
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{first}/password", new { password = "Wrong-3" }));
        Clock.Advance(TimeSpan.FromMinutes(31));
        await Api.Sync("anna");
        await Api.Sync("bert");
        var before = Failed;

        // Refused in traffic, which is in doubt at first, and for an admin, and once more. The other integration's password of the same
        // account, known to work a moment ago, is not sent any more.
        foreach (var exchange in new[] { Here, Elsewhere }) Account(exchange).Password = "Changed-8";
        Assert.Equal("urn:cleansync:logon-is-in-doubt", (await Api.TrySync("anna")).Body!["type"]!.GetValue<string>());
        for (var i = 0; i < 2; i++)
            Assert.Equal("urn:cleansync:credential-refused", await Problem(HttpMethod.Post, $"integrations/{first}/test"));
        Assert.Equal(Held, (await Api.TrySync("bert")).Body!["type"]!.GetValue<string>());
        Assert.Equal(before + 3, Failed);
        Assert.Equal("Active", (await Api.Integration(second))["status"]!.GetValue<string>());

        await Api.Ok(HttpMethod.Put, $"integrations/{first}/password", new { password = "Changed-8", tryAnyway = true });
        await Api.Sync("anna");
        await Api.Ok(HttpMethod.Put, $"integrations/{second}/password", new { password = "Changed-8" });
        await Api.Sync("bert");
        Assert.Equal(before + 3, Failed);
    }

    [Fact]
    public async Task Six_wrong_passwords_at_once_are_two()
    {
        var integration = await Api.Begin(Here, "anna");
        var entered = Entered(Here);
        await Task.WhenAll(Enumerable.Range(1, 6).Select(i => i % 2 == 0
            ? Api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, $"Wrong-{i}"))
            : Api.Send(HttpMethod.Put, $"integrations/{integration}/password", new { password = $"Wrong-{i}" }).ContinueWith(
                t => t.Result.Body!, TaskScheduler.Default)));
        Assert.Equal(2, Failed);
    }

    [Fact]
    public async Task A_success_at_another_server_does_not_end_the_count()
    {
        var (entered, other) = (Entered(Here), Entered(Elsewhere));
        await Diagnosed(entered, "Wrong-1");
        Assert.Equal("", await Diagnosed(other, Organisation.Password));
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-2"));
        Assert.Equal("too-many-wrong-passwords", await Diagnosed(entered, "Wrong-3"));
        Assert.Equal(2, Failed);
    }

    [Fact]
    public async Task A_logon_whose_caller_hangs_up_is_heard_to_its_end()
    {
        var entered = Entered(Here);
        await Diagnosed(entered, "Wrong-1");
        using (var caller = CancellationTokenSource.CreateLinkedTokenSource(Ct))
        {
            var answer = Here.Exchange.Faults.WithholdNext("GetFolder");
            var hasty = Host.Client(caller.Token);
            var call = hasty.Send(
                HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, Organisation.Password));
            await answer.Reached.WaitAsync(Ct);
            await caller.CancelAsync();
            answer.Release();
            Assert.True(await Record.ExceptionAsync(() => call) is null or OperationCanceledException);
        }

        // It worked, so the two that follow are the first two again.
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-2"));
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-3"));
        Assert.Equal("too-many-wrong-passwords", await Diagnosed(entered, "Wrong-4"));
        Assert.Equal(3, Failed);
    }

    [Fact]
    public async Task A_preview_or_a_test_that_is_tried_anyway_sends_one_logon_and_a_logon_that_works_ends_the_count()
    {
        var draft = await Api.Connect(Here.Exchange.EwsUrl);
        foreach (var path in new[] { $"integrations/{draft}/preview", $"integrations/{draft}/test" })
        {
            foreach (var wrong in new[] { "Wrong-1", "Wrong-2" }) await Diagnosed(Entered(Here), wrong);
            var before = (Failed, Succeeded);
            Assert.Equal(Held, await Problem(HttpMethod.Post, path));
            Assert.Equal(before, (Failed, Succeeded));

            await Api.Ok(HttpMethod.Post, path, new { tryAnyway = true });
            Assert.Equal((before.Failed, before.Succeeded + 1), (Failed, Succeeded));
            await Api.Ok(HttpMethod.Post, path);
        }

        Assert.Equal(2, (await Api.AuditLog()).Count(e => e["action"]!.GetValue<string>() is "PreviewIntegration" or "TestIntegration"
            && e["note"]?.GetValue<string>().Contains("tried anyway", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task Streams_are_held_too_and_open_with_a_password_that_is_known_to_work()
    {
        var integration = await Api.Begin(Here, "anna", "Basic");
        foreach (var wrong in new[] { "Wrong-1", "Wrong-2" }) await Diagnosed(Entered(Here), wrong);
        Assert.IsType<Notice.Lost>(await Listen(integration));

        // It worked too long ago to be sent while the count is full.
        Clock.Advance(TimeSpan.FromMinutes(11));
        var sent = Here.Exchange.Requests.All.Count;
        var held = await Assert.ThrowsAsync<CalendarFailure>(() => Listen(integration));
        Assert.IsType<TooManyWrongPasswords>(held.Refusal);
        Assert.Equal(sent, Here.Exchange.Requests.All.Count);
        Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.IsType<Notice.Lost>(await Listen(integration));
    }

    /// <summary>The first word of a stream: nobody subscribed, so it says that the subscription is lost.</summary>
    private async Task<Notice> Listen(Guid id)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var integration = await scope.ServiceProvider.GetRequiredService<IExchangeIntegrationRepository>().Find(id, Ct);
        var post = scope.ServiceProvider.GetRequiredService<INotificationChannels>().At(Organisation.Address("anna"));
        return await post.Listen(integration!.Server, ["nobody-subscribed"], Ct).FirstAsync(Ct);
    }
}
