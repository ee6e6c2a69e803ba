using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>A meeting that its owner declined and kept, shown as Busy: it takes none of their time.</summary>
public sealed class DeclinedMeetingTests
{
    private readonly PlanFixture plan = new();

    [Fact]
    public void A_declined_meeting_that_was_kept_as_Busy_does_not_block()
    {
        plan.See(Remote("a", At(9)) with { MyResponse = MeetingResponse.Declined, FreeBusy = FreeBusy.Busy });
        Assert.Empty(plan.Own);
    }

    [Fact]
    public void With_the_setting_it_blocks_as_it_is_shown()
    {
        var declined = Remote("a", At(9)) with { MyResponse = MeetingResponse.Declined };
        var seen = new RemoteChange[] { new RemoteChange.Seen(declined),
            new RemoteChange.Seen(Remote("b", At(11)) with { MyResponse = MeetingResponse.Declined, FreeBusy = FreeBusy.Free }) };
        var kept = PullPlanner.Plan(plan.Basis() with { DeclinedBlocks = true }, seen).OfType<SyncStep.Keep>();
        Assert.Equal(["a"], kept.Select(k => k.Event.ItemId));
    }

    [Theory]
    [InlineData(MeetingResponse.None)]
    [InlineData(MeetingResponse.Organizer)]
    [InlineData(MeetingResponse.NotResponded)]
    [InlineData(MeetingResponse.Accepted)]
    [InlineData(MeetingResponse.Tentative)]
    public void Under_any_other_response_it_does(MeetingResponse response)
    {
        plan.See(Remote("a", At(9)) with { MyResponse = response });
        Assert.Single(plan.Own);
    }

    [Fact]
    public void What_blocked_until_it_was_declined_goes_and_leaves_nothing_to_take_back()
    {
        plan.See(Remote("a", At(9)) with { MyResponse = MeetingResponse.Accepted });
        plan.See(Remote("a", At(9), "k2") with { MyResponse = MeetingResponse.Declined });
        Assert.Empty(plan.Own);
    }
}
