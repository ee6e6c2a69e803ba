using System.Collections.Concurrent;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>How each calendar is heard by this process, for the passes' pace and for an admin to see. A calendar that is no longer listened to is read at once: its next poll may be far off.</summary>
internal sealed class NotificationBoard(ICalendarBell bell)
{
    private static readonly LinkNotifications Unknown = LinkNotifications.Polled("Listening has not begun yet.");

    private readonly ConcurrentDictionary<Guid, LinkNotifications> shown = new();

    public LinkNotifications Of(Guid linkId) => shown.GetValueOrDefault(linkId, Unknown);

    /// <summary>Exchange tells of its changes, so polling is only the safety net.</summary>
    public bool Rings(Guid linkId) => Of(linkId).Mode is NotificationMode.Streaming;

    public void Show(Guid linkId, LinkNotifications now)
    {
        var before = Of(linkId);
        shown[linkId] = now;
        if (before.Mode is NotificationMode.Streaming && now.Mode is NotificationMode.Polling) bell.Ring([linkId]);
    }

    /// <summary>Forgets links that are no more.</summary>
    public void KeepOnly(IReadOnlySet<Guid> linkIds)
    {
        foreach (var gone in shown.Keys.Where(id => !linkIds.Contains(id))) shown.TryRemove(gone, out _);
    }
}
