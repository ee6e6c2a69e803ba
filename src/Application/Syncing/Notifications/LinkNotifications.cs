namespace CleanSync.Application.Syncing.Notifications;

public enum NotificationMode
{
    /// <summary>Exchange says when the calendar changes; polling goes on slowly, as the safety net.</summary>
    Streaming,

    /// <summary>The calendar is read at intervals.</summary>
    Polling,
}

/// <summary>How CleanSync hears of changes in one calendar.</summary>
/// <param name="Reason">Why it is polled; null when it is listened to.</param>
public sealed record LinkNotifications(NotificationMode Mode, string? Reason)
{
    public static LinkNotifications Streaming { get; } = new(NotificationMode.Streaming, null);

    public static LinkNotifications Polled(string reason) => new(NotificationMode.Polling, reason);
}
