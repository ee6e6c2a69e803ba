using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Benchmarks.Model;
using Xunit;
using static CleanSync.Benchmarks.Model.Operation;

namespace CleanSync.EndToEndTests.Model;

/// <summary>The shortest forms of histories that once broke a law.</summary>
public sealed class FoundHistories
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task A_copy_made_and_taken_away_between_two_passes_while_its_update_waits_is_written_again() => EndsWell(
        new Book(1, "anna,bert", 70_000, 30),
        new PushAnnounced(false),
        new MoveAppointment(1, 30_000, 30),
        new Outlook("bert", "A1", Deed.MoveToOtherFolder, 0),
        new PushAnnounced(false));

    [Fact]
    public Task A_copy_moved_away_and_back_is_known_where_its_former_id_is_told_with_its_former_key() => EndsWell(
        new MovesAsUpdates(),
        new Book(1, "bert,cleo", 69_899, 45),
        new Heartbeat(),
        new Pass("bert"),
        new Outlook("bert", "A1", Deed.AwayAndBack, 105));

    [Fact]
    public Task A_withdrawn_copy_is_removed_from_the_calendar_that_was_replaced_before_the_push() => EndsWell(
        new Book(1, "anna,bert", 67_170, 105),
        new PushAnnounced(true),
        new CancelAppointment(1),
        new ReplaceCalendar("bert"));

    [Fact]
    public Task A_copy_whose_create_was_lost_and_whose_calendar_was_emptied_waits_for_the_admin() => EndsWell(
        new Pass("cleo"),
        new TroubleAtCommit(CommitTrouble.CrashBefore, 4),
        new Book(1, "anna,bert,cleo", 48_676, 90),
        new Pass("cleo"),
        new Heartbeat(),
        new Outlook("bert", "A1", Deed.Move, 120),
        new EmptyCalendar("cleo"));

    [Fact]
    public Task A_restored_backup_does_not_take_a_paste_for_the_item_of_an_attempt_that_it_forgot() => EndsWell(
        new TroubleAtCommit(CommitTrouble.CrashAfter, 3),
        new Book(1, "anna,cleo", 56_237, 45),
        new PushAnnounced(false),
        new Backup(),
        new Wait(51),
        new Heartbeat(),
        new Outlook("anna", "A1", Deed.Copy, 30, null, "P1"),
        new RestoreBackup());

    [Fact]
    public Task Of_two_items_that_may_be_the_copy_neither_is_removed_later() => EndsWell(
        new OwnUids(),
        new Book(1, "cleo", 17_119, 60),
        new PushAnnounced(false),
        new Outlook("cleo", "A1", Deed.Copy, 105, null, "P1"),
        new Outlook("cleo", "A1", Deed.AwayAndBack, 60),
        new Elsewhere("cleo"),
        new Outlook("cleo", "P1", Deed.AwayAndBack, 60));

    [Fact]
    public Task A_paste_of_a_copy_that_was_never_read_and_then_deleted_stays() => EndsWell(
        new Book(1, "anna", 69_866, 90),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.Copy, 75, null, "P1"),
        new CancelAppointment(1),
        new Outlook("anna", "A1", Deed.HardDelete, 120));

    [Fact]
    public Task A_copy_moved_away_and_back_that_cannot_be_read_any_more_was_not_deleted() => EndsWell(
        new Book(1, "anna,bert,cleo", 63_573, 75),
        new PushAnnounced(false),
        new Elsewhere("anna"),
        new Outlook("anna", "A1", Deed.AwayAndBack, 0),
        new Wait(4),
        new Corrupt("anna", "A1", Damage.Everything, false),
        new Heartbeat());

    [Fact]
    public Task A_copy_moved_away_and_back_is_removed_when_its_calendar_is_switched_off() => EndsWell(
        new Book(1, "anna,bert,cleo", 60_000, 105),
        new PushAnnounced(false),
        new Outlook("cleo", "A1", Deed.AwayAndBack, 60),
        new Enable("cleo", false, CleanSync.Application.StaffCalendarLinks.CopiesDecision.Remove));

    [Fact]
    public Task A_withdrawn_copy_that_had_become_a_series_takes_its_occurrences_with_it() => EndsWell(
        new Book(1, "bert", 59_000, 90),
        new Heartbeat(),
        new CancelAppointment(1),
        new Outlook("bert", "A1", Deed.TurnIntoSeries, 120));

    [Fact]
    public Task A_copy_that_became_a_series_is_known_in_a_full_pass() => EndsWell(
        new Book(1, "anna", 56_000, 45),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.TurnIntoSeries, 120),
        new TroubleAtCall(CallTrouble.InvalidSyncState, 0),
        new Pass("anna"));

    [Fact]
    public Task A_paste_of_a_copy_that_became_a_series_is_a_series_of_its_own() => EndsWell(
        new Book(1, "anna", 56_000, 45),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.TurnIntoSeries, 8640),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.Copy, 0, null, "P1"));

    [Fact]
    public Task A_copy_that_is_a_single_event_again_follows_its_appointment() => EndsWell(
        new Book(1, "anna", 56_000, 45),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.TurnIntoSeries, 120),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.TurnIntoSingle, 0),
        new Pass("anna"),
        new MoveAppointment(1, 57_000, 45));

    [Fact]
    public Task A_create_whose_answer_was_lost_is_known_again_as_the_series_that_its_owner_made_of_it() => EndsWell(
        new TroubleAtCall(CallTrouble.TimeoutAfter, 5),
        new Book(1, "cleo", 34_680, 90),
        new PushAnnounced(false),
        new Outlook("cleo", "A1", Deed.TurnIntoSeries, 15),
        new Pass("cleo"));

    [Fact]
    public Task A_past_copy_that_its_owner_deleted_comes_back_when_the_appointment_moves_ahead() => EndsWell(
        new Book(1, "bert,cleo", -1650, 105),
        new Pass("bert"),
        new Outlook("bert", "A1", Deed.HardDelete, 0),
        new Pass("bert"),
        new MoveAppointment(1, 68_415, 105));

    [Fact]
    public Task A_series_pasted_from_a_copy_is_not_taken_for_the_copy_when_that_is_deleted() => EndsWell(
        new Book(1, "bert", 64_000, 120),
        new Pass("bert"),
        new Outlook("bert", "A1", Deed.TurnIntoSeries, 90),
        new Outlook("bert", "A1", Deed.Copy, 0, null, "P1"),
        new Pass("bert"),
        new Outlook("bert", "A1", Deed.Delete, 0),
        new Pass("bert"));

    [Fact]
    public Task A_copy_deleted_restored_and_made_a_series_before_it_was_read_back_is_known() => EndsWell(
        new Book(1, "cleo", 64_000, 120),
        new Heartbeat(),
        new Outlook("cleo", "A1", Deed.Delete, 0),
        new Outlook("cleo", "A1", Deed.Restore, 0),
        new Outlook("cleo", "A1", Deed.TurnIntoSeries, 90));

    [Fact]
    public Task A_paste_of_a_copy_that_is_gone_stays_when_the_appointment_is_cancelled() => EndsWell(
        new Book(1, "anna", 56_000, 45),
        new Heartbeat(),
        new Pass("anna"),
        new Outlook("anna", "A1", Deed.Copy, 0, null, "P1"),
        new Outlook("anna", "A1", Deed.HardDelete, 0),
        new CancelAppointment(1),
        new PushAnnounced(false));

    [Fact]
    public Task A_paste_of_a_copy_that_was_never_read_back_stays_when_the_copy_is_written_anew() => EndsWell(
        new Book(5, "anna,cleo", 42_423, 45),
        new Heartbeat(),
        new ChangeStaff(5, "anna"),
        new Outlook("cleo", "A5", Deed.Copy, 0, null, "P6"),
        new ChangeStaff(5, "anna,bert,cleo"),
        new Heartbeat());

    [Fact]
    public Task A_copy_moved_away_before_it_was_read_and_back_after_it_was_written_again_leaves_one() => EndsWell(
        new OwnUids(),
        new Book(21, "cleo", 26_454, 720),
        new Heartbeat(),
        new Wait(68),
        new Outlook("cleo", "A21", Deed.MoveToOtherFolder, 60),
        new Heartbeat(),
        new Outlook("cleo", "A21", Deed.MoveBack, 120));

    [Fact]
    public Task A_cancelled_copy_that_its_owner_restores_as_a_series_is_removed() => EndsWell(
        new Book(1, "anna", 56_000, 45),
        new Heartbeat(),
        new Pass("anna"),
        new CancelAppointment(1),
        new Heartbeat(),
        new Outlook("anna", "A1", Deed.Restore, 0),
        new Outlook("anna", "A1", Deed.TurnIntoSeries, 120));

    [Fact]
    public Task An_appointment_that_leaves_its_series_behind_leaves_an_occurrence_at_its_old_time() => EndsWell(
        new Book(1, "anna", 56_000, 45),
        new Heartbeat(),
        new Outlook("anna", "A1", Deed.TurnIntoSeries, 120),
        new Pass("anna"),
        new MoveAppointment(1, 57_000, 45));

    [Fact]
    public Task A_series_of_an_appointment_that_a_colleague_moves_follows_it() => EndsWell(
        new Book(9, "anna,bert,cleo", 37_320, 45),
        new Heartbeat(),
        new Outlook("anna", "A9", Deed.TurnIntoSeries, 75),
        new Outlook("anna", "A9", Deed.MakeAllDay, 15),
        new Outlook("cleo", "A9", Deed.MakeAllDay, 105));

    [Fact]
    public Task After_a_restored_backup_an_appointment_that_changes_before_its_first_push_is_not_created_twice() => EndsWell(
        new Book(17, "anna,bert,cleo", 53_036, 120),
        new Backup(),
        new Heartbeat(),
        new RestoreBackup(),
        new MoveAppointment(17, 54_657, 60),
        new PushAnnounced(false));

    [Fact]
    public Task A_calendar_that_was_left_after_the_backup_that_is_restored_keeps_nothing_of_ours() => EndsWell(
        new Book(3, "cleo", 31_275, 60),
        new Backup(),
        new PushAnnounced(false),
        new Relocate("cleo", true),
        new Pass("cleo"),
        new RestoreBackup());

    [Fact]
    public Task A_copy_of_which_neither_its_making_nor_its_end_was_reported_is_missed_at_night() => EndsWell(
        new LateReports("anna", true),
        new Book(23, "anna", 14_722, 15),
        new PushAnnounced(false),
        new Pass("anna"),
        new EmptyCalendar("anna"));

    [Fact]
    public Task A_replaced_calendar_gets_the_appointments_and_its_former_folder_loses_them() => EndsWell(
        new Book(3, "anna,cleo", 28_498, 30),
        new Heartbeat(),
        new ReplaceCalendar("anna"),
        new MoveAppointment(3, 29_000, 30));

    [Fact]
    public Task A_copy_that_cannot_be_read_when_it_is_to_go_goes_when_it_can() => EndsWell(
        new Book(2, "anna,bert,cleo", 27_600, 45),
        new Heartbeat(),
        new Corrupt("anna", "A2", Damage.Everything, false),
        new ChangeStaff(2, "bert"),
        new Heartbeat());

    [Fact]
    public Task An_item_of_a_lost_answer_that_could_not_be_read_is_removed_when_it_can() => EndsWell(
        new Book(39, "bert", 54_184, 60),
        new TroubleAtCommit(CommitTrouble.CrashBefore, 2),
        new Pass("bert"),
        new Wait(135),
        new Corrupt("bert", "A39", Damage.Everything, false),
        new Heartbeat());

    [Fact]
    public Task A_link_that_is_switched_off_with_Remove_in_the_middle_of_a_pass_takes_nobody_off_an_appointment() => EndsWell(
        new ShortPages(1),
        new Push("cleo"),
        new Push("bert"),
        new Book(2, "anna,bert,cleo", 47_822, 75),
        new Book(3, "bert,cleo", 62_687, 15),
        new Book(4, "bert", 10_547, 120),
        new Book(5, "anna,cleo", 11_027, 90),
        new TroubleAtCall(CallTrouble.LateEffect, 1),
        new PushAnnounced(false),
        new Meanwhile(new Enable("bert", false, CopiesDecision.Remove), 4),
        new Heartbeat());

    [Fact]
    public Task A_mailbox_with_a_new_GUID_whose_folder_ids_are_malformed_is_opened_anew() => EndsWell(
        new PushAnnounced(true),
        new Migrate("bert", "ErrorInvalidIdMalformed", true));

    [Fact]
    public Task A_copy_in_a_mailbox_that_got_a_new_GUID_before_its_owner_left_it_is_removed_there() => EndsWell(
        new Book(25, "bert,cleo", 68_075, 600),
        new PushAnnounced(true),
        new Migrate("bert", "ErrorInvalidId", true),
        new Relocate("bert", false),
        new Heartbeat());

    [Fact]
    public Task A_delegate_without_Deleted_Items_cancels_and_moves_like_anybody() => EndsWell(
        new ActAsDelegate(false, true),
        new Book(1, "anna,bert", 20_000, 60),
        new Book(2, "anna", 30_000, 60),
        new Heartbeat(),
        new Outlook("anna", "A1", Deed.MakePrivate, 0),
        new Heartbeat(),
        new MoveAppointment(1, 22_000, 60),
        new CancelAppointment(2),
        new Heartbeat());

    [Fact]
    public Task A_copy_that_left_is_gone_although_its_id_is_refused_where_moves_are_reported_as_changes() => EndsWell(
        new MovesAsUpdates(),
        new Book(13, "bert", 59_728, 45),
        new Heartbeat(),
        new Pass("bert"),
        new Misread("bert", "A13", "ErrorInvalidId", 2),
        new EmptyCalendar("bert"));

    [Fact]
    public Task Copies_that_leave_in_the_middle_of_a_migration_are_gone_where_moves_are_reported_as_changes() => EndsWell(
        new MovesAsUpdates(),
        new Book(10, "anna,cleo", 14_404, 30),
        new PushAnnounced(false),
        new Book(11, "anna,cleo", 52_174, 105),
        new Meanwhile(new Migrate("anna", "ErrorInvalidIdStoreObjectIdTooLong", false), 4),
        new Pass("cleo"),
        new Pass("bert"),
        new Pass("anna"),
        new EmptyCalendar("anna"));

    [Fact]
    public Task A_copy_outside_the_window_whose_id_is_refused_when_it_changes_is_followed() => EndsWell(
        new Book(17, "anna,bert", -2_694, 90),
        new Push("anna"),
        new Wait(2_160),
        new Misread("anna", "A17", "ErrorInvalidIdMalformed", 3),
        new Pass("anna"),
        new Outlook("anna", "A17", Deed.MakeAllDay, 5_760));

    [Fact]
    public Task What_left_after_the_backup_that_is_restored_is_not_counted_with_what_leaves_later() => EndsWell(
    [
        new Backup(),
        .. Events(1, 6),
        new Pass("anna"),
        new EmptyCalendar("anna"),
        new Pass("anna"),
        new RestoreBackup(),
        .. Events(7, 6),
        new Pass("anna"),
        new EmptyCalendar("anna"),
        new Pass("anna"),
    ]);

    [Fact]
    public Task An_event_that_came_back_counts_as_no_removal_when_everything_leaves_later() => EndsWell(
    [
        .. Events(1, 10),
        new Pass("anna"),
        new Outlook("anna", "E1", Deed.Delete, 0),
        new Pass("anna"),
        new Outlook("anna", "E1", Deed.Restore, 0),
        new Pass("anna"),
        new EmptyCalendar("anna"),
        new Pass("anna"),
    ]);

    [Fact]
    public Task What_a_lost_create_made_in_a_calendar_after_its_link_had_left_it_is_removed_there() => EndsWell(
        new Pass("anna"),
        new TroubleAtCall(CallTrouble.ResetAfter, 4),
        new Book(5, "bert,cleo", 48_645, 45),
        new Wait(152),
        new Pass("cleo"),
        new TroubleAtCall(CallTrouble.TimeoutAfter, 5),
        new TroubleAtCall(CallTrouble.LateEffect, 4),
        new Pass("cleo"),
        new Pass("anna"),
        new Wait(44),
        new Push("cleo"),
        new Heartbeat(),
        new Relocate("cleo", false));

    [Fact]
    public Task A_pass_that_fails_after_it_found_another_calendar_writes_nothing_into_the_one_before() => EndsWell(
        new PushAnnounced(false),
        new Book(3, "anna,bert,cleo", 57_076, 105),
        new TroubleAtCall(CallTrouble.CrashAfter, 3),
        new Pass("bert"),
        new TroubleAtCall(CallTrouble.ResetBefore, 5),
        new Outlook("bert", "A3", Deed.Delete, 60),
        new Wait(2_280),
        new PushAnnounced(true),
        new ReplaceCalendar("bert"),
        new Pass("bert"));

    [Fact]
    public Task An_item_whose_id_means_nothing_when_it_is_to_go_does_not_tell_that_its_former_calendar_is_gone() => EndsWell(
        new Book(7, "anna,cleo", 64_920, 90),
        new Pass("cleo"),
        new Misread("cleo", "A7", "ErrorNonExistentMailbox", 3),
        new ReplaceCalendar("cleo"));

    [Fact]
    public Task An_item_in_a_former_calendar_that_is_shown_and_not_found_when_it_is_to_go_is_looked_for_once_more() => EndsWell(
        new Book(7, "anna,cleo", 64_920, 90),
        new Pass("cleo"),
        new Misread("cleo", "A7", "ErrorItemNotFound", 3),
        new ReplaceCalendar("cleo"));

    [Fact]
    public Task What_an_attempt_that_was_open_when_its_calendar_was_left_makes_after_its_time_is_removed_there() => EndsWell(
        new PushAnnounced(false),
        new Book(7, "cleo", 64_920, 90),
        new TroubleAtCall(CallTrouble.LateEffect, 0),
        new PushAnnounced(false),
        new Relocate("cleo", false),
        new Wait(1),
        new Heartbeat(),
        new Wait(1),
        new Heartbeat());

    [Fact]
    public Task What_a_lost_create_makes_of_a_cancelled_appointment_in_a_calendar_that_was_left_is_removed_there() => EndsWell(
        new PushAnnounced(false),
        new Book(7, "cleo", 64_920, 90),
        new TroubleAtCall(CallTrouble.LateEffect, 0),
        new PushAnnounced(false),
        new Wait(1),
        new CancelAppointment(7),
        new Heartbeat(),
        new Relocate("cleo", false),
        new Heartbeat());

    [Fact]
    public Task A_paste_of_a_copy_that_was_moved_away_and_back_stays_when_its_calendar_is_left() => EndsWell(
        new Book(2, "bert,cleo", 70_995, 45),
        new Pass("cleo"),
        new Outlook("cleo", "A2", Deed.AwayAndBack, 45),
        new Outlook("cleo", "A2", Deed.Copy, 15, NewThing: "P4"),
        new Relocate("cleo", true));

    [Fact]
    public Task A_paste_of_what_an_open_attempt_made_stays_when_its_calendar_is_replaced() => EndsWell(
        new PushAnnounced(false),
        new TroubleAtCommit(CommitTrouble.LeaseTaken, 2),
        new Book(1, "anna", -2_265, 1_320),
        new Heartbeat(),
        new Heartbeat(),
        new Pass("cleo"),
        new Outlook("anna", "A1", Deed.Copy, 60, NewThing: "P3"),
        new ReplaceCalendar("anna"));

    [Fact]
    public Task A_paste_stays_although_its_owner_deleted_what_an_open_attempt_made_before_the_calendar_was_replaced() => EndsWell(
        new PushAnnounced(false),
        new TroubleAtCommit(CommitTrouble.LeaseTaken, 2),
        new Book(1, "anna", -2_265, 1_320),
        new Heartbeat(),
        new Heartbeat(),
        new Pass("cleo"),
        new Outlook("anna", "A1", Deed.Copy, 60, NewThing: "P3"),
        new Outlook("anna", "A1", Deed.Delete, 0),
        new ReplaceCalendar("anna"));

    [Fact]
    public Task A_series_that_Outlook_made_of_a_copy_stays_its_owners_when_the_staff_member_is_switched_off_and_on() => EndsWell(
        new OwnUids(),
        new Book(29, "anna,cleo", 28_853, 15),
        new Heartbeat(),
        new Outlook("cleo", "A29", Deed.TurnIntoSeries, 120),
        new Enable("cleo", false, CopiesDecision.Remove));

    [Fact]
    public Task A_past_copy_that_is_restored_into_a_calendar_that_was_replaced_goes_again() => EndsWell(
        new PushAnnounced(false),
        new ReplaceCalendar("cleo"),
        new Book(5, "bert,cleo", -3_330, 900),
        new Pass("cleo"),
        new ChangeStaff(5, "bert"),
        new Pass("cleo"),
        new Outlook("cleo", "A5", Deed.Restore, 18_720));

    [Fact]
    public Task A_paste_stays_although_its_owner_deleted_the_copy_for_good_before_the_calendar_was_replaced() => EndsWell(
        new Book(1, "anna", -2_265, 1_320),
        new Heartbeat(),
        new Outlook("anna", "A1", Deed.Copy, 60, NewThing: "P3"),
        new Outlook("anna", "A1", Deed.HardDelete, 45),
        new ReplaceCalendar("anna"));

    private static IEnumerable<Operation> Events(int first, int count) =>
        Enumerable.Range(first, count).Select(n => new Add("anna", $"E{n}", new EventShape(20_000 + (n * 100), 30)));

    [Fact]
    public Task A_copy_that_is_shown_and_not_found_when_it_is_to_go_is_deleted_later() => EndsWell(
        new Book(29, "anna,bert", 37_474, 105),
        new PushAnnounced(false),
        new Misread("anna", "A29", "ErrorItemNotFound", 3),
        new CancelAppointment(29));

    [Fact]
    public Task A_withdrawn_copy_outside_the_window_is_removed_from_a_calendar_that_has_another_id() => EndsWell(
        new Book(22, "bert,cleo", -108, 75),
        new PushAnnounced(false),
        new Wait(1_800),
        new Corrupt("cleo", "A22", Damage.Texts, false),
        new Migrate("cleo", "ErrorInvalidIdStoreObjectIdTooLong", true),
        new CancelAppointment(22));

    [Fact]
    public Task A_moved_copy_outside_the_window_is_found_again_in_a_calendar_that_has_another_id() => EndsWell(
        new Wait(755),
        new Book(14, "bert,cleo", -1_678, 120),
        new Heartbeat(),
        new MoveAppointment(14, 10_337, 105),
        new Migrate("cleo", "ErrorInvalidIdMalformed", true),
        new Heartbeat(),
        new Pass("cleo"),
        new EmptyCalendar("cleo"));

    [Fact]
    public Task A_copy_that_a_restored_backup_forgot_is_known_under_its_own_UID_once_it_was_adopted() => EndsWell(
        new OwnUids(),
        new PushAnnounced(true),
        new Book(8, "anna,bert", 48_595, 90),
        new Backup(),
        new PushAnnounced(false),
        new TroubleAtCall(CallTrouble.TimeoutBefore, 0),
        new RestoreBackup(),
        new Pass("bert"),
        new Elsewhere("bert"),
        new Outlook("bert", "A8", Deed.AwayAndBack, 8_640));

    [Fact]
    public Task A_copy_is_not_removed_as_a_former_one_from_the_calendar_that_its_mailbox_shows_under_another_address() => EndsWell(
        new Book(22, "anna,bert,cleo", 50_682, 45),
        new Migrate("bert", "ErrorInvalidIdStoreObjectIdTooLong", true),
        new Readdress("bert"));

    [Fact]
    public Task A_series_that_may_be_a_copy_is_read_again_once_Exchange_can_give_it() => EndsWell(
        new Pass("cleo"),
        new Book(3, "anna,bert,cleo", 9_315, 90),
        new Backup(),
        new Heartbeat(),
        new Corrupt("cleo", "A3", Damage.Everything, false),
        new RestoreBackup(),
        new Outlook("cleo", "A3", Deed.TurnIntoSeries, 60),
        new Heartbeat());

    [Fact]
    public Task A_series_of_a_copy_that_a_restored_backup_forgot_is_known_when_the_calendar_is_read_whole() => EndsWell(
        new Book(3, "anna,bert,cleo", 9_315, 90),
        new Backup(),
        new Heartbeat(),
        new Corrupt("cleo", "A3", Damage.Texts, false),
        new RestoreBackup(),
        new Outlook("cleo", "A3", Deed.TurnIntoSeries, 60),
        new Heartbeat());

    [Fact]
    public Task An_item_that_is_to_go_and_is_not_found_is_tried_again_although_its_copy_is_written_anew() => EndsWell(
        new OwnUids(),
        new Book(29, "anna,cleo", 28_853, 15),
        new Heartbeat(),
        new Misread("cleo", "A29", "ErrorItemNotFound", 3),
        new Enable("cleo", false, CopiesDecision.Remove));

    [Fact]
    public Task An_event_that_Exchange_could_not_give_keeps_its_row_when_its_mailbox_gives_new_ids() => EndsWell(
        new Heartbeat(),
        new Add("bert", "E15", new EventShape(68_612, 2_400, Zone: "Africa/Cairo", IsInvitation: true)),
        new Corrupt("bert", "E15", Damage.Answer, false),
        new Wait(152),
        new Heartbeat(),
        new Migrate("bert", "ErrorInvalidIdStoreObjectIdTooLong", false),
        new TroubleAtCall(CallTrouble.InvalidSyncState, 0),
        new Pass("bert"));

    [Fact]
    public Task An_event_that_Exchange_could_not_give_and_that_was_deleted_under_another_id_is_gone_when_the_calendar_is_read_whole() =>
        EndsWell(
            new Heartbeat(),
            new Add("bert", "E15", new EventShape(68_612, 2_400, Zone: "Africa/Cairo", IsInvitation: true)),
            new Corrupt("bert", "E15", Damage.Answer, false),
            new Pass("bert"),
            new Migrate("bert", "ErrorInvalidIdStoreObjectIdTooLong", false),
            new Outlook("bert", "E15", Deed.HardDelete, 30),
            new TroubleAtCall(CallTrouble.InvalidSyncState, 0),
            new Pass("bert"));

    [Fact]
    public Task An_event_keeps_its_row_under_another_id_where_its_former_one_means_nothing_and_no_page_says_that_it_left() => EndsWell(
        new MovesAsUpdates(),
        new Add("cleo", "E9", new EventShape(70_786, 4_320, IsAllDay: true, Zone: "Asia/Kolkata")),
        new PushAnnounced(false),
        new Book(13, "bert", 67_096, 30),
        new Meanwhile(new Migrate("cleo", "ErrorInvalidIdMalformed", false), 1),
        new Pass("bert"));

    [Fact]
    public Task An_event_that_Exchange_could_not_give_keeps_its_row_where_a_page_tells_its_new_id_before_it_can_be_read() => EndsWell(
        new MovesAsUpdates(),
        new Add("cleo", "E2", new EventShape(38_071, 4_320, IsAllDay: true)),
        new PushAnnounced(true),
        new TroubleAtCall(CallTrouble.TimeoutBefore, 2),
        new Outlook("cleo", "E2", Deed.Move, 105),
        new Corrupt("cleo", "E2", Damage.Everything, false),
        new Book(6, "anna,bert", -2_504, 90),
        new Heartbeat(),
        new Heartbeat(),
        new Book(12, "anna,cleo", 28_816, 105),
        new Meanwhile(new Migrate("cleo", "ErrorInvalidIdMalformed", false), 1),
        new Heartbeat());

    [Fact]
    public Task A_second_delivery_that_its_owner_moved_stays_theirs_when_the_copy_is_written_anew() => EndsWell(
        new AddSeries("bert", "E4", new EventShape(41_805, 30, Zone: "Africa/Cairo"), new SeriesShape(SeriesKind.LastFriday, 1, null)),
        new Heartbeat(),
        new TroubleAtCall(CallTrouble.LateEffect, 2),
        new Book(8, "anna,bert,cleo", 8_385, 60),
        new TroubleAtCall(CallTrouble.DeliveredTwice, 1),
        new PushAnnounced(false),
        new Outlook("bert", "A8", Deed.Move, 17_280),
        new Heartbeat(),
        new Enable("bert", false, CopiesDecision.Remove));

    [Fact]
    public Task A_second_delivery_that_is_told_long_after_the_first_was_read_is_its_owners_event() => EndsWell(
        new Heartbeat(),
        new Pass("anna"),
        new LateReports("anna", true),
        new TroubleAtCall(CallTrouble.DeliveredTwice, 4),
        new Wait(1_500),
        new Book(3, "anna,cleo", 51_636, 30),
        new Heartbeat(),
        new Elsewhere("anna"));

    [Fact]
    public Task A_series_that_was_moved_does_not_count_as_removed() => EndsWell(
        new Book(3, "bert,cleo", 52_665, 15),
        new AddSeries("bert", "E4", new EventShape(2_070, 45), new SeriesShape(SeriesKind.Monthly, 1, 4)),
        new TroubleAtCall(CallTrouble.CrashAfter, 2),
        new PushAnnounced(false),
        new Book(5, "bert", 6_615, 120),
        new Book(7, "bert", 34_755, 30),
        new Book(10, "anna,bert,cleo", 54_000, 90),
        new Add("bert", "E18", new EventShape(61_246, 45, Zone: "America/Santiago")),
        new Book(19, "bert", 20_056, 45),
        new Add("bert", "E29", new EventShape(49_046, 4_320, IsAllDay: true, Zone: "Africa/Cairo")),
        new AddSeries(
            "bert", "E30", new EventShape(6_446, 90, IsAllDay: true, Zone: "America/Santiago"), new SeriesShape(SeriesKind.Weekdays, 1, 2)),
        new Add("bert", "E34", new EventShape(42_161, 45, IsPrivate: true)),
        new Wait(46),
        new Pass("bert"),
        new EmptyCalendar("bert"),
        new Meanwhile(new Elsewhere("bert"), 6),
        new Book(38, "anna,bert", 64_887, 3_360),
        new Pass("anna"),
        new Wait(168),
        new Outlook("bert", "A38", Deed.TurnIntoSeries, 75),
        new Heartbeat(),
        new Outlook("bert", "A38", Deed.Move, 5_760));

    [Fact]
    public Task Occurrences_that_an_account_may_see_at_last_are_what_they_are_after_the_next_reading_of_the_window() => EndsWell(
        new ActAsDelegate(true, true),
        new TroubleAtCall(CallTrouble.CrashBefore, 0),
        new PushAnnounced(false),
        new AddSeries("anna", "E35", new EventShape(16_675, 15, Zone: "UTC", IsPrivate: true), new SeriesShape(SeriesKind.Weekdays, 3, 6)),
        new Heartbeat());

    [Fact]
    public Task A_paste_is_not_taken_for_the_item_of_an_open_attempt_that_was_deleted() => EndsWell(
        new Pass("bert"),
        new PushAnnounced(false),
        new Wait(174),
        new Book(3, "bert", 45_219, 90),
        new TroubleAtCommit(CommitTrouble.CrashBefore, 3),
        new Heartbeat(),
        new Outlook("bert", "A3", Deed.Copy, 90, NewThing: "P5"),
        new Book(6, "anna,bert,cleo", 64_974, 75),
        new Book(7, "anna,cleo", 12_564, 45),
        new Meanwhile(new Enable("bert", false, CopiesDecision.Remove), 6),
        new Wait(47),
        new Pass("cleo"),
        new Backup(),
        new Heartbeat(),
        new RestoreBackup(),
        new PushAnnounced(true));

    [Fact]
    public Task A_series_made_of_a_copy_that_became_private_and_came_under_a_new_id_is_its_owners() => EndsWell(
        new ActAsDelegate(false, true),
        new Book(3, "bert", -3_630, 3_240),
        new MoveAppointment(3, 27_907, 15),
        new Heartbeat(),
        new Outlook("bert", "A3", Deed.MakePrivate, 75),
        new Outlook("bert", "A3", Deed.TurnIntoSeries, 15),
        new Migrate("bert", "ErrorNonExistentMailbox", true),
        new Book(8, "anna,bert", 67_326, 75),
        new Heartbeat(),
        new Book(11, "anna,bert", 26_207, 120),
        new PushAnnounced(false));

    private static async Task EndsWell(params Operation[] operations)
    {
        var verdict = await Verdict.Of(new History(0, Start, operations));
        Assert.True(verdict.IsWell, verdict.ToString());
    }
}
