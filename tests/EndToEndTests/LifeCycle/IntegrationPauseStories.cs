using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>Planned maintenance: nothing is sent meanwhile, and everything catches up.</summary>
public sealed class IntegrationPauseStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_paused_nothing_is_sent_and_bookings_and_edits_wait_and_afterwards_both_sides_catch_up_once()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna");
        var moved = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the first appointment is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);

        var paused = await api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "Exchange is updated" });
        Assert.Equal(("Paused", "Exchange is updated"), (paused["status"]!.GetValue<string>(), paused["statusReason"]!.GetValue<string>()));
        exchange.Exchange.Requests.Clear();
        exchange.Outlook("anna").Adds(new EventDraft("Meanwhile", Days.Tomorrow.AddHours(15), Days.Tomorrow.AddHours(16)));
        var booked = await api.Book(Days.Tomorrow.AddHours(11), 1, "anna");
        await api.Move(moved, Days.Tomorrow.AddHours(13));
        foreach (var refused in new[] { "staff/anna/sync", "staff/anna/resync", $"integrations/{integration}/resync",
            $"integrations/{integration}/authorize", $"integrations/{integration}/test" })
            Assert.Equal(
                "urn:cleansync:integration-is-paused", (await api.Send(HttpMethod.Post, refused)).Body!["type"]!.GetValue<string>());
        await host.Send(new Application.Syncing.Queue.QueueDueCalendars(), ct);
        await host.Send(new Application.Syncing.Queue.QueueDuePushes(), ct);
        Assert.Equal("Queued", (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>());
        Assert.Empty(exchange.Exchange.Requests.All);

        Assert.Equal("Active", (await api.Ok(HttpMethod.Post, $"integrations/{integration}/resume"))["status"]!.GetValue<string>());
        await Eventually.Until("what waited is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 3, ct);
        await api.Sync("anna");
        Assert.Equal(
            [11, 13, 15],
            (await api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(1))).Select(
                e => (int)(e["start"]!.GetValue<DateTimeOffset>() - Days.Tomorrow).TotalHours));
        Assert.Equal([11, 13, 15], exchange.Mailbox("anna").Calendar.Select(e => (int)(e.Fields.Start - Days.Tomorrow).TotalHours).Order());
        Assert.Empty((await api.Staff("anna"))["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_create_that_is_under_way_when_the_pause_begins_is_neither_lost_nor_doubled()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna");
        var answer = exchange.Exchange.Faults.WithholdNext("CreateItem");
        var first = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await answer.Reached.WaitAsync(ct);
        await api.Book(Days.Tomorrow.AddHours(11), 1, "anna");
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "Exchange is updated" });
        answer.Release();
        await Eventually.Until(
            "the first is noted", async () => (await api.Appointment(first))["copies"]![0]!["state"]!.GetValue<string>() == "Written", ct);
        Assert.Equal(1, exchange.Exchange.Requests.Count("CreateItem"));

        await api.Ok(HttpMethod.Post, $"integrations/{integration}/resume");
        await Eventually.Until("both are in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        Assert.Equal(2, exchange.Exchange.Requests.Count("CreateItem"));
        Assert.Equal("Syncing", (await api.Staff("anna"))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_pause_with_an_end_goes_on_by_itself()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna");
        await api.Ok(
            HttpMethod.Post,
            $"integrations/{integration}/pause",
            new { reason = "Short", until = TimeProvider.System.GetUtcNow().AddSeconds(2) });
        await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until(
            "it runs again", async () => (await api.Integration(integration))["status"]!.GetValue<string>() == "Active", ct);
        await Eventually.Until("the appointment is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
    }
}
