namespace CleanSync.Application.Syncing.Notifications;

/// <summary>
/// How long each calendar is left alone after it was refused a subscription: longer with every refusal in a row, and whatever becomes of
/// its group.
/// A calendar whose passes wait after a failure is not subscribed before their next try.
/// </summary>
internal sealed class SubscriptionRefusals(NotificationOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<SubscribedCalendar, (int InARow, long Since, TimeSpan For)> refused = [];
    private Dictionary<SubscribedCalendar, DateTimeOffset> failing = [];

    public bool Waits(SubscribedCalendar calendar)
    {
        var now = time.GetUtcNow();
        lock (gate) return (refused.TryGetValue(calendar, out var known) && time.GetElapsedTime(known.Since) < known.For)
            || (failing.TryGetValue(calendar, out var until) && until > now);
    }

    /// <param name="asked">How long Exchange asked to be left alone; null when it did not say.</param>
    public void Refused(SubscribedCalendar calendar, TimeSpan? asked)
    {
        lock (gate)
        {
            var inARow = refused.GetValueOrDefault(calendar).InARow + 1;
            refused[calendar] = (inARow, time.GetTimestamp(), asked ?? options.PauseAfterRefusal(inARow));
        }
    }

    public void Taken(SubscribedCalendar calendar)
    {
        lock (gate) refused.Remove(calendar);
    }

    /// <summary>Forgets calendars that are not to be listened to any more.</summary>
    public void Review(IReadOnlyCollection<SubscribableCalendar> wanted)
    {
        lock (gate)
        {
            failing = wanted.Where(c => c.PausedUntil is not null).ToDictionary(c => c.Listened, c => c.PausedUntil!.Value);
            var calendars = wanted.Select(c => c.Listened).ToHashSet();
            foreach (var gone in refused.Keys.Where(c => !calendars.Contains(c)).ToList()) refused.Remove(gone);
        }
    }
}
