using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Items that Exchange cannot give hold up nothing, and block time as far as their times can be had.</summary>
public sealed class PoisonStories() : ClockedStory("anna")
{
    private static readonly Corruption Texts = new();
    private static readonly Corruption Whole = new(GivesTimes: false);

    [Fact]
    public async Task An_item_that_Exchange_cannot_give_is_set_aside_with_a_warning_and_the_pass_goes_on()
    {
        Poison(Whole);
        Exchange.Outlook("anna").Adds(Event("Next", 11));
        await Api.Sync("anna");
        Assert.Equal(["Next"], await Titles());
        var warning = Assert.Single((await Api.Staff("anna"))["warnings"]!.AsArray())!;
        Assert.Equal("item-unreadable", warning["code"]!.GetValue<string>());
        Assert.Contains("ErrorItemCorrupt", warning["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poison_item_with_readable_times_blocks_them_without_a_title_until_it_is_readable()
    {
        var item = Poison(Texts);
        await Api.Sync("anna");
        Assert.Equal(["Busy"], await Titles());
        Assert.Equal("item-unreadable", (await Api.Staff("anna"))["warnings"]![0]!["code"]!.GetValue<string>());

        Exchange.Mailbox("anna").Corrupt(item, null);
        Exchange.Outlook("anna").Touches(item);
        await Api.Sync("anna");
        Assert.Equal(["Poison"], await Titles());
    }

    [Fact]
    public async Task The_nightly_read_asks_again_for_poison_items_that_it_does_not_show_and_no_pass_in_between_does()
    {
        var (item, other) = (Poison(Texts), Poison(Whole));
        await Api.Sync("anna");
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal(["SyncFolderItems"], Exchange.Exchange.Requests.Calls.Select(c => c.Operation));

        await Night();
        Assert.Equal(["Busy"], await Titles());
        Assert.Equal(2, (await Api.Staff("anna"))["warnings"]!.AsArray().Count);

        foreach (var mended in new[] { item, other }) Exchange.Mailbox("anna").Corrupt(mended, null);
        await Night();
        Assert.Equal(["Poison", "Poison"], await Titles());
    }

    [Fact]
    public async Task A_poison_item_that_its_owner_deletes_blocks_no_more()
    {
        var item = Poison(Texts);
        await Api.Sync("anna");
        Exchange.Outlook("anna").Deletes(item);
        await Api.Sync("anna");
        Assert.Empty(await Titles());
    }

    [Fact]
    public async Task An_answer_that_one_item_spoils_is_asked_for_item_by_item()
    {
        Poison(new Corruption(Code: null));
        Exchange.Outlook("anna").Adds(Event("Next", 11));
        await Api.Sync("anna");
        Assert.Equal(["Busy", "Next"], await Titles());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("ErrorItemCorrupt", 1)]
    [InlineData(null, 24 * 20)]
    public async Task An_item_that_spoils_the_whole_view_is_isolated_and_the_rest_of_the_calendar_goes_on(string? code, int hours)
    {
        foreach (var hour in new[] { 1, 11, 24 * 40, 24 * 300 }) Exchange.Outlook("anna").Adds(Event($"Next {hour}", hour));
        Poison(new Corruption(code, SpoilsViews: true), hours);
        Exchange.Exchange.Requests.Clear();
        await Resync();
        Assert.Equal(["Busy", "Next 1", "Next 11", "Next 7200", "Next 960"], (await AllTitles()).Order(StringComparer.Ordinal));
        Assert.Equal("item-unreadable", (await Api.Staff("anna"))["warnings"]![0]!["code"]!.GetValue<string>());
        Assert.InRange(Exchange.Exchange.Requests.Count("FindItem"), 2, 40);
    }

    [Fact]
    public async Task A_known_event_that_spoils_the_view_and_gives_not_even_its_times_goes_on_blocking_those_that_it_had()
    {
        var item = Exchange.Outlook("anna").Adds(Event("Poison", 9));
        Exchange.Outlook("anna").Adds(Event("Next", 11));
        await Api.Sync("anna");
        Exchange.Mailbox("anna").Corrupt(item, new Corruption(GivesTimes: false, SpoilsViews: true));
        await Night();
        Assert.Equal(["Busy", "Next"], await Titles());
        Exchange.Mailbox("anna").Corrupt(item, null);
        await Night();
        Assert.Equal(["Poison", "Next"], await Titles());
    }

    [Fact]
    public async Task A_server_that_answers_nothing_readable_is_asked_a_few_times_and_not_for_every_slice()
    {
        Exchange.Outlook("anna").Adds(Event("Next", 11));
        Exchange.Exchange.Faults.Next(new Fault.Http(200, "<html>maintenance</html>"), "FindItem", times: 1000);
        Exchange.Exchange.Requests.Clear();
        await Resync();
        Assert.InRange(Exchange.Exchange.Requests.Count("FindItem"), 1, 5);
    }

    [Fact]
    public async Task A_copy_that_Exchange_cannot_give_is_not_asked_for_in_every_pass()
    {
        await Api.Book(Today.AddDays(1), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        var item = Exchange.Mailbox("anna").Calendar[0].ItemId;
        Exchange.Mailbox("anna").Corrupt(item, Whole);
        Exchange.Outlook("anna").Touches(item);
        await Api.Sync("anna");
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal(["SyncFolderItems"], Exchange.Exchange.Requests.Calls.Select(c => c.Operation));
    }

    private string Poison(Corruption corruption, int hours = 1)
    {
        var item = Exchange.Outlook("anna").Adds(Event("Poison", 9) with { End = Event("Poison", 9).Start.AddHours(hours) });
        Exchange.Mailbox("anna").Corrupt(item, corruption);
        return item;
    }

    /// <summary>The cursor is lost, so the calendar is read whole.</summary>
    private async Task Resync()
    {
        Exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        await Api.TrySync("anna");
        await Api.TrySync("anna");
    }

    private async Task Night()
    {
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Api.Sync("anna");
    }

    private static EventDraft Event(string title, int hour) =>
        new(title, Today.Date.AddDays(5).AddHours(hour), Today.Date.AddDays(5).AddHours(hour + 1));

    private async Task<IReadOnlyList<string>> Titles() => [.. (await Entries()).Select(e => e["title"]!.GetValue<string>())];

    private async Task<IEnumerable<string>> AllTitles() =>
        (await Api.Calendar("anna", Today, Today.AddDays(340))).Select(e => e["title"]!.GetValue<string>());

    private Task<IReadOnlyList<JsonNode>> Entries() => Api.Calendar("anna", Today, Today.AddDays(30));
}
