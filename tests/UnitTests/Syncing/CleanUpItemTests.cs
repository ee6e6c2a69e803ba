using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

/// <summary>Which of the items that a search shows in a calendar that was left are to go.</summary>
public class CleanUpItemTests
{
    private static readonly Guid Event = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Attempt = Guid.Parse("01900000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_paste_stays_beside_the_item_with_the_UID_that_was_sent()
    {
        var ours = ToGo().Among([Item("paste", "its-own"), Item("ours", CreateAttempt.Sent(Attempt))], out var isAmbiguous);
        Assert.Equal(("ours", false), (Assert.Single(ours).ItemId, isAmbiguous));
    }

    [Fact]
    public void Of_several_without_that_UID_none_goes()
    {
        Assert.Empty(ToGo().Among([Item("a", "one"), Item("b", "another")], out var isAmbiguous));
        Assert.True(isAmbiguous);
    }

    [Fact]
    public void A_single_one_goes_whatever_UID_Exchange_gave_it_and_so_do_two_deliveries()
    {
        Assert.Single(ToGo().Among([Item("a", "one")], out _));
        var sent = CreateAttempt.Sent(Attempt);
        Assert.Equal(2, ToGo().Among([Item("a", sent), Item("b", sent)], out var isAmbiguous).Count);
        Assert.False(isAmbiguous);
    }

    private static CleanUpItem ToGo() => new()
    {
        Id = Guid.NewGuid(),
        LinkId = Guid.NewGuid(),
        EventId = Event,
        Attempt = Attempt,
        Mailbox = new FormerMailbox(Guid.NewGuid(), "anna@contoso.example"),
        CalendarId = "calendar",
        Since = Now,
        NextTryAt = Now,
    };

    private static RemoteEvent Item(string id, string uid) => new()
    {
        ItemId = id,
        ChangeKey = "1",
        Uid = uid,
        Times = EventTimes.Timed(Now.AddHours(1), Now.AddHours(2), "UTC"),
        Tag = new CopyTag(Event, Attempt),
    };
}
