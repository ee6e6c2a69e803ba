using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>Of a copy that Outlook had made a series of, and that went: what stayed is its owner's, whatever they make of it.</summary>
public sealed class StayedSeriesTests
{
    private readonly PlanFixture plan = new();

    [Fact]
    public void A_series_that_stayed_and_is_single_again_is_an_event_of_its_owners()
    {
        var copy = Left();
        plan.See(SingleAgain(copy));
        Assert.Equal(PushState.Gone, plan.Row(copy.Id).PushState);
        Assert.Equal(EventKind.External, plan.Own.Single(e => e.ItemId == "stayed").Kind);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Nor_is_it_the_copy_that_is_written_anew()
    {
        var copy = plan.Put(Left().ToCreateAgain(Now));
        plan.See(SingleAgain(copy));
        Assert.Null(plan.Row(copy.Id).ItemId);
        Assert.Equal(EventKind.External, plan.Own.Single(e => e.ItemId == "stayed").Kind);
    }

    [Fact]
    public void It_tells_no_title_when_the_client_is_erased()
    {
        var copy = Left();
        plan.Change(plan.Of(copy).WithoutClient(Now));
        plan.See(SingleAgain(copy));
        Assert.Null(plan.Own.Single(e => e.ItemId == "stayed").Title);
    }

    [Fact]
    public void It_stays_in_a_calendar_that_is_left()
    {
        var copy = plan.Put(Left().ToCreateAgain(Now));
        var link = plan.Link with { CalendarId = "folder-1", MailboxAddress = "anna@contoso.example" };
        var former = Assert.Single(CalendarChange.Of(link, [.. plan.Own], Now, TimeSpan.FromMinutes(1), Guid.NewGuid).Former);
        Assert.True(former.IsKept(link with { MailboxAddress = "other@contoso.example" }, copy, SingleAgain(copy)));
    }

    private SyncedEvent Left() =>
        plan.Put(plan.Copy(plan.Appointment(At(9))).DeletedByUs("u") with { ItemId = null, TakenAway = true, LeftSeries = "u" });

    private static RemoteEvent SingleAgain(SyncedEvent copy) =>
        Remote("stayed", At(9)) with { Title = "Haircut of Dora", Tag = new CopyTag(copy.Id, copy.Attempts[^1].Id), Uid = "u" };
}
