using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class WindowReadTests
{
    private readonly PlanFixture plan = new();
    private readonly FakeFeed feed = new();

    [Fact]
    public async Task An_empty_view_is_not_believed_while_its_events_are_still_there()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        feed.Items["b"] = Remote("b", At(11), "k2");
        var failure = await Assert.ThrowsAsync<CalendarFailure>(Read);
        Assert.Equal((FailureReach.Passing, typeof(CalendarWasNotReached)), (failure.Reach, failure.Refusal.GetType()));
    }

    [Fact]
    public async Task An_empty_view_is_believed_when_its_events_are_gone_or_count_no_longer()
    {
        plan.See(Remote("gone", At(9)), Remote("free", At(11)), Remote("far", At(13)));
        feed.Items["free"] = Remote("free", At(11), "k2") with { FreeBusy = FreeBusy.Free };
        feed.Items["far"] = Remote("far", EventTimes.Timed(Now.AddYears(2), Now.AddYears(2).AddHours(1), "UTC"), "k2");
        Assert.Empty(await Read());
        Assert.Equal(["far", "free", "gone"], feed.Asked.Order());
    }

    [Fact]
    public async Task An_empty_view_holds_what_leaves_if_the_ids_of_its_events_mean_nothing()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        feed.Unknown.UnionWith(["a", "b"]);
        var view = await Window();
        Assert.True(view.InDoubt);
        plan.HoldsAll = view.InDoubt;
        plan.Plan([.. WindowReading.Changes(view.Events, [.. plan.Own])]);
        Assert.All(plan.Own, r => Assert.Equal(RemovalHold.Held, r.Hold));
        Assert.Equal(2, plan.Own.Count());
    }

    [Fact]
    public async Task An_empty_view_holds_what_leaves_if_Exchange_says_that_it_cannot_give_its_events()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        feed.Broken.Add("b");
        Assert.True((await Window()).InDoubt);
    }

    [Fact]
    public async Task A_view_that_holds_something_and_one_of_an_empty_calendar_are_believed_at_once()
    {
        Assert.Empty(await Read());
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        feed.View.Add(Remote("b", At(11)));
        Assert.Single(await Read());
        Assert.Empty(feed.Asked);
    }

    [Fact]
    public void What_the_window_holds_and_nobody_can_read_has_not_left()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        var setAside = new RemoteChange.Unreadable("a", "k2", "ErrorItemCorrupt");
        var changes = WindowReading.Changes([], [.. plan.Own], [setAside]);
        Assert.Equal([plan.Own.Single(e => e.ItemId == "b").Id], changes.OfType<RemoteChange.Left>().Select(c => c.EventId));
        Assert.Equal([setAside], changes.OfType<RemoteChange.Unreadable>());
    }

    private async Task<IReadOnlyList<RemoteEvent>> Read() => (await Window()).Events;

    private Task<WindowView> Window() => new WindowRead(feed, new SyncOptions()).Of(
        OpenCalendar.Of(Sample.Integration(), Sample.Link(Guid.Empty, "anna")), plan
            .Basis().Window, [.. plan.Own], TestContext.Current.CancellationToken);
}
