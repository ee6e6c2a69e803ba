namespace CleanSync.Application.Syncing.Notifications;

/// <summary>Says that something happened in these calendars. Rings in a row become one pass, in the background.</summary>
public interface ICalendarBell
{
    void Ring(IEnumerable<Guid> linkIds);
}
