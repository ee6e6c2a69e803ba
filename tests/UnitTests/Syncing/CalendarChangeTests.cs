using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>What it means that a link has another calendar from now on.</summary>
public sealed class CalendarChangeTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private readonly PlanFixture plan = new();
    private readonly StaffCalendarLink link;
    private int ids;

    public CalendarChangeTests() => link = plan.Link with { CalendarId = "old", MailboxAddress = "anna@contoso.example" };

    [Fact]
    public void Copies_are_written_anew_and_their_items_go_from_the_former_calendar()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        var change = Change(link);
        Assert.Equal(
            (copy.Id, PushState.Queued, (string?)null),
            Assert.Single(change.Keep) is var kept ? (kept.Id, kept.PushState, kept.ItemId) : default);
        var former = Assert.Single(change.Former);
        Assert.Equal(
            (copy.Id, "item-1", "old", "anna@contoso.example", Now),
            (former.EventId!.Value, former.ItemId!, former.CalendarId, former.Mailbox.Address, former.NextTryAt));
    }

    [Fact]
    public void What_an_open_attempt_made_is_looked_for_when_it_can_have_arrived()
    {
        var appointment = plan.Appointment(At(9));
        plan.Put(plan.Copy(appointment, item: null).AttemptOpened(CreateAttempt.Opened(Id(7), Now.AddMinutes(2)), appointment.Content()));
        var change = Change(link);
        Assert.Null(Assert.Single(change.Keep).OpenAttempt);
        Assert.Equal(
            [(Id(7), null, Now.AddMinutes(3)), (null, null, Now.AddMinutes(12))],
            change.Former.Select(f => (f.Attempt, f.ItemId, f.NextTryAt)));
    }

    [Fact]
    public void What_an_attempt_that_was_given_up_may_have_made_late_is_looked_for_beside_the_item_and_when_the_copy_is_gone()
    {
        var (lost, item) = (Guid.CreateVersion7(Now.AddMinutes(-4)), Id(8));
        var appointment = plan.Appointment(At(9));
        var copy = plan.Copy(appointment, item: null)
            .AttemptOpened(CreateAttempt.Opened(lost, Now.AddMinutes(-2)), appointment.Content())
            .AttemptClosed()
            .AttemptOpened(CreateAttempt.Opened(item, Now.AddMinutes(2)), appointment.Content())
            .WrittenAs("item-1", "k1", appointment.Content(), item);
        plan.Put(copy);
        Assert.Equal(
            [(item, "item-1", Now), ((Guid?)null, null, Now.AddMinutes(6))],
            Change(link).Former.Select(f => (f.Attempt, f.ItemId, f.NextTryAt)));
        plan.Put(copy.DeletedByUs("uid-1"));
        Assert.Equal(
            [((Guid?)null, null, Now.AddMinutes(6))], Change(link).Former.Select(f => (f.Attempt, (string?)f.ItemId, f.NextTryAt)));
    }

    [Fact]
    public void Events_of_a_mailbox_that_an_admin_replaced_go_with_it()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        Assert.Equal(2, Change(link with { Former = new FormerMailbox(Id(2), "old@contoso.example") }).Remove.Count);
    }

    [Fact]
    public void Events_of_a_calendar_that_Exchange_replaced_are_left_to_the_full_pass_and_the_deletion_fuse()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        Assert.Empty(Change(link).Remove);
    }

    [Fact]
    public void An_item_that_the_link_has_again_under_another_id_is_kept_and_one_that_was_written_anew_is_another()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        var former = Assert.Single(Change(link).Former);
        var item = Remote("other-id", At(9)) with { Tag = new CopyTag(copy.Id, Id(8)), Uid = "uid-1" };
        Assert.True(former.IsKept(link, copy with { ItemId = "other-id", ItemAttempt = Id(8) }, item));
        Assert.True(former.IsKept(link, (copy with { ItemId = null, ItemAttempt = null })
            .AttemptOpened(CreateAttempt.Opened(Id(8), Now), plan.Appointment(At(9)).Content()), item));
        Assert.False(former.IsKept(link, copy with { ItemId = "new-item", ItemAttempt = Id(9) }, item));
        Assert.False(former.IsKept(link with { MailboxAddress = "annette@contoso.example" }, copy with { ItemAttempt = Id(8) }, item));
        Assert.False(former.IsKept(link, null, item));
    }

    [Fact]
    public void Only_a_single_item_without_attendees_may_go()
    {
        var item = Remote("item-1", At(9));
        Assert.Null(StayReason.Of(item));
        Assert.Equal(StayReason.HasAttendees, StayReason.Of(item with { HasAttendees = true }));
        Assert.Equal(StayReason.IsASeries, StayReason.Of(item with { Type = RemoteItemType.SeriesMaster }));
    }

    [Fact]
    public void A_paste_of_the_item_in_the_former_calendar_is_not_what_is_to_go()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.Put(copy.ConfirmedAs("k2", "uid-1"));
        var former = Assert.Single(Change(link).Former);
        var item = Remote("item-1", At(9)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = "uid-1" };
        Assert.True(former.Is(item));
        Assert.False(former.Is(item with { Uid = "uid-2" }));
        Assert.False(former.Is(item with { Tag = new CopyTag(Id(8), copy.ItemAttempt) }));
        Assert.False(former.Is(item with { Tag = null }));
    }

    [Fact]
    public void Of_an_attempt_that_a_restored_backup_forgot_only_the_uid_that_it_sent_proves_that_the_item_is_ours()
    {
        var copy = plan.Copy(plan.Appointment(At(9)), item: null);
        var former = Assert.Single(Change(link).Former);
        var item = Remote("item-1", At(9)) with { Tag = new CopyTag(copy.Id, Id(7)), Uid = CreateAttempt.Sent(Id(7)) };
        Assert.True(former.Is(item));
        Assert.False(former.Is(item with { Uid = "uid-2" }));
        Assert.False(former.Is(item with { Uid = null }));
    }

    [Fact]
    public void The_first_mailbox_is_remembered_until_another_was_opened()
    {
        var moved = link.Put(Id(3), "Anna", null, "UTC", Now).Put(Id(4), "Anna", "third@contoso.example", "UTC", Now);
        Assert.Equal(new FormerMailbox(Id(2), "anna@contoso.example"), moved.Former);
        Assert.Null(moved.Checked("new", moved.IdentityVersion, Now).Former);
        Assert.Null(link.Put(Id(2), "Anna Maria", "ANNA@contoso.example", "UTC", Now).Former);
    }

    private CalendarChange Change(StaffCalendarLink of) => CalendarChange.Of(of, [.. plan.Own], Now, Grace, () => Id(1000 + ids++));
}
