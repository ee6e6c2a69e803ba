namespace CleanSync.Application.Syncing;

/// <summary>
/// Whether a calendar that Exchange does not know is gone. Only its mailbox tells, opened by its address: where it shows another calendar, that one
/// took its place. An answer without it proves nothing, because a right may have been withdrawn.
/// </summary>
internal sealed class GoneCalendars(ICalendarDirectory directory)
{
    /// <summary>False when that cannot be known now.</summary>
    public async Task<bool> IsGone(CalendarAccess access, CancellationToken ct)
    {
        try
        {
            return (await directory.CheckCalendar(access, ct)).CalendarId != access.CalendarId;
        }
        catch (CalendarFailure)
        {
            return false;
        }
    }
}
