using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class PoisonItemTests
{
    private readonly PlanFixture plan = new();

    [Fact]
    public void An_item_with_readable_times_is_mirrored_without_texts_and_warned_of_once()
    {
        plan.See(TimesOnly("a", "k1") with { Title = "Left over" });
        Assert.Empty(plan.See(TimesOnly("a", "k1") with { Title = "Left over" }));
        var row = Assert.Single(plan.Own);
        Assert.Equal((EventKind.External, null, null, At(9)), (row.Kind, row.Title, row.Location, row.Times));
        Assert.Equal(("item-unreadable", row.Id), (Assert.Single(plan.Warnings).Reason.Code, plan.Warnings[0].EventId));
    }

    [Fact]
    public void It_becomes_a_normal_event_when_it_is_readable()
    {
        plan.See(TimesOnly("a", "k1"));
        plan.See(Remote("a", At(9)));
        var row = Assert.Single(plan.Own);
        Assert.Equal(("Dentist", null), (row.Title, row.Unreadable));
    }

    [Fact]
    public void One_without_times_is_remembered_blocks_nothing_and_becomes_an_event_when_it_is_readable()
    {
        plan.Plan(Broken("a", "k1"));
        Assert.Empty(plan.Plan(Broken("a", "k1")));
        Assert.Equal(
            (EventKind.Unreadable, null, new UnreadableItem("ErrorItemCorrupt", "k1")),
            (plan.Own.Single().Kind, plan.Own.Single().Times, plan.Own.Single().Unreadable));
        plan.See(Remote("a", At(9)));
        Assert.Equal((EventKind.External, "Dentist"), (plan.Own.Single().Kind, plan.Own.Single().Title));
    }

    [Fact]
    public void A_known_event_keeps_its_last_times_but_no_text_for_it_may_have_become_private()
    {
        plan.See(Remote("a", At(9)));
        plan.Plan(Broken("a", "k2"));
        var row = Assert.Single(plan.Own);
        Assert.Equal((EventKind.External, At(9), null, null), (row.Kind, row.Times, row.Title, row.Location));
    }

    [Fact]
    public void A_window_that_leaves_it_out_does_not_remove_it()
    {
        plan.See(TimesOnly("a", "k1"), Remote("b", At(11)));
        Assert.Equal([new RemoteChange.Left(plan.Own.Single(e => e.ItemId == "b").Id)], WindowReading.Changes([], [.. plan.Own]));
        Assert.Equal("a", Assert.Single(WindowReading.UnreadableToAskFor([], [.. plan.Own])).ItemId);
        Assert.Empty(WindowReading.UnreadableToAskFor([Remote("a", At(9))], [.. plan.Own]));
    }

    [Fact]
    public void A_copy_with_readable_times_is_followed_and_one_without_stays_as_it_is()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Remote("item-1", At(12), "k2") with { UnreadableCode = "ErrorItemCorrupt" });
        Assert.Equal(At(12), plan.Of(copy).Times);
        plan.Plan(Broken("item-1", "k3"));
        Assert.Equal(
            (At(12), "k2", PushState.Confirmed), (plan.Row(copy.Id).Times, plan.Row(copy.Id).ChangeKey, plan.Row(copy.Id).PushState));
        Assert.Equal(2, plan.Warnings.Count);
    }

    [Fact]
    public async Task An_unchanged_one_is_not_asked_for_again_and_a_changed_one_is()
    {
        await using var db = new TemporarySqlite();
        await db.InitializeAsync();
        var feed = new FakeFeed { Broken = { "a" } };
        await db.Kept(new SyncedEvent
        {
            Id = Guid.CreateVersion7(),
            LinkId = db.Link.Id,
            Kind = EventKind.Unreadable,
            Identity = "item:a",
            ItemId = "a",
            Unreadable = new UnreadableItem("ErrorItemCorrupt", "k1"),
        });
        Assert.Empty((await Page(db, feed, "k1")).Changes);
        Assert.Empty(feed.Asked);
        Assert.Equal([Broken("a", "k2")], (await Page(db, feed, "k2")).Changes);
    }

    private static async Task<PageMeaning> Page(TemporarySqlite db, FakeFeed feed, string key)
    {
        var ct = TestContext.Current.CancellationToken;
        var options = new SyncOptions();
        await using var mailbox = await new MailboxLocks(
            db.Leases, options, db.Time, NullLogger<MailboxLocks>.Instance).Take(db.Link.Id, ct);
        var pages = new PageReading(feed, db.Events, new CopySearch(feed, db.Events, options), options);
        return await pages.Read(
            OpenCalendar.Of(db.Integration, db.Link, mailbox),
            new ChangePage([new ThinChange("a", key, RemoteItemType.Single, null, false)], db.Link.Cursor!, true),
            ct);
    }

    private static RemoteEvent TimesOnly(string item, string key) =>
        new() { ItemId = item, ChangeKey = key, Times = At(9), UnreadableCode = "ErrorItemCorrupt" };

    private static RemoteChange.Unreadable Broken(string item, string key) => new(item, key, "ErrorItemCorrupt");
}
