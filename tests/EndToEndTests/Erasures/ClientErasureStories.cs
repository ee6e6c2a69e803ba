using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using static CleanSync.EndToEndTests.Erasures.Erasing;

namespace CleanSync.EndToEndTests.Erasures;

/// <summary>A client is taken out of both sides, and then searched for in every byte that CleanSync keeps.</summary>
public sealed class ClientErasureStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, SqliteOnly]
    public async Task An_erased_client_is_in_no_byte_of_the_files_and_in_no_calendar_and_the_report_says_what_was_touched()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = Host();
        var api = await Linked(host, exchange, "anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Yesterday.AddHours(3), Yesterday.AddHours(4)));
        var first = await api.Book(Booking(Yesterday.AddHours(9), ["anna", "bert"]), "key-1");
        var second = await api.Book(Booking(Yesterday.AddHours(11), ["anna"], "Colour for ZEPHYRINE"), "key-2");
        var another = await api.Book(CleanSyncClient.Booking(Yesterday.AddHours(13), 1, ["anna"]), "key-3");
        foreach (var booked in new[] { first, second, another }) await api.Written(booked, ct);
        await api.Sync("anna");
        Assert.NotEmpty(host.Data.Finds(Needles)); // the search can find
        Assert.Contains(Notes, exchange.Reads("anna", "bert"), StringComparison.Ordinal);

        object[] searches =
        [
            new { name = "quandt zephyrine" }, new { phone = "0171/55504711" }, new { email = Email.ToUpperInvariant() },
            new { name = "ozkaya", phone = Phone, email = Email },
        ];
        foreach (var search in searches)
        {
            var found = await api.Ok(HttpMethod.Post, "erasures/search", search);
            Assert.Equal([first, second], found["appointments"]!.AsArray().Select(a => a!["id"]!.GetValue<Guid>()));
            Assert.DoesNotContain("Quandt", found.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        }

        var nobody = await api.Ok(HttpMethod.Post, "erasures/search", new { name = "zephyrine", email = "client@example.org" });
        Assert.Empty(nobody["appointments"]!.AsArray());
        var report = await api.Ended(await api.Erase(new { appointmentIds = new[] { first, second } }), ct);

        Assert.Equal(
            (2, 2, 0, 2), (report.Count("appointments"), report.Count("erased"), report.Count("kept"), report.Count("idempotencyMarks")));
        Assert.Equal((3, 3), (report.Count("items"), report.Count("rewritten")));
        Assert.Empty(report.Codes("notRewritten"));
        Assert.Contains("Deleted Items", report["outOfReach"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Backups", report["outOfReach"]!.ToJsonString(), StringComparison.Ordinal);
        const string untouched =
            "Haircut|Branch 1|First visit\n\nClient: Client Example\nPhone: +49 30 1234\nE-mail: client@example.org|13";
        Assert.Equal(
            $"Appointment|Branch 1||11\n{untouched}\nHaircut|Branch 1||9\nHaircut|Branch 1||9\nOwn|||3", exchange.Reads("anna", "bert"));
        Assert.Empty(host.Data.Finds(Needles));
        Assert.DoesNotContain("Zephyrine", host.Logs.Text, StringComparison.OrdinalIgnoreCase);
        var stored = await api.Appointment(second);
        Assert.Equal(
            ("Appointment", "Booked", null, null), (stored.Text("title"), stored.Text("status"), stored["client"], stored["notes"]));

        var entry = (await api.AuditLog()).First(e => e["action"]!.GetValue<string>() == "EraseAppointments");
        Assert.Equal($"erasure/{report["id"]}", entry["subject"]!.GetValue<string>());
        Assert.DoesNotContain(first.ToString(), entry.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(await api.AuditLog(), e => e["action"]!.GetValue<string>().Contains("Find", StringComparison.Ordinal));

        foreach (var repeat in new[] { Booking(Yesterday.AddHours(9), ["anna", "bert"]), Booking(Yesterday.AddHours(10), ["anna"]) })
            Refused(await api.Send(HttpMethod.Post, "appointments", repeat, "key-1"), "booking-was-erased");
        var details = new { title = "Haircut", client = new { name = Name } };
        Refused(await api.Send(HttpMethod.Put, $"appointments/{first}/details", details), "appointment-is-erased");
        Refused(await api.TryMove(first, Days.Tomorrow, 1), "appointment-is-erased");
        Assert.Equal(another, await api.Book(CleanSyncClient.Booking(Yesterday.AddHours(13), 1, ["anna"]), "key-3"));
        await api.Sync("anna");
        Assert.Empty(host.Data.Finds(Needles));
    }

    [Fact]
    public async Task What_is_still_to_come_is_refused_or_cancelled_first_and_what_is_under_way_settles_first()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = Host()
            .With("Sync:CallTimeout", "00:00:02").With("Sync:AttemptGrace", "00:00:00.2").With("Scheduling:PushInterval", "00:00:00.2");
        var api = await Linked(host, exchange, "anna");
        var coming = await api.Book(Booking(Days.Tomorrow.AddHours(9), ["anna"]), "key-1");
        await api.Written(coming, ct);
        var create = exchange.Exchange.Faults.WithholdNext("CreateItem");
        var past = await api.Book(Booking(Yesterday.AddHours(9), ["anna"]), "key-2");
        await create.Reached.WaitAsync(ct);

        var refused = await api.Send(HttpMethod.Post, "erasures", new { appointmentIds = new[] { coming, past } });
        Refused(refused, "appointments-are-still-to-come");
        Assert.Contains(coming.ToString(), refused.Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var unknown = await api.Send(HttpMethod.Post, "erasures", new { appointmentIds = new[] { Guid.NewGuid() } });
        Refused(unknown, "appointment-not-found", HttpStatusCode.NotFound);

        var begun = await api.Erase(new { appointmentIds = new[] { coming, past }, cancelFuture = true });
        await Eventually.Until(
            "the open attempt is told", async () => (await api.Erasure(begun)).Codes("waitsFor").Contains("attempt-is-open"), ct);
        Assert.NotNull((await api.Appointment(past))["client"]);
        create.Release();
        var report = await api.Ended(begun, ct);
        Assert.Equal((2, 1), (report["erased"]!.GetValue<int>(), report["cancelled"]!.GetValue<int>()));
        Assert.Equal("Cancelled", (await api.Appointment(coming))["status"]!.GetValue<string>());
        Assert.Equal("Haircut|Branch 1||9", exchange.Reads("anna"));
        Assert.Empty(host.Data.Finds(Needles));
        var deleted = Assert.Single(exchange.Mailbox("anna").DeletedItems);
        Assert.Contains(Notes, deleted.Fields.Body, StringComparison.Ordinal); // out of reach, as the report says

        exchange.Outlook("anna").Restores(deleted.ItemId);
        await api.Sync("anna");
        await Eventually.Until("what was restored is removed again", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
    }

    [Fact]
    public async Task What_cannot_be_rewritten_is_listed_with_the_reason_and_everything_here_is_erased_all_the_same()
    {
        await using var exchange = await Organisation.Start("anna", "bert", "carl");
        await using var host = Host()
            .With("Sync:FirstPause", "00:00:00.02").With("Sync:LongestPause", "00:00:00.05").With("Scheduling:PushInterval", "00:00:00.1");
        var api = await Linked(host, exchange, "anna", "bert", "carl");
        var shared = await api.Book(Booking(Yesterday.AddHours(9), ["anna", "bert", "carl"]), "key-1");
        await api.Written(shared, ct);
        foreach (var member in new[] { "anna", "bert", "carl" }) await api.Sync(member);
        exchange.Outlook("anna").TurnsIntoSeries(exchange.Mailbox("anna").Calendar.Single().ItemId, new DailyPattern(1), occurrences: 3);
        await api.Sync("anna");
        await api.Ok(HttpMethod.Put, "staff/bert/link/enabled", new { enabled = false, copies = "Keep" });
        exchange.Exchange.Faults.Next(new Fault.Response("ErrorItemSave"), "UpdateItem", Organisation.Address("carl"), times: 50);

        var begun = await api.Erase(new { appointmentIds = new[] { shared } });
        await Eventually.Until("the one who is switched off is told, and what was refused is listed", async () =>
        {
            var now = await api.Erasure(begun);
            return now.Codes("waitsFor") is ["link-is-disabled"] && now.Codes("notRewritten") is ["ErrorItemSave", "is-a-series"];
        }, ct);
        Assert.Equal("Rewriting", (await api.Erasure(begun))["state"]!.GetValue<string>());
        Assert.Empty(host.Data.Finds(Needles));

        await api.Ok(HttpMethod.Post, $"erasures/{begun["id"]}/finish");
        var report = await api.Ended(begun, ct);
        Assert.Equal(["ErrorItemSave", "is-a-series", "not-cleaned-up"], report.Codes("notRewritten"));
        Assert.Equal(["anna", "bert", "carl"], report["notRewritten"]!.AsArray().Select(o => o!["staffId"]!.GetValue<string>()).Order());
        await api.Ok(HttpMethod.Put, "staff/bert/link/enabled", new { enabled = true });
        await Eventually.Until(
            "what can be reached again is rewritten all the same", () => exchange.Reads("bert") == "Haircut|Branch 1||9", ct);
        Assert.Equal([begun.Text("id")], (await api.Ok(HttpMethod.Get, "erasures")).AsArray().Select(e => e.Text("id")));
        Refused(await api.Send(HttpMethod.Get, $"erasures/{Guid.NewGuid()}"), "erasure-not-found", HttpStatusCode.NotFound);
    }

    [Fact, OnBothDatabases]
    public async Task Items_that_a_disconnection_left_behind_are_listed()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = Host().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna", "Basic");
        var booked = await api.Book(Booking(Yesterday.AddHours(9), ["anna"]), "key-1");
        await api.Written(booked, ct);
        exchange.Outlook("anna").Invites(exchange.Mailbox("anna").Calendar.Single().ItemId, "guest@fabrikam.example");
        await api.Disconnect(integration);
        await api.Ends(integration, ct);
        var report = await api.Ended(await api.Erase(new { appointmentIds = new[] { booked } }), ct);
        Assert.Equal(["has-attendees"], report.Codes("notRewritten"));
        var left = report["notRewritten"]![0];
        Assert.Equal((booked.ToString(), "anna"), (left.Text("appointmentId"), left.Text("staffId")));
    }

    private static CleanSyncHost Host() => new CleanSyncHost().With("Scheduling:ErasuresHeartbeat", "00:00:00.1");

    private async Task<CleanSyncClient> Linked(CleanSyncHost host, Organisation exchange, params string[] staff)
    {
        var api = host.Client(ct);
        await api.Begin(exchange, staff, "Basic");
        return api;
    }

    private static void Refused(
        (HttpStatusCode Status, JsonNode? Body) answer,
        string code,
        HttpStatusCode status = HttpStatusCode.Conflict) =>
        Assert.Equal((status, $"urn:cleansync:{code}"), (answer.Status, answer.Body.Text("type")));
}
