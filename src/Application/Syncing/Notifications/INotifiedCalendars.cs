namespace CleanSync.Application.Syncing.Notifications;

/// <summary>Says that something happened in these calendars. Several in a row become one pass, in the background.</summary>
public interface INotifiedCalendars
{
    void Add(IEnumerable<Guid> linkIds);
}
