namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>What an account needs in a staff member's calendar, in words for an admin.</summary>
internal static class CalendarRights
{
    public static string Needed(bool impersonates) => impersonates
        ? "It acts for the owner, so no permission on the folder is missing: check that the management scope of its role "
            + "ApplicationImpersonation holds this mailbox, and that the mailbox has a calendar."
        : "Grant it at least Author on the folder Calendar.";
}
