using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Pushes;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>
/// Whose will counts, and since when: the booking product's changes raise a revision, what people do in Outlook does not.
/// </summary>
public sealed class LaterWillTests
{
    private readonly PlanFixture plan = new();

    [Fact]
    public void A_copy_that_is_restored_after_the_booking_product_moved_the_appointment_joins_it_at_the_new_time()
    {
        var copy = Deleted("anna", "bert");
        plan.Change(plan.Of(copy).MovedTo(At(15)).Value);
        Restore(copy);
        var restored = plan.Row(copy.Id);
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
        Assert.Equal(["bert", "anna"], plan.Of(copy).StaffIds);
        Assert.Equal(PushState.Queued, restored.PushState);
        Assert.Equal(new PushStep.Update(true, false, false, false), Decide(restored));
        Assert.Empty(plan.Conflicts);
    }

    [Fact]
    public void If_the_new_time_is_taken_the_restored_copy_goes_with_a_warning()
    {
        var copy = Deleted("anna", "bert");
        plan.Change(plan.Of(copy).MovedTo(At(15)).Value);
        plan.Busy.Add(At(15.5));
        Restore(copy);
        Assert.Equal(PushState.Withdrawing, plan.Row(copy.Id).PushState);
        Assert.Equal(["bert"], plan.Of(copy).StaffIds);
        Assert.Equal("restored-copy-removed", Assert.Single(plan.Warnings).Reason.Code);
    }

