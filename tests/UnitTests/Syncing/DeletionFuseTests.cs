using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class DeletionFuseTests
{
    private readonly PlanFixture plan = new();

    [Theory]
    [InlineData(0, 10, 10, false)] // ten are never too many
    [InlineData(0, 11, 11, true)]
    [InlineData(0, 11, 44, false)] // a quarter exactly
    [InlineData(0, 11, 43, true)]
    [InlineData(8, 3, 20, true)] // within a day they add up
    [InlineData(50, 0, 0, false)] // nothing leaves
    public void More_than_ten_and_more_than_a_quarter_within_a_day_trips_it(int removed, int leaving, int present, bool trips) =>
        Assert.Equal(trips, DeletionFuse.Trips(removed, leaving, present));

    [Fact]
    public void Held_events_go_on_blocking_time_and_the_admin_is_warned_once()
    {
        Fill(12);
        Leave();
        Assert.All(plan.Own, e => Assert.Equal(RemovalHold.Held, e.Hold));
        Leave();
        Assert.Equal("deletions-held", Assert.Single(plan.Warnings).Reason.Code);
        Assert.Equal(12, plan.Own.Count());
    }

    [Fact]
    public void A_held_event_that_comes_back_is_no_longer_held()
    {
        Fill(12);
        Leave();
        plan.See(Remote("item-3", At(9), "k2"));
        Assert.Null(plan.Own.Single(e => e.ItemId == "item-3").Hold);
    }

    [Fact]
    public void What_an_admin_released_is_removed()
    {
        Fill(12);
        Leave();
        plan.Fuse = null;
        Leave();
        Assert.Empty(plan.Own);
    }

    [Fact]
    public void A_series_counts_as_one()
    {
        plan.See([.. Enumerable.Range(0, 30)
            .Select(i => Remote($"o{i}", Day(i)) with { Type = RemoteItemType.Occurrence, Uid = "u", OriginalStart = Day(i).Start })]);
        Leave();
        Assert.Empty(plan.Own);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Held_copies_cancel_no_appointment_until_released()
    {
        var copies = Enumerable.Range(0, 11).Select(i => plan.Copy(plan.Appointment(Day(i)), $"c{i}")).ToList();
        Leave();
        Assert.All(copies, c => Assert.True(plan.Of(c).IsBooked));
        plan.Fuse = null;
        Leave();
        Assert.All(copies, c => Assert.False(plan.Of(c).IsBooked));
    }

    [Fact]
    public void What_the_booking_product_cancelled_itself_is_not_held()
    {
        var copy = plan.Put(plan.Copy(plan.Appointment(At(9))).Held());
        plan.Change(plan.Of(copy).Cancelled());
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.Equal(PushState.Gone, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void Events_that_are_past_or_have_slid_out_of_the_window_leave_without_being_counted()
    {
        foreach (var i in Enumerable.Range(0, 20)) plan.See(Remote($"a{i}", EventTimes.Timed(Now.AddHours(-2), Now.AddHours(-1), "UTC")));
        Leave();
        Assert.Empty(plan.Own);
    }

    private static EventTimes Day(int day) => EventTimes.Timed(At(9).Start.AddDays(day), At(10).Start.AddDays(day), "Europe/Berlin");

    private void Fill(int count) => plan.See([.. Enumerable.Range(0, count).Select(i => Remote($"item-{i}", Day(i)))]);

    private void Leave() => plan.Plan([.. plan.Own.Select(e => new RemoteChange.Left(e.Id))]);
}
