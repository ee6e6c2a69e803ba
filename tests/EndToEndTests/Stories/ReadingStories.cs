using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What a pass costs in calls, and what it does when a single item or answer is odd.</summary>
public sealed class ReadingStories() : OfficeStory("anna")
{
    private protected override async Task Begin()
    {
        await base.Begin();
        Exchange.Exchange.Requests.Clear();
    }

    [Fact]
    public async Task A_long_title_reads_the_same_from_a_view_and_from_GetItem()
    {
        var title = new string('x', 300);
        Exchange.Outlook("anna").Adds(Event(title) with { Location = title });
        await Api.Sync("anna"); // by GetItem
        var byItem = await Entry();
        Exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        await Api.TrySync("anna");
        await Api.Sync("anna"); // by view
        Assert.Equal(title[..255], byItem["title"]!.GetValue<string>());
        Assert.Equal(byItem.ToJsonString(), (await Entry()).ToJsonString());
    }

    [Fact]
    public async Task Our_own_echo_costs_no_call()
    {
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the copy is written", async () => await State(booked) == "Written", Ct);
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal(["SyncFolderItems"], Exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Equal("Confirmed", await State(booked));
    }

    [Fact]
    public async Task Many_changes_at_once_become_one_read_of_the_window()
    {
        for (var i = 0; i < 150; i++) Exchange.Outlook("anna").Adds(Event($"Event {i}"));
        await Api.Sync("anna");
        Assert.Equal(0, Exchange.Exchange.Requests.Count("GetItem"));
        Assert.InRange(Exchange.Exchange.Requests.Count("FindItem"), 1, 2);
        Assert.Equal(150, (await Api.Staff("anna"))["externalEvents"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_unknown_deletion_reads_the_window_once()
    {
        var free = Exchange.Outlook("anna").Adds(Event("Free") with { FreeBusy = ExchangeSimulator.Mailboxes.FreeBusy.Free });
        await Api.Sync("anna");
        Exchange.Outlook("anna").Deletes(free);
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.InRange(Exchange.Exchange.Requests.Count("FindItem"), 1, 2);
    }

    [Fact]
    public async Task Passes_name_the_stored_folder_and_not_the_distinguished_one()
    {
        await Api.Sync("anna");
        await Api.Sync("anna");
        Assert.Equal(0, Exchange.Exchange.Requests.Count("GetFolder"));
    }

    [Fact]
    public async Task A_pause_that_Exchange_asks_for_is_kept_by_the_calendar()
    {
        Exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 300_000), "SyncFolderItems");
        var (_, problem) = await Api.TrySync("anna");
        Assert.Equal("urn:cleansync:exchange-is-busy", problem!["type"]!.GetValue<string>());
        Exchange.Exchange.Requests.Clear();
        await Host.Send(new Application.Syncing.Queue.QueueDueCalendars(), Ct);
        Assert.Equal(0, Exchange.Exchange.Requests.Count());
    }

    private static EventDraft Event(string title) => new(title, Tomorrow.AddHours(9), Tomorrow.AddHours(10));

    private async Task<System.Text.Json.Nodes.JsonNode> Entry() => (await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)))[0];

    private async Task<string> State(Guid booked) => (await Api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>();
}