    [Fact]
    public void The_old_time_being_taken_does_not_matter_then()
    {
        var copy = Deleted("anna", "bert");
        plan.Change(plan.Of(copy).MovedTo(At(15)).Value);
        plan.Busy.Add(At(9));
        Restore(copy);
        Assert.Equal(PushState.Queued, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void A_restored_copy_is_written_with_the_texts_that_the_booking_product_changed_meanwhile()
    {
        var copy = Deleted("anna", "bert");
        plan.Change(plan.Of(copy).Described("Colouring", "Room 2", null, null).Value);
        Restore(copy);
        Assert.Equal(new PushStep.Update(false, true, true, false), Decide(plan.Row(copy.Id)));
        Assert.Equal(PushState.Queued, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void A_restored_copy_that_was_moved_in_Outlook_moves_the_appointment_if_the_booking_product_did_not()
    {
        var copy = Deleted("anna", "bert");
        Restore(copy, At(12));
        Assert.True(plan.Of(copy).Times.SameSpan(At(12)));
        Assert.Equal(new PushStep.Nothing(), Decide(plan.Row(copy.Id)));
    }

    [Fact]
    public void A_restored_copy_that_was_not_moved_joins_where_a_colleague_has_moved_the_appointment_meanwhile()
    {
        var copy = Deleted("anna", "bert");
        plan.Change(plan.Of(copy).MovedInExchange(At(15)));
        Restore(copy);
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
        Assert.Equal(new PushStep.Update(true, false, false, false), Decide(plan.Row(copy.Id)));
    }

    [Fact]
    public void A_copy_that_is_restored_before_a_push_found_out_that_nobody_wants_it_rejoins()
    {
        var copy = Deleted("anna", "bert");
        var before = plan.Of(copy);
        var now = before.MovedTo(At(15)).Value;
        plan.Change(now);
        plan.Put(plan.Row(copy.Id).After(before, now, Now));
        Restore(copy);
        Assert.Equal(["bert", "anna"], plan.Of(copy).StaffIds);
        Assert.Equal("back", plan.Row(copy.Id).ItemId);
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
    }

    [Fact]
    public void Whom_the_booking_product_left_out_since_the_deletion_is_not_brought_back_by_a_restored_copy()
    {
        var copy = Deleted("anna", "bert");
        var (before, now) = (plan.Of(copy), plan.Of(copy).TakenBy(["carl"]).Value);
        plan.Change(now);
        plan.Put(
            new[] { plan.Row(copy.Id) }.Follow(before, now, new Dictionary<Guid, string> { [copy.LinkId] = "anna" }, Now, Guid.NewGuid)[0]);
        Restore(copy);
        Assert.Equal(["carl"], plan.Of(copy).StaffIds);
        Assert.Equal(PushState.Withdrawing, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void A_series_that_stayed_when_its_copy_went_is_never_the_copy_again()
    {
        var copy = plan.Put(plan.Copy(plan.Appointment(At(9))).DeletedByUs("u") with { ItemId = null, LeftSeries = "u" });
        plan.Put(copy.ToCreateAgain(Now));
        plan.See(
            Remote("series", At(9)) with { Type = RemoteItemType.SeriesMaster, Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = "u" });
        Assert.Equal(new PushStep.Create(), Decide(plan.Row(copy.Id)));
        Assert.Equal(EventKind.Series, plan.Own.Single(e => e.ItemId == "series").Kind);
    }

    [Fact]
    public void A_deletion_counts_although_a_colleague_moved_theirs_in_Outlook_at_the_same_time()
    {
        var appointment = plan.Appointment(At(9), "anna", "bert");
        var copy = plan.Copy(appointment);
        plan.Change(appointment.MovedInExchange(At(15)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.Equal(["bert"], plan.Of(copy).StaffIds);
        Assert.Equal(PushState.Gone, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void The_report_of_a_deletion_of_ours_takes_nobody_off_an_appointment()
    {
        var copy = plan.Copy(plan.Appointment(At(9), "anna"));
        plan.Put(copy.Withdrawn(Now).DeletedByUs(copy.Uid)); // switched off with its copies to be removed, while a pass is under way
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.True(plan.Of(copy).Wants("anna"));
    }

    [Fact]
    public void The_fuse_holds_a_deletion_although_a_colleague_moved_theirs()
    {
        var appointment = plan.Appointment(At(9), "anna", "bert");
        var copy = plan.Copy(appointment);
        plan.Change(appointment.MovedInExchange(At(15)));
        plan.Fuse = new RemovalCount(50, 1);
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.Equal(RemovalHold.Held, plan.Row(copy.Id).Hold);
    }

    [Fact]
    public void Only_the_booking_products_own_moves_raise_the_revision()
    {
        var booked = plan.Appointment(At(9));
        Assert.Equal(2, booked.MovedTo(At(10)).Value.TimesRevision);
        Assert.Equal(1, booked.MovedTo(At(9)).Value.TimesRevision);
        Assert.Equal(1, booked.MovedInExchange(At(10)).TimesRevision);
        Assert.Equal(1, booked.RestoredInExchangeBy("anna").TimesRevision);
    }

    [Fact]
    public void Whoever_leaves_changes_nothing_for_the_others_receipts()
    {
        var appointment = plan.Appointment(At(9), "anna", "bert");
        var mine = plan.Copy(appointment);
        var other = plan.Copy(appointment, "item-2", Id(55));
        plan.Plan(new RemoteChange.Left(mine.Id));
        Assert.Equal(PushState.Confirmed, plan.Row(other.Id).PushState);
    }

    [Fact]
    public void A_copy_that_became_a_series_and_is_written_anew_is_a_single_event_again() =>
        Assert.False((plan.Copy(plan.Appointment(At(9))) with { BecameSeries = true }).ToCreateAgain(Now).BecameSeries);

    [Fact]
    public void An_item_of_an_earlier_attempt_that_lacks_the_booking_products_move_does_not_undo_it()
    {
        var copy = WrittenAgainAfterAMove();
        plan.See(Found(copy, At(9)));
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
        Assert.Equal(("found", false), (plan.Row(copy.Id).ItemId, plan.Row(copy.Id).OpenAttempt is not null));
        Assert.Equal(new PushStep.Update(true, true, true, true), Decide(plan.Row(copy.Id)));
        Assert.Empty(plan.Conflicts);
    }

    [Fact]
    public void Where_its_owner_moved_it_too_the_booking_products_move_counts_and_the_conflict_is_recorded()
    {
        var copy = WrittenAgainAfterAMove();
        plan.See(Found(copy, At(11)));
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
        Assert.True(Assert.Single(plan.Conflicts).Lost.SameSpan(At(11)));
    }

    [Fact]
    public void Where_nobody_else_moved_the_appointment_the_owner_of_an_earlier_attempts_item_moves_it()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Put(copy.ToCreateAgain(Now).AttemptOpened(CreateAttempt.Opened(Id(7), Now), plan.Of(copy).Content()));
        plan.See(Found(copy, At(11)));
        Assert.True(plan.Of(copy).Times.SameSpan(At(11)));
    }

    [Fact]
    public void An_item_of_an_earlier_attempt_that_its_owner_restores_joins_where_the_booking_product_moved_the_appointment()
    {
        var copy = WrittenAgainAfterAMove("anna", "bert");
        plan.Put(plan.Row(copy.Id).WrittenAs("second", "k2", plan.Of(copy).Content(), Id(7)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.Equal(["bert"], plan.Of(copy).StaffIds);
        plan.See(Found(copy, At(9)));
        Assert.Equal(["bert", "anna"], plan.Of(copy).StaffIds);
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
    }

    [Fact]
    public void A_move_back_counts_where_the_answer_to_the_move_before_was_lost()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Copy(appointment);
        plan.Put(copy.Queued(Now));
        plan.Change(appointment.MovedTo(At(15)).Value.MovedTo(At(9)).Value);
        plan.See(Remote("item-1", At(15), "k2") with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid });
        Assert.True(plan.Of(copy).Times.SameSpan(At(9)));
        Assert.Equal(new PushStep.Update(true, false, false, false), Decide(plan.Row(copy.Id)));
    }

    /// <summary>Its item could not be found any more, so it is created anew; the answer is not there yet.</summary>
    private SyncedEvent WrittenAgainAfterAMove(params string[] staff)
    {
        var copy = plan.Copy(plan.Appointment(At(9), staff));
        plan.Change(plan.Of(copy).MovedTo(At(15)).Value);
        plan.Put(copy.ToCreateAgain(Now).AttemptOpened(CreateAttempt.Opened(Id(7), Now), plan.Of(copy).Content()));
        return copy;
    }

    private static RemoteEvent Found(SyncedEvent copy, EventTimes times) =>
        Remote("found", times) with { Title = "Haircut", Location = "", Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid };

    private SyncedEvent Deleted(params string[] staff)
    {
        var copy = plan.Copy(plan.Appointment(At(9), staff));
        plan.Plan(new RemoteChange.Echo(copy.Id, copy.Uid)); // it was read back
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.DoesNotContain("anna", plan.Of(copy).StaffIds);
        plan.Warnings.Clear();
        return plan.Row(copy.Id);
    }

    private void Restore(SyncedEvent copy, EventTimes? times = null) =>
        plan.See(Remote("back", times ?? At(9), "k9") with
        {
            Title = "Haircut",
            Location = "",
            Tag = new CopyTag(copy.Id, copy.ItemAttempt),
            Uid = copy.Attempts[^1].Uid
        });

    private PushStep Decide(SyncedEvent copy) => PushPlanner.Decide(copy, plan.Of(copy), "anna", Now, PushPlanner.DefaultGrace);
}
