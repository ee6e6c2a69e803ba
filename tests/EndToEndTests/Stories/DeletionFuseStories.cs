using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class DeletionFuseStories
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mass_deletion_is_held_shown_and_happens_when_an_admin_releases_it()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, items) = await Filled(host, exchange);
        foreach (var item in items.Take(20)) exchange.Outlook("anna").Deletes(item);
        await api.Sync("anna");
        Assert.Equal(30, (await Entries(api)).Count);
        Assert.Equal(20, (await api.Staff("anna"))["heldDeletions"]!.GetValue<int>());
        Assert.Equal(20, (await api.Ok(HttpMethod.Get, "staff/anna/held-deletions"))["held"]!.AsArray().Count);
        var integration = (await api.Staff("anna"))["integrationId"]!.GetValue<Guid>();
        var ofAll = Assert.Single((await api.Ok(HttpMethod.Get, $"integrations/{integration}/held-deletions")).AsArray())!;
        Assert.Equal(("anna", 20), (ofAll["staffId"]!.GetValue<string>(), ofAll["held"]!.AsArray().Count));

        Assert.Equal(["deletions-held"], await Warnings(api));
        await api.Ok(HttpMethod.Post, "staff/anna/held-deletions/decision", new { decision = "Release" });
        Assert.Empty(await Warnings(api));
        Assert.Equal(10, (await Entries(api)).Count);
        var removals = (await api.Ok(HttpMethod.Get, $"integrations/{integration}/removals")).AsArray();
        Assert.Equal(20, removals.Count(r => r!["staffId"]!.GetValue<string>() == "anna"));
        await api.Sync("anna");
        Assert.Equal(0, (await api.Staff("anna"))["heldDeletions"]!.GetValue<int>());
    }

    [Fact]
    public async Task Held_removals_of_a_staff_member_who_is_switched_off_are_not_released()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, items) = await Filled(host, exchange);
        foreach (var item in items) exchange.Outlook("anna").Deletes(item);
        await api.Sync("anna");
        await api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" });

        var (status, problem) = await api.Send(HttpMethod.Post, "staff/anna/held-deletions/decision", new { decision = "Release" });
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:link-is-disabled"), (status, problem!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task While_removals_are_held_new_events_and_the_cursor_go_on()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, items) = await Filled(host, exchange);
        foreach (var item in items) exchange.Outlook("anna").Deletes(item);
        await api.Sync("anna");
        exchange.Outlook("anna").Adds(new EventDraft("New", Tomorrow.AddDays(50), Tomorrow.AddDays(50).AddHours(1)));
        await api.Sync("anna");
        Assert.Equal(31, (await Entries(api)).Count);
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal(1, exchange.Exchange.Requests.CountExcludingHandshake);
    }

    [Fact]
    public async Task Rejected_removals_write_the_appointments_again_and_keep_the_other_events()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, items) = await Filled(host, exchange);
        var booked = await api.Book(Tomorrow.AddDays(45), 1, "anna");
        await Eventually.Until("the copy is there", () => exchange.Mailbox("anna").Calendar.Count == 31, ct);
        await api.Sync("anna");
        foreach (var entry in exchange.Mailbox("anna").Calendar) exchange.Outlook("anna").HardDeletes(entry.ItemId);
        await api.Sync("anna");
        Assert.Equal("Booked", (await api.Appointment(booked))["status"]!.GetValue<string>());

        Assert.Contains("deletions-held", await Warnings(api));
        await api.Ok(HttpMethod.Post, "staff/anna/held-deletions/decision", new { decision = "Reject" });
        Assert.DoesNotContain("deletions-held", await Warnings(api));
        await Eventually.Until("the appointment is in Exchange again", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await api.Sync("anna");
        Assert.Equal(items.Count + 1, (await Entries(api)).Count);
    }

    private static async Task<IReadOnlyList<string>> Warnings(CleanSyncClient api) =>
        [.. (await api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>())];

    private async Task<(CleanSyncClient Api, List<string> Items)> Filled(CleanSyncHost host, Organisation exchange)
    {
        var items = Enumerable.Range(0, 30)
            .Select(i => exchange.Outlook("anna").Adds(new EventDraft($"Event {i}", Tomorrow.AddDays(i), Tomorrow.AddDays(i).AddHours(1))))
            .ToList();
        var api = host.Client(ct);
        await api.Begin(exchange, "anna");
        return (api, items);
    }

    private static Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Entries(CleanSyncClient api) =>
        api.Calendar("anna", Tomorrow, Tomorrow.AddDays(60));
}
