namespace CleanSync.Domain.StaffCalendarLinks;

public sealed record StaffMemberIsNotLinked(string StaffId)
    : NotFound($"Staff member '{StaffId}' has no calendar link.");

public sealed record LinkIsDisabled(string StaffId)
    : Conflict($"Syncing is switched off for staff member '{StaffId}'. Enable it first.");

public sealed record LinkIsBeingDeleted(string StaffId)
    : Conflict(
        $"The link of staff member '{StaffId}' is being deleted. Wait until it is gone, or delete it again with copies=Keep: "
        + "then what is still in Outlook stays there.");

public sealed record MailboxAddressIsMissing(string StaffId)
    : Conflict($"Staff member '{StaffId}' has no e-mail address, so there is no mailbox to sync with. Enter it in the link.");

public sealed record MailboxNotFound(string Address)
    : Conflict($"Exchange has no mailbox {Address}. Check the staff member's address, or enable the mailbox in Exchange.");

public sealed record ImpersonationRightMissing(string Address, string UserName)
    : Conflict($"{UserName} may not act for {Address}. Assign it the management role ApplicationImpersonation with a scope that holds this mailbox.");

/// <param name="Impersonates">Then no permission on the folder counts, but the scope within which the account may act for others.</param>
public sealed record CalendarAccessDenied(string Address, string UserName, bool Impersonates)
    : Conflict($"{UserName} may not open the calendar of {Address}. {CalendarRights.Needed(Impersonates)}");

/// <param name="Impersonates"><inheritdoc cref="CalendarAccessDenied" path="/param[@name='Impersonates']"/></param>
public sealed record CalendarRightsMissing(string Address, string UserName, bool Impersonates)
    : Conflict($"{UserName} may open the calendar of {Address}, but not create events in it. {CalendarRights.Needed(Impersonates)}");

public sealed record MailboxIsLinkedAlready(string Address, string OtherStaffId)
    : Conflict(
        $"The calendar of {Address} is already linked to staff member '{OtherStaffId}'. Two staff members cannot share one mailbox.");

public sealed record MailboxIsTheServiceAccounts(string Address)
    : Conflict($"{Address} opened the service account's own calendar. Link the staff member's mailbox instead.");

public sealed record MailboxIsFull(string Address)
    : Conflict($"The mailbox {Address} is full, so nothing can be written into it; reading goes on. Once there is room again, CleanSync writes what waits by itself.");

public sealed record MailboxAddressIsNotPrimary(string Address, string? Primary)
    : Conflict($"{Address} is a further address of a mailbox, and Exchange wants its primary one. "
        + "Enter the primary address in the staff member's link"
        + (Primary is null ? "." : $": {Primary}."));

public sealed record TimeZoneIsUnknownToExchange(string TimeZone, string Address, bool IsAllDay)
    : Conflict($"The Exchange server of {Address} does not know the time zone {TimeZone}, "
        + (IsAllDay ? "and no zone that it should know has the same midnights on these days. "
            : "and no other zone was taken in its place. ")
        + "Have the time zone updates of Windows installed there, or book under another time zone. CleanSync tries again by itself.");

public sealed record ItemIsPrivate(string Address)
    : Conflict(
        $"The item in the calendar of {Address} was made private, and the account may not see private items there: nothing proves that CleanSync made it, "
        + "so it stays. Delete it in Outlook, or let the account see private items.")
{
    /// <summary>Its code.</summary>
    public const string Name = "item-is-private";
}

public sealed record CalendarIsBusy(string StaffId)
    : Unavailable($"A pass for staff member '{StaffId}' is still running. Its result will show in the link.");

public sealed record CalendarWasNotReached(string Address, string Reason)
    : Unavailable($"The calendar of {Address} could not be read: {Reason}. CleanSync tries again by itself.");
