using CleanSync.Application.Syncing.Calendars;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>
/// What took the place of a calendar that Exchange does not know. Only its mailbox tells, opened by its address: after a migration it shows
/// another calendar, in which the items lie under new ids. An answer without it proves nothing, because a right may have been withdrawn.
/// </summary>
internal sealed class GoneCalendars(ICalendarDirectory directory)
{
    /// <summary>The calendar that the mailbox shows now; null while that cannot be known, and when it is the same.</summary>
    public async Task<OpenCalendar?> Successor(OpenCalendar calendar, CancellationToken ct)
    {
        try
        {
            var now = (await directory.CheckCalendar(calendar, ct)).CalendarId;
            return now == calendar.CalendarId ? null : calendar with { CalendarId = now };
        }
        catch (CalendarFailure)
        {
            return null;
        }
    }
}
