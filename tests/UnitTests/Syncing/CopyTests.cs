using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Pushes;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class CopyTests
{
    private static readonly Guid Bert = Id(50);
    private readonly PlanFixture plan = new();

    [Fact]
    public void A_key_that_moved_without_visible_change_changes_no_appointment()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        var steps = plan.See(Tagged(copy, At(9), "k2"));
        Assert.Equal("k2", Assert.IsType<SyncStep.Keep>(Assert.Single(steps)).Event.ChangeKey);
        Assert.Equal(PushState.Confirmed, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void Our_own_echo_confirms_the_copy_and_a_second_one_plans_nothing()
    {
        var copy = plan.Put(plan.Copy(plan.Appointment(At(9))) with { PushState = PushState.Written });
        plan.Plan(new RemoteChange.Echo(copy.Id, null));
        Assert.Equal(PushState.Confirmed, plan.Row(copy.Id).PushState);
        Assert.Empty(plan.Plan(new RemoteChange.Echo(copy.Id, null)));
    }

    [Fact]
    public void A_copy_moved_in_Outlook_moves_the_appointment_and_all_copies()
    {
        var appointment = plan.Appointment(At(9), "anna", "bert");
        var (mine, theirs) = (plan.Copy(appointment), plan.Copy(appointment, "item-2", Bert));
        plan.See(Tagged(mine, At(13), "k2"));
        Assert.True(plan.Of(mine).Times.SameSpan(At(13)));
        Assert.Equal((PushState.Queued, PushState.Confirmed), (plan.Row(theirs.Id).PushState, plan.Row(mine.Id).PushState));
    }

    [Fact]
    public void A_move_keeps_the_appointments_own_zone()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Tagged(copy, EventTimes.Timed(At(13).Start, At(13).End, "America/New_York"), "k2"));
        Assert.Equal("Europe/Berlin", plan.Of(copy).Times.TimeZone);
    }

    [Fact]
    public void A_copy_that_is_restored_after_the_erasure_is_written_anew()
    {
        var copy = plan.Put(plan.Copy(plan.Appointment(At(9))) with { PushState = PushState.Gone, Marks = null });
        plan.Change(plan.Of(copy).WithoutClient(Now));
        plan.See(Tagged(copy, At(9), "k2"));
        Assert.Equal((PushState.Queued, Now, null), (plan.Row(copy.Id).PushState, plan.Row(copy.Id).NextPushAt, plan.Row(copy.Id).Marks));
    }

    [Fact]
    public void When_both_sides_moved_the_booking_product_wins_and_the_loser_is_recorded()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Change(plan.Of(copy).MovedTo(At(11)).Value);
        plan.See(Tagged(copy, At(13), "k2"));
        Assert.True(plan.Of(copy).Times.SameSpan(At(11)));
        Assert.Equal(PushState.Queued, plan.Row(copy.Id).PushState);
        Assert.True(plan.Conflicts.Single().Lost.SameSpan(At(13)));
    }

    [Fact]
    public void When_both_sides_moved_to_the_same_time_nothing_is_pushed()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Change(plan.Of(copy).MovedTo(At(13)).Value);
        plan.See(Tagged(copy, At(13), "k2"));
        Assert.Equal(new PushStep.Nothing(), Decide(plan.Row(copy.Id)));
        Assert.Empty(plan.Conflicts);
    }

    [Fact]
    public void Of_two_copies_moved_since_the_base_the_first_commit_wins_and_the_other_is_a_recorded_conflict()
    {
        var appointment = plan.Appointment(At(9), "anna", "bert");
        var copy = plan.Copy(appointment);
        plan.Change(appointment with { Times = At(15) }); // bert's move was committed first
        plan.See(Tagged(copy, At(13), "k2"));
        Assert.True(plan.Of(copy).Times.SameSpan(At(15)));
        Assert.Single(plan.Conflicts);
    }

    [Fact]
    public void One_copy_deleted_removes_that_staff_member_only()
    {
        var appointment = plan.Appointment(At(9), "anna", "bert");
        var (mine, theirs) = (plan.Copy(appointment), plan.Copy(appointment, "item-2", Bert));
        plan.Plan(new RemoteChange.Left(mine.Id));
        Assert.Equal(["bert"], plan.Of(mine).StaffIds);
        Assert.True(plan.Of(mine).IsBooked);
        Assert.NotEqual(PushState.Withdrawing, plan.Row(theirs.Id).PushState);
    }

    [Fact]
    public void The_last_copy_deleted_cancels_the_appointment()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.Equal(AppointmentStatus.CancelledInExchange, plan.Of(copy).Status);
        Assert.Equal(PushState.Gone, plan.Row(copy.Id).PushState);
    }

    [Fact]
    public void A_past_copy_deleted_cancels_nothing()
    {
        var copy = plan.Copy(plan.Appointment(EventTimes.Timed(Now.AddHours(-3), Now.AddHours(-2), "UTC")));
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.True(plan.Of(copy).IsBooked);
    }

    [Fact]
    public void Product_moves_and_staff_deletes_re_creates_the_copy()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Change(plan.Of(copy).MovedTo(At(11)).Value);
        plan.Plan(new RemoteChange.Left(copy.Id));
        Assert.True(plan.Of(copy).IsBooked);
        Assert.Equal(new PushStep.Create(), Decide(plan.Row(copy.Id)));
    }

    [Fact]
    public void Product_cancels_and_staff_moves_is_cancelled()
    {
        var copy = plan.Put(plan.Copy(plan.Appointment(At(9))).Withdrawn(Now));
        plan.Change(plan.Of(copy).Cancelled());
        plan.See(Tagged(copy, At(13), "k2"));
        Assert.Equal(AppointmentStatus.Cancelled, plan.Of(copy).Status);
        Assert.Equal(new PushStep.Delete(), Decide(plan.Row(copy.Id)));
    }

    [Fact]
    public void A_missing_copy_is_not_a_cancellation()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Lost(copy.Id));
        Assert.True(plan.Of(copy).IsBooked);
        Assert.Equal(new PushStep.Create(), Decide(plan.Row(copy.Id)));
        Assert.Equal("copy-was-lost", plan.Warnings.Single().Reason.Code);
    }

    [Fact]
    public void A_copy_set_free_or_moved_far_ahead_is_still_its_copy()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(
            Tagged(copy, EventTimes.Timed(Now.AddYears(3), Now.AddYears(3).AddHours(1), "UTC"), "k2") with { FreeBusy = FreeBusy.Free });
        Assert.Equal(EventKind.Copy, plan.Own.Single().Kind);
        Assert.Equal(Now.AddYears(3), plan.Of(copy).Times.Start);
    }

    [Fact]
    public void A_lost_create_answer_is_found_again_by_the_tag_and_adopted()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Put(
            plan.Copy(appointment, item: null).AttemptOpened(CreateAttempt.Opened(Id(7), Now.AddMinutes(2)), appointment.Content()));
        plan.See(Remote("new", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)) });
        var adopted = plan.Own.Single();
        Assert.Equal(
            ("new", "k1", Id(7), false), (adopted.ItemId, adopted.ChangeKey, adopted.ItemAttempt, adopted.OpenAttempt is not null));
        Assert.Equal(new PushStep.Nothing(), Decide(adopted));
    }

    [Fact]
    public void An_adopted_copy_whose_appointment_moved_meanwhile_is_updated_not_created()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Put(
            plan.Copy(appointment, item: null).AttemptOpened(CreateAttempt.Opened(Id(7), Now.AddMinutes(2)), appointment.Content()));
        plan.Change(appointment.MovedTo(At(16)).Value);
        plan.See(Remote("new", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)) });
        Assert.True(plan.Of(copy).Times.SameSpan(At(16)));
        Assert.Equal(new PushStep.Update(true, false, false, false), Decide(plan.Own.Single()));
    }

    [Fact]
    public void A_persons_copy_of_an_item_is_external_and_never_steals_the_identity()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.StillThere.Add("item-1");
        plan.See(Remote("pasted", At(15)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt) });
        Assert.Equal("item-1", plan.Row(copy.Id).ItemId);
        Assert.Equal("pasted", plan.Own.Single(e => e.Kind is EventKind.External).ItemId);
    }

    [Fact]
    public void A_paste_of_a_copy_that_is_gone_is_known_by_its_UID_and_a_restored_one_too()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Tagged(copy, At(9), "k2") with { Uid = "told-by-Exchange" });
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.See(Remote("pasted", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = "another" });
        Assert.False(plan.Of(copy).IsBooked);
        Assert.Equal("pasted", plan.Own.Single(e => e.Kind is EventKind.External).ItemId);
        plan.See(Remote("back", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = "told-by-Exchange" });
        Assert.Equal("back", plan.Row(copy.Id).ItemId);
        Assert.True(plan.Of(copy).IsBooked);
    }

    [Fact]
    public void An_echo_tells_which_UID_the_written_item_has()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        Assert.Equal($"{copy.ItemAttempt:D}@cleansync", copy.Uid);
        plan.Plan(new RemoteChange.Echo(copy.Id, "of its own"));
        Assert.Equal("of its own", plan.Row(copy.Id).Uid);
        Assert.False(plan.Row(copy.Id).CanBeOurs(copy.ItemAttempt, copy.Uid));
        Assert.True(plan.Row(copy.Id).IsSurelyOurs(copy.ItemAttempt, "of its own"));
    }

    [Fact]
    public void Beside_an_open_attempt_an_item_of_another_UID_is_not_adopted_until_a_search_finds_nothing_better()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Put(
            plan.Copy(appointment, item: null).AttemptOpened(CreateAttempt.Opened(Id(7), Now.AddMinutes(2)), appointment.Content()));
        var item = Remote("new", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)), Uid = "given by Exchange" };
        plan.See(item);
        Assert.NotNull(plan.Row(copy.Id).OpenAttempt);
        Assert.Equal(EventKind.External, plan.Own.Single(e => e.ItemId == "new").Kind);
        plan.Plan(new RemoteChange.Seen(item, IsSought: true));
        Assert.Equal(("new", "given by Exchange"), (plan.Own.Single().ItemId, plan.Own.Single().Uid));
    }

    [Fact]
    public void A_create_that_was_delivered_twice_leaves_one_item_and_a_later_paste_stays()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.StillThere.Add("item-1");
        var second = Remote("second", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid };
        plan.Plan(new RemoteChange.Echo(copy.Id, copy.Uid), new RemoteChange.Seen(second));
        Assert.Equal("second", plan.Own.Single(e => e.Kind is EventKind.Stray).ItemId);
        plan.See(second with { ItemId = "pasted" });
        Assert.Equal(EventKind.External, plan.Own.Single(e => e.ItemId == "pasted").Kind);
    }

    [Fact]
    public void A_copy_whose_stored_id_is_not_known_any_more_is_adopted_under_its_new_one_and_nothing_is_removed()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Remote("B", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid });
        Assert.Equal(("B", EventKind.Copy), (Assert.Single(plan.Own).ItemId, plan.Own.Single().Kind));
    }

    [Fact]
    public void A_second_delivery_goes_only_beside_a_first_that_was_read()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.MayBeThere.Add("item-1");
        plan.See(Remote("B", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid });
        Assert.Equal("item-1", plan.Row(copy.Id).ItemId);
        Assert.DoesNotContain(plan.Own, e => e.Kind is EventKind.Stray);
        plan.Plan(
            new RemoteChange.Unreadable("item-1", null, "ErrorItemCorrupt"),
            new RemoteChange.Seen(Remote("C", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid }));
        Assert.DoesNotContain(plan.Own, e => e.Kind is EventKind.Stray);
    }

    [Fact]
    public void Where_Exchange_gives_UIDs_of_its_own_a_copy_that_was_deleted_before_it_was_read_back_is_known_when_it_is_restored()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Left(copy.Id) { Uid = "of its own", Attempt = copy.ItemAttempt });
        Assert.False(plan.Of(copy).IsBooked);
        plan.See(Remote("back", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = "of its own" });
        Assert.True(plan.Of(copy).IsBooked);
    }

    [Fact]
    public void A_create_that_took_effect_after_the_copy_was_gone_is_removed_and_books_nothing_again()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Copy(appointment, item: null);
        copy =
            plan.Put(copy.AttemptOpened(CreateAttempt.Opened(Id(7), Now), appointment.Content()).AttemptClosed()
                .AttemptOpened(CreateAttempt.Opened(Id(8), Now), appointment.Content())
            .WrittenAs("second", "k1", appointment.Content(), Id(8)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.See(Remote("late", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)), Uid = copy.Attempts[0].Uid });
        Assert.False(plan.Of(copy).IsBooked);
        Assert.Equal("late", plan.Own.Single(e => e.Kind is EventKind.Stray).ItemId);
    }

    [Fact]
    public void What_staff_and_then_the_booking_product_cancelled_is_not_booked_again_by_a_restored_copy()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.Change(plan.Of(copy).Cancelled());
        plan.See(Remote("back", At(9), "k5") with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid });
        Assert.Equal(AppointmentStatus.Cancelled, plan.Of(copy).Status);
        Assert.Equal(new PushStep.Delete(), Decide(plan.Row(copy.Id)));
    }

    [Fact]
    public void What_Outlook_cancelled_and_is_restored_as_a_series_is_booked_again_at_its_own_time()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.See(Remote("back", At(11)) with
        {
            Type = RemoteItemType.SeriesMaster,
            Tag = new CopyTag(copy.Id, copy.ItemAttempt),
            Uid = copy.Uid
        });
        Assert.True(plan.Of(copy).Wants("anna"));
        Assert.True(plan.Of(copy).Times.SameSpan(At(9)));
        Assert.True(plan.Row(copy.Id).BecameSeries);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "Dentist")]
    public void Titles_of_a_series_that_was_an_erased_clients_copy_stay_away(bool isErased, string? title)
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Put(copy with { BecameSeries = true, Uid = "series" });
        if (isErased) plan.Change(plan.Of(copy).WithoutClient(Now));
        plan.See(Remote("o2", At(33)) with
        {
            Type = RemoteItemType.Occurrence,
            Uid = "series",
            OriginalStart = At(33).Start,
            Tag = new CopyTag(copy.Id, copy.ItemAttempt),
        });
        var occurrence = Assert.Single(plan.Own, e => e.Kind is EventKind.External);
        Assert.Equal((title, title is null), (occurrence.Title, occurrence.Location is null));
    }

    [Fact]
    public void An_item_with_an_unknown_tag_is_an_external_event()
    {
        plan.See(Remote("a", At(9)) with { Tag = new CopyTag(Id(999), Id(998)) });
        Assert.Equal(EventKind.External, plan.Own.Single().Kind);
    }

    [Fact]
    public void A_moved_back_item_with_a_new_id_is_the_copy_itself()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Remote("item-9", At(9), "k9") with { Tag = new CopyTag(copy.Id, copy.ItemAttempt) });
        Assert.Equal("item-9", plan.Own.Single().ItemId);
        Assert.True(plan.Of(copy).IsBooked);
    }

    [Fact]
    public void Of_two_items_of_two_attempts_of_ours_one_is_kept_and_the_other_removed()
    {
        var appointment = plan.Appointment(At(9));
        var copy = plan.Copy(appointment, item: null);
        copy =
            plan.Put(copy.AttemptOpened(CreateAttempt.Opened(Id(7), Now), appointment.Content()).AttemptClosed()
                .AttemptOpened(CreateAttempt.Opened(Id(8), Now), appointment.Content())
            .WrittenAs("second", "k1", appointment.Content(), Id(8)));
        plan.StillThere.Add("second");
        plan.See(Remote("late", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)) });
        var stray = plan.Own.Single(e => e.Kind is EventKind.Stray);
        Assert.Equal(("late", PushState.Withdrawing), (stray.ItemId, stray.PushState));
        Assert.Equal(new PushStep.Delete(), Decide(stray));
        Assert.Empty(plan.See(Remote("late", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)) }));
    }

    [Fact]
    public void A_copy_restored_in_Outlook_reinstates_what_Outlook_cancelled()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.See(Remote("back", At(9), "k5") with { Tag = new CopyTag(copy.Id, copy.ItemAttempt) });
        Assert.True(plan.Of(copy).Wants("anna"));
        Assert.Equal("back", plan.Row(copy.Id).ItemId);
    }

    [Fact]
    public void A_copy_restored_when_its_time_is_taken_is_removed_with_a_warning()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.Left(copy.Id));
        plan.Busy.Add(At(9.5));
        plan.See(Remote("back", At(9), "k5") with { Tag = new CopyTag(copy.Id, copy.ItemAttempt) });
        Assert.False(plan.Of(copy).IsBooked);
        Assert.Equal(new PushStep.Delete(), Decide(plan.Row(copy.Id)));
        Assert.Equal("restored-copy-removed", plan.Warnings.Single().Reason.Code);
    }

    [Fact]
    public void An_appointment_that_Outlook_made_a_series_of_keeps_its_own_time_and_warns_once()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Plan(new RemoteChange.SeriesSeen("item-1", "k2", "u"));
        plan.Plan(new RemoteChange.SeriesSeen("item-1", "k3", "u"));
        Assert.True(plan.Of(copy).Times.SameSpan(At(9)));
        Assert.Equal("appointment-became-series", plan.Warnings.Single().Reason.Code);
        Assert.Equal(new PushStep.Nothing(), Decide(plan.Row(copy.Id)));
    }

    private static RemoteEvent Tagged(SyncedEvent copy, EventTimes times, string key) =>
        Remote(copy.ItemId!, times, key) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt) };

    private PushStep Decide(SyncedEvent copy) =>
        PushPlanner.Decide(copy, copy.AppointmentId is null ? null : plan.Of(copy), "anna", Now, TimeSpan.FromMinutes(1));
}
