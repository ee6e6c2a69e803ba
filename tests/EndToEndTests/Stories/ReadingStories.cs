using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What a pass costs in calls, and what it does when a single item or answer is odd.</summary>
public sealed class ReadingStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host = new();
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        api = host.Client(ct);
        await api.Begin(exchange, "anna");
        exchange.Exchange.Requests.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_long_title_reads_the_same_from_a_view_and_from_GetItem()
    {
        var title = new string('x', 300);
        exchange.Outlook("anna").Adds(Event(title) with { Location = title });
        await api.Sync("anna"); // by GetItem
        var byItem = await Entry();
        exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        await api.TrySync("anna");
        await api.Sync("anna"); // by view
        Assert.Equal(title[..255], byItem["title"]!.GetValue<string>());
        Assert.Equal(byItem.ToJsonString(), (await Entry()).ToJsonString());
    }

    [Fact]
    public async Task Our_own_echo_costs_no_call()
    {
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the copy is written", async () => await State(booked) == "Written", ct);
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal(["SyncFolderItems"], exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Equal("Confirmed", await State(booked));
    }

    [Fact]
    public async Task Many_changes_at_once_become_one_read_of_the_window()
    {
        for (var i = 0; i < 150; i++) exchange.Outlook("anna").Adds(Event($"Event {i}"));
        await api.Sync("anna");
        Assert.Equal(0, exchange.Exchange.Requests.Count("GetItem"));
        Assert.InRange(exchange.Exchange.Requests.Count("FindItem"), 1, 2);
        Assert.Equal(150, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_unknown_deletion_reads_the_window_once()
    {
        var free = exchange.Outlook("anna").Adds(Event("Free") with { FreeBusy = ExchangeSimulator.Mailboxes.FreeBusy.Free });
        await api.Sync("anna");
        exchange.Outlook("anna").Deletes(free);
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.InRange(exchange.Exchange.Requests.Count("FindItem"), 1, 2);
    }

    [Fact]
    public async Task Passes_name_the_stored_folder_and_not_the_distinguished_one()
    {
        await api.Sync("anna");
        await api.Sync("anna");
        Assert.Equal(0, exchange.Exchange.Requests.Count("GetFolder"));
    }

    [Fact]
    public async Task A_pause_that_Exchange_asks_for_is_kept_by_the_calendar()
    {
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 300_000), "SyncFolderItems");
        var (_, problem) = await api.TrySync("anna");
        Assert.Equal("urn:cleansync:exchange-is-busy", problem!["type"]!.GetValue<string>());
        exchange.Exchange.Requests.Clear();
        await host.Send(new Application.Syncing.Queue.QueueDueCalendars(), ct);
        Assert.Equal(0, exchange.Exchange.Requests.Count());
    }

    private static EventDraft Event(string title) => new(title, Tomorrow.AddHours(9), Tomorrow.AddHours(10));

    private async Task<System.Text.Json.Nodes.JsonNode> Entry() => (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)))[0];

    private async Task<string> State(Guid booked) => (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>();
}
