using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Pushes;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>The booking product changes who takes an appointment.</summary>
public sealed class StaffChangeTests
{
    private static readonly Guid Berts = Id(50);
    private readonly PlanFixture plan = new();

    [Fact]
    public void Whoever_is_new_gets_a_copy_and_whoever_is_left_out_loses_theirs()
    {
        var before = plan.Appointment(At(9), "anna");
        var copy = plan.Copy(before);
        var followed = Follow(before, before.TakenBy(["bert"]).Value, copy);
        Assert.Equal(PushState.Withdrawing, followed.Single(c => c.Id == copy.Id).PushState);
        Assert.Equal((Berts, PushState.Queued), followed.Where(c => c.Id != copy.Id).Select(c => (c.LinkId, c.PushState)).Single());
    }

    [Fact]
    public void Who_comes_back_while_the_copy_is_being_removed_gets_a_new_one_and_the_old_item_goes()
    {
        var booked = plan.Appointment(At(9), "anna", "bert");
        var without = booked.TakenBy(["bert"]).Value;
        var removing = plan.Copy(booked).Withdrawn(Now);
        var followed = Follow(without, without.TakenBy(["bert", "anna"]).Value, removing);
        var copy = followed.Single(c => c.Kind is EventKind.Copy && c.LinkId == plan.Link.Id);
        Assert.Equal((removing.Id, PushState.Queued, null), (copy.Id, copy.PushState, copy.ItemId));
        var stray = followed.Single(c => c.Kind is EventKind.Stray);
        Assert.Equal(("item-1", PushState.Withdrawing), (stray.ItemId, stray.PushState));
    }

    [Fact]
    public void Who_comes_back_before_anything_was_written_gets_a_copy()
    {
        var booked = plan.Appointment(At(9), "anna", "bert");
        var without = booked.TakenBy(["bert"]).Value;
        var copy = Follow(without, booked, plan.Copy(booked, item: null).Withdrawn(Now)).Single(c => c.LinkId == plan.Link.Id);
        Assert.Equal(new PushStep.Create(), PushPlanner.Decide(copy, booked, "anna", Now, TimeSpan.Zero));
    }

    [Fact]
    public void Who_comes_back_while_a_create_is_open_waits_for_its_outcome()
    {
        var booked = plan.Appointment(At(9), "anna", "bert");
        var without = booked.TakenBy(["bert"]).Value;
        var open = plan.Copy(booked, item: null)
            .AttemptOpened(CreateAttempt.Opened(Id(7), Now.AddMinutes(2)), booked.Content())
            .Withdrawn(Now);
        var copy = Follow(without, booked, open).Single(c => c.LinkId == plan.Link.Id);
        Assert.Equal((PushState.Queued, Id(7)), (copy.PushState, copy.OpenAttempt?.Id));
    }

    [Fact]
    public void A_copy_that_is_restored_in_Outlook_does_not_bring_back_whom_the_booking_product_took_off()
    {
        var booked = plan.Appointment(At(9), "anna", "bert");
        var copy = plan.Put(plan.Copy(booked).Withdrawn(Now).DeletedByUs(null));
        plan.Change(booked.TakenBy(["bert"]).Value);
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.See(Remote("back", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid });
        Assert.Equal(["bert"], plan.Of(copy).StaffIds);
        Assert.Equal(PushState.Withdrawing, plan.Row(copy.Id).PushState);
        Assert.Equal("restored-copy-removed", plan.Warnings.Single().Reason.Code);
    }

    [Fact]
    public void A_move_of_the_appointment_does_not_revive_the_copy_of_whom_the_booking_product_took_off()
    {
        var booked = plan.Appointment(At(9), "anna", "bert").TakenBy(["bert"]).Value;
        var gone = plan.Copy(booked).Withdrawn(Now).NowGone();
        Assert.Same(gone, gone.After(booked, booked with { Times = At(15) }, Now));
    }

    [Fact]
    public void What_was_past_when_the_calendar_came_back_is_written_when_the_appointment_moves_ahead()
    {
        var past = EventTimes.Timed(Now.AddHours(-3), Now.AddHours(-2), "Europe/Berlin");
        var booked = plan.Appointment(past, "anna");
        var back = new[] { plan.Copy(booked).Withdrawn(Now).DeletedByUs(null) }.BackInCalendar([booked], "anna", Now, Guid.NewGuid)
            .Single();
        Assert.Equal(PushState.Gone, back.PushState);
        Assert.Equal(PushState.Queued, back.After(booked, booked with { Times = At(15) }, Now).PushState);
    }

    [Fact]
    public void The_same_staff_in_another_order_is_no_change()
    {
        var booked = plan.Appointment(At(9), "anna", "bert");
        Assert.Same(booked, booked.TakenBy(["bert", "anna"]).Value);
    }

    private IReadOnlyList<SyncedEvent> Follow(Appointment before, Appointment now, params SyncedEvent[] copies) =>
        copies.Follow(before, now, new Dictionary<Guid, string> { [plan.Link.Id] = "anna", [Berts] = "bert" }, Now, Guid.NewGuid);
}
