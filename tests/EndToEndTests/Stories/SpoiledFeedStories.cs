using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>One item that Exchange cannot put into its list of changes.</summary>
public sealed class SpoiledFeedStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Today = new(2026, 6, 10, 8, 0, 0, TimeSpan.Zero);
    private static readonly Corruption Spoiling = new("ErrorCorruptData", IsInViews: true, SpoilsChanges: true);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly ClockedHost host = new(Today);
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        api = host.Client(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_change_feed_that_one_item_spoils_holds_up_nothing_and_is_tried_again_every_hour()
    {
        await api.Begin(exchange, "anna");
        Add("Early", 9);
        var spoiling = Add("Spoiling", 10);
        exchange.Mailbox("anna").Corrupt(spoiling, Spoiling);
        var late = Add("Late", 11);
        await api.Sync("anna");
        Assert.Equal(["Early", "Late", "Spoiling"], await Titles());

        exchange.Exchange.Requests.Clear();
        exchange.Outlook("anna").Deletes(late);
        Add("Later", 12);
        await api.Sync("anna");
        Assert.Equal(["Early", "Later", "Spoiling"], await Titles());
        Assert.Equal(0, exchange.Exchange.Requests.Count("SyncFolderItems"));
        Assert.Equal(["changes-unreadable"], await Warnings());

        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await api.Sync("anna");
        Assert.True(exchange.Exchange.Requests.Count("SyncFolderItems") > 1);
        Assert.Equal(["changes-unreadable"], await Warnings());

        exchange.Mailbox("anna").Corrupt(spoiling, null);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await api.Sync("anna");
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal((1, 0), (exchange.Exchange.Requests.Count("SyncFolderItems"), exchange.Exchange.Requests.Count("FindItem")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_first_pass_over_such_a_feed_ends_too_and_nothing_is_doubled(int which)
    {
        var items = new[] { Add("A", 9), Add("B", 10), Add("C", 11) };
        exchange.Mailbox("anna").Corrupt(items[which], Spoiling);
        await api.Begin(exchange, "anna");
        Assert.Equal(["A", "B", "C"], await Titles());
        Assert.Equal(["changes-unreadable"], await Warnings());
        var booked = await api.Book(Today.AddDays(2), 1, "anna");
        await Eventually.Until("the copy is there", () => exchange.Mailbox("anna").Calendar.Count == 4, ct);

        exchange.Mailbox("anna").Corrupt(items[which], null);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await api.Sync("anna");
        await api.Sync("anna");
        Assert.Equal(["A", "B", "C", "Haircut"], await Titles());
        Assert.Equal("Confirmed", (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>());
        Assert.Equal(4, exchange.Mailbox("anna").Calendar.Count);
    }

    private string Add(string title, int hour) =>
        exchange.Outlook("anna").Adds(new EventDraft(title, Today.AddDays(1).AddHours(hour - 8), Today.AddDays(1).AddHours(hour - 7)));

    private async Task<IReadOnlyList<string>> Titles() =>
        [.. (await api.Calendar("anna", Today, Today.AddDays(3))).Select(e => e["title"]!.GetValue<string>()).Order()];

    private async Task<IReadOnlyList<string>> Warnings() =>
        [.. (await api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>())];
}
