using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Pressure;

/// <summary>
/// What takes the server too long is asked for by halves, what it fails on three times belongs to the item, and the admin sees who waits.
/// </summary>
public sealed class TooMuchAtOnceStories() : OfficeStory("anna")
{
    private protected override async Task Begin()
    {
        await base.Begin();
        Exchange.Exchange.Requests.Clear();
    }

    [Theory]
    [InlineData("GetItem", 3)]
    [InlineData("SyncFolderItems", 2)]
    public async Task A_call_that_takes_the_server_too_long_is_made_with_half_as_much(string operation, int calls)
    {
        for (var hour = 8; hour < 12; hour++) Adds($"Event {hour}", hour);
        Exchange.Exchange.Faults.Next(new Fault.Response("ErrorTimeoutExpired"), operation);
        await Api.Sync("anna");
        Assert.Equal(4, (await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Count);
        Assert.Equal(calls, Exchange.Exchange.Requests.Count(operation));
    }

    [Fact]
    public async Task A_view_that_takes_the_server_too_long_is_read_in_halves()
    {
        Adds("Event", 9);
        Exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        await Api.TrySync("anna");
        Exchange.Exchange.Requests.Clear();
        Exchange.Exchange.Faults.Next(new Fault.Response("ErrorTimeoutExpired"), "FindItem");
        await Api.Sync("anna");
        Assert.Single(await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));
        Assert.InRange(Exchange.Exchange.Requests.Count("FindItem"), 3, 5); // the window is one or two slices; one of them in halves
    }

    [Fact]
    public async Task An_item_that_the_server_fails_on_is_asked_for_three_times_and_then_set_aside()
    {
        Adds("Event", 9);
        Exchange.Exchange.Faults.Next(new Fault.Response("ErrorInternalServerError"), "GetItem", times: 100);
        await Api.Sync("anna");
        Assert.Equal(6, Exchange.Exchange.Requests.Count("GetItem")); // three times whole, three times for its times alone
        var warning = Assert.Single((await Api.Staff("anna"))["warnings"]!.AsArray())!;
        Assert.Equal("item-unreadable", warning["code"]!.GetValue<string>());
        Assert.Contains("ErrorInternalServerError", warning["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_traffic_of_an_integration_names_the_mailbox_that_waits_and_until_when_and_an_admin_lifts_the_pause()
    {
        Exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 300_000), "SyncFolderItems");
        await Api.TrySync("anna");
        var traffic = await Api.Ok(HttpMethod.Get, $"integrations/{Integration}/traffic");
        var paused = Assert.Single(traffic["pausedMailboxes"]!.AsArray())!;
        Assert.Equal((8, Organisation.Address("anna")), (traffic["callLimit"]!.GetValue<int>(), paused["mailbox"]!.GetValue<string>()));
        Assert.StartsWith("0 of 8 in use; 1 mailbox waits until ", traffic["summary"]!.GetValue<string>(), StringComparison.Ordinal);

        var lifted = await Api.Ok(HttpMethod.Delete, $"integrations/{Integration}/traffic/pauses");
        Assert.Equal("0 of 8 in use; no mailbox waits.", lifted["summary"]!.GetValue<string>());
        await Api.Sync("anna");
        var entry = (await Api.AuditLog())[0];
        Assert.Equal(
            ("LiftPauses", $"integration/{Integration}"), (entry["action"]!.GetValue<string>(), entry["subject"]!.GetValue<string>()));
    }

    private void Adds(string title, int hour) =>
        Exchange.Outlook("anna").Adds(new EventDraft(title, Tomorrow.AddHours(hour), Tomorrow.AddHours(hour + 1)));
}
