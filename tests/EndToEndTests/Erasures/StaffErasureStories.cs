using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Journeys;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.EndToEndTests.Erasures.Erasing;

namespace CleanSync.EndToEndTests.Erasures;

/// <summary>A staff member is taken out: link, events, names and keys go, and the appointments of everybody else stay.</summary>
public sealed class StaffErasureStories
{
    private const string StaffName = "Wilhelmina Planted-Staff";
    private const string Own = "Planted-dentist-of-the-staff-member";
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, SqliteOnly]
    public async Task An_erased_staff_member_is_in_no_byte_of_the_files_and_their_calendar_holds_what_they_made()
    {
        await using var exchange = await Organisation.Start("anna", "w.planted");
        await using var host = new CleanSyncHost().With("Scheduling:ErasuresHeartbeat", "00:00:00.1");
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna", "Basic");
        exchange.Outlook("w.planted").Adds(new EventDraft(Own, Yesterday.AddHours(3), Yesterday.AddHours(4)));
        var staffMade = exchange.Snapshot("w.planted");
        await api.Ok(HttpMethod.Put, "staff/s-17/link", new
        {
            staffName = StaffName,
            integrationId = integration,
            mailboxAddress = Organisation.Address("w.planted"),
            timeZone = "Europe/Berlin",
        });
        await api.Sync("s-17");
        await api.Ok(HttpMethod.Post, "api-keys", new { name = "s-17", role = "Staff", staffId = "s-17" });
        var past = await api.Book(Yesterday.AddHours(9), 1, "s-17");
        var shared = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna", "s-17");
        var alone = await api.Book(Days.Tomorrow.AddHours(11), 1, "s-17");
        foreach (var booked in new[] { past, shared, alone }) await api.Written(booked, ct);
        Needle[] needles = [.. new[] { StaffName, Organisation.Address("w.planted"), Own }.Select(s => new Needle(s, s, "nobody"))];
        Assert.NotEmpty(host.Data.Finds(needles));

        var refused = await api.Send(HttpMethod.Post, "erasures", new { staffId = "s-17" });
        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:cleansync:appointments-are-still-to-come"), (refused.Status, refused.Body.Text("type")));
        var report = await api.Ended(await api.Erase(new { staffId = "s-17", cancelFuture = true }), ct);

        Assert.Equal(("s-17", 1, 1), (report.Text("staffId"), report.Count("exchangeEvents"), report.Count("keys")));
        Assert.InRange(report.Count("items"), 1, 3); // a push may have removed those of the future before
        Assert.Equal(report.Count("items"), report.Count("rewritten"));
        Assert.Equal(staffMade, exchange.Snapshot("w.planted"));
        Assert.Empty(host.Data.Finds(needles));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Get, "staff/s-17")).Status);
        Assert.Equal(["anna"], (await api.Appointment(shared))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()));
        Assert.Equal(
            ("Booked", "Cancelled"), ((await api.Appointment(past)).Text("status"), (await api.Appointment(alone)).Text("status")));
        Assert.Single(exchange.Mailbox("anna").Calendar);
        var entry = (await api.AuditLog()).First(e => e["action"]!.GetValue<string>() == "EraseStaffMember" && e["refusal"] is null);
        Assert.DoesNotContain("s-17", entry.ToJsonString(), StringComparison.Ordinal);
    }
}
