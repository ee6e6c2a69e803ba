using System.Collections.Concurrent;
using CleanSync.Application.Syncing.Queue;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>
/// How each calendar is heard, by this node or by another one, for the passes' pace and for an admin to see. A calendar that is no longer
/// listened to is read at once: its next poll may be far off.
/// </summary>
internal sealed class NotificationBoard(ICalendarQueue queue)
{
    /// <summary>What was noted as later than now by more was noted by a clock that was ahead. Two nodes differ by less.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private static readonly LinkNotifications Unknown = LinkNotifications.Polled("Listening has not begun yet.");

    private readonly ConcurrentDictionary<Guid, LinkNotifications> shown = new();
    private readonly ConcurrentDictionary<Guid, Freshness> freshness = new();
    private Dictionary<Guid, HeardCalendar> others = [];

    public LinkNotifications Of(Guid linkId) => shown.TryGetValue(linkId, out var own) ? own
        : others.TryGetValue(linkId, out var heard) ? new LinkNotifications(heard.Mode, heard.Reason)
        : Unknown;

    /// <summary>How this node hears the calendars that are its own to listen to.</summary>
    public IReadOnlyList<HeardCalendar> Heard() =>
        [.. shown.Select(s => new HeardCalendar(s.Key, s.Value.Mode, s.Value.Reason, AsOf(s.Key)))];

    /// <summary>How other nodes hear theirs.</summary>
    public void Learn(IReadOnlyList<HeardCalendar> heard) => others = heard.ToDictionary(h => h.LinkId);

    /// <summary>Another node listens to the calendar.</summary>
    public void LeaveToOthers(Guid linkId)
    {
        shown.TryRemove(linkId, out _);
        freshness.TryRemove(linkId, out _);
    }

    /// <summary>Exchange tells of its changes, so polling is only the safety net.</summary>
    public bool IsStreaming(Guid linkId) => Of(linkId).Mode is NotificationMode.Streaming;

    public void Show(Guid linkId, LinkNotifications now)
    {
        var before = Of(linkId);
        shown[linkId] = now;
        if (before.Mode is NotificationMode.Streaming && now.Mode is NotificationMode.Polling) queue.Add(CalendarWork.Changes, [linkId]);
    }

    /// <summary>
    /// The last moment at which the calendar is known to have been as Exchange has it: that of its last pass, or a later sign of life of
    /// its stream. What a clock that was ahead has noted counts for nothing; null when nothing is known.
    /// </summary>
    public DateTimeOffset? AsOf(Guid linkId, DateTimeOffset? lastSyncedAt, DateTimeOffset now)
    {
        var latest = now + Tolerance;
        if (lastSyncedAt is not { } pass || pass > latest) return null;
        return AsOf(linkId) is { } known && known > pass && known <= latest ? known : pass;
    }

    /// <summary>The calendar's own subscription is in a stream that has just opened; what happened before may have been missed.</summary>
    public void Confirmed(Guid linkId, DateTimeOffset now) =>
        Change(linkId, f => f with { IsConfirmed = true, NotifiedAt = now, IsRead = false });

    /// <summary>Something happened in the calendar.</summary>
    public void Notified(Guid linkId, DateTimeOffset now) => Change(linkId, f => f with { NotifiedAt = now, IsRead = false });

    /// <summary>The stream that the calendar's subscription is in lives, and told nothing of the calendar.</summary>
    public void Lives(Guid linkId, DateTimeOffset now) =>
        Change(linkId, f => f is { IsConfirmed: true, IsRead: true } ? f with { AsOf = now } : f);

    /// <summary>The stream is over, or the subscription is.</summary>
    public void Silent(Guid linkId) => Change(linkId, f => f with { IsConfirmed = false });

    /// <summary>
    /// A pass ended well. One that had begun before the last notification may have missed it; a notification of a time to come was noted by
    /// a clock that was ahead, and is not waited for.
    /// </summary>
    public void WasRead(Guid linkId, DateTimeOffset begun, DateTimeOffset now) =>
        Change(linkId, f => f with { IsRead = begun > f.NotifiedAt || f.NotifiedAt > now });

    /// <summary>The last pass did not end well.</summary>
    public void WasNotRead(Guid linkId) => Change(linkId, f => f with { IsRead = false });

    /// <summary>Forgets links that are no more.</summary>
    public void KeepOnly(IReadOnlySet<Guid> linkIds)
    {
        foreach (var gone in shown.Keys.Concat(freshness.Keys).Where(id => !linkIds.Contains(id)))
        {
            shown.TryRemove(gone, out _);
            freshness.TryRemove(gone, out _);
        }
    }

    private DateTimeOffset? AsOf(Guid linkId) => freshness.TryGetValue(linkId, out var known) && known.AsOf > DateTimeOffset.MinValue
        ? known.AsOf
        : others.GetValueOrDefault(linkId)?.AsOf;

    private void Change(Guid linkId, Func<Freshness, Freshness> change) =>
        freshness.AddOrUpdate(linkId, _ => change(Freshness.None), (_, known) => change(known));

    private sealed record Freshness(bool IsConfirmed, DateTimeOffset NotifiedAt, bool IsRead, DateTimeOffset AsOf)
    {
        public static Freshness None { get; } = new(false, DateTimeOffset.MinValue, false, DateTimeOffset.MinValue);
    }
}
