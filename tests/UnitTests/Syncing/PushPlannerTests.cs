using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pushes;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class PushPlannerTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private readonly PlanFixture plan = new();

    [Fact]
    public void A_new_copy_is_created() => Assert.Equal(new PushStep.Create(), Decide(plan.Copy(plan.Appointment(At(9)), item: null)));

    [Fact]
    public void While_an_attempt_is_open_there_is_no_other_create()
    {
        var copy = Attempted(deadline: Now.AddMinutes(2));
        Assert.Equal(new PushStep.Wait(Now.AddMinutes(3)), Decide(copy));
    }

    [Fact]
    public void A_minute_after_its_deadline_the_outcome_of_an_attempt_is_looked_up() =>
        Assert.Equal(new PushStep.LookUpOutcome(Id(7)), Decide(Attempted(deadline: Now.AddMinutes(-1))));

    [Fact]
    public void Only_the_field_that_the_booking_product_changed_is_written()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Change(plan.Of(copy) with { Title = "Colouring" });
        Assert.Equal(new PushStep.Update(false, true, false, false), Decide(copy));
    }

    [Fact]
    public void A_copy_that_agrees_needs_nothing() => Assert.Equal(new PushStep.Nothing(), Decide(plan.Copy(plan.Appointment(At(9)))));

    [Fact]
    public void A_copy_of_a_cancelled_appointment_is_deleted()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Change(plan.Of(copy).Cancelled());
        Assert.Equal(new PushStep.Delete(), Decide(copy));
    }

    [Fact]
    public void A_copy_that_was_never_created_and_is_not_wanted_is_finished()
    {
        var copy = plan.Copy(plan.Appointment(At(9)), item: null);
        plan.Change(plan.Of(copy).Cancelled());
        Assert.Equal(new PushStep.Finish(), Decide(copy));
    }

    [Fact]
    public void A_cancelled_appointment_with_an_open_attempt_first_learns_its_outcome()
    {
        var copy = Attempted(deadline: Now.AddMinutes(-5)).Withdrawn(Now);
        plan.Change(plan.Of(copy).Cancelled());
        Assert.Equal(new PushStep.LookUpOutcome(Id(7)), Decide(copy));
    }

    [Fact]
    public void A_second_attempt_cannot_be_opened_over_an_open_one()
    {
        var copy = Attempted(deadline: Now);
        Assert.Throws<InvalidOperationException>(() => copy.AttemptOpened(CreateAttempt.Opened(Id(8), Now), plan.Of(copy).Content()));
    }

    private SyncedEvent Attempted(DateTimeOffset deadline)
    {
        var appointment = plan.Appointment(At(9));
        return plan.Copy(appointment, item: null).AttemptOpened(CreateAttempt.Opened(Id(7), deadline), appointment.Content());
    }

    private PushStep Decide(SyncedEvent copy) => PushPlanner.Decide(copy, plan.Of(copy), "anna", Now, Grace);
}
