using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>One item that Exchange cannot put into its list of changes.</summary>
public sealed class SpoiledFeedStories() : ClockedStory("anna")
{
    private static readonly Corruption Spoiling = new("ErrorCorruptData", IsInViews: true, SpoilsChanges: true);

    private protected override Task Begin() => Task.CompletedTask;

    [Fact]
    public async Task A_change_feed_that_one_item_spoils_holds_up_nothing_and_is_tried_again_every_hour()
    {
        await Api.Begin(Exchange, "anna");
        Add("Early", 9);
        var spoiling = Add("Spoiling", 10);
        Exchange.Mailbox("anna").Corrupt(spoiling, Spoiling);
        var late = Add("Late", 11);
        await Api.Sync("anna");
        Assert.Equal(["Early", "Late", "Spoiling"], await Titles());

        Exchange.Exchange.Requests.Clear();
        Exchange.Outlook("anna").Deletes(late);
        Add("Later", 12);
        await Api.Sync("anna");
        Assert.Equal(["Early", "Later", "Spoiling"], await Titles());
        Assert.Equal(0, Exchange.Exchange.Requests.Count("SyncFolderItems"));
        Assert.Equal(["changes-unreadable"], await Warnings());

        Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await Api.Sync("anna");
        Assert.True(Exchange.Exchange.Requests.Count("SyncFolderItems") > 1);
        Assert.Equal(["changes-unreadable"], await Warnings());

        Exchange.Mailbox("anna").Corrupt(spoiling, null);
        Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await Api.Sync("anna");
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal((1, 0), (Exchange.Exchange.Requests.Count("SyncFolderItems"), Exchange.Exchange.Requests.Count("FindItem")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_first_pass_over_such_a_feed_ends_too_and_nothing_is_doubled(int which)
    {
        var items = new[] { Add("A", 9), Add("B", 10), Add("C", 11) };
        Exchange.Mailbox("anna").Corrupt(items[which], Spoiling);
        await Api.Begin(Exchange, "anna");
        Assert.Equal(["A", "B", "C"], await Titles());
        Assert.Equal(["changes-unreadable"], await Warnings());
        var booked = await Api.Book(Today.AddDays(2), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 4, Ct);

        Exchange.Mailbox("anna").Corrupt(items[which], null);
        Host.Clock.Advance(TimeSpan.FromMinutes(61));
        await Api.Sync("anna");
        await Api.Sync("anna");
        Assert.Equal(["A", "B", "C", "Haircut"], await Titles());
        Assert.Equal("Confirmed", (await Api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(4, Exchange.Mailbox("anna").Calendar.Count);
    }

    private string Add(string title, int hour) =>
        Exchange.Outlook("anna").Adds(new EventDraft(title, Today.AddDays(1).AddHours(hour - 8), Today.AddDays(1).AddHours(hour - 7)));

    private async Task<IReadOnlyList<string>> Titles() =>
        [.. (await Api.Calendar("anna", Today, Today.AddDays(3))).Select(e => e["title"]!.GetValue<string>()).Order()];

    private async Task<IReadOnlyList<string>> Warnings() =>
        [.. (await Api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>())];
}
