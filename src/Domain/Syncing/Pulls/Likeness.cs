using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>What tells whether two ids are one event: never a text, nor anything made of one.</summary>
internal sealed record Likeness(string? Uid, DateTimeOffset? Slot, EventTimes? Times, FreeBusy FreeBusy)
{
    public static Likeness Of(SyncedEvent row) => new(row.Uid, row.OriginalStart, row.Times, row.FreeBusy);

    public static Likeness Of(RemoteEvent seen) => new(seen.Uid, seen.IsOccurrence ? seen.OriginalStart : null, seen.Times, seen.FreeBusy);

    /// <summary>
    /// One to one: what is alone with its UID and slot on both sides is the same, whatever its times are. Of several, and without a UID,
    /// those with the same times are, if there are as many on both sides.
    /// </summary>
    /// <param name="undecided">Former rows that have their like among the new ones, but not one alone.</param>
    public static IEnumerable<(SyncedEvent Was, T Now)> Pairs<T>(
        IEnumerable<SyncedEvent> former, IEnumerable<T> news, Func<T, Likeness> likeness, ICollection<SyncedEvent> undecided)
    {
        var coming = news.ToLookup(n => (likeness(n).Uid, likeness(n).Slot));
        foreach (var group in former.GroupBy(r => (r.Uid, Slot: r.OriginalStart)))
        {
            List<SyncedEvent> was = [.. group];
            List<T> now = [.. coming[group.Key]];
            if (was.Count == 1 && now.Count == 1 && group.Key.Uid is not null)
            {
                yield return (was[0], now[0]);
                continue;
            }

            var alike = now.ToLookup(n => likeness(n).Shape);
            var unpaired = new List<(SyncedEvent Row, int Alike)>();
            var left = now.Count;
            foreach (var equal in was.GroupBy(r => Of(r).Shape))
            {
                List<T> came = [.. alike[equal.Key]];
                if (equal.Count() != came.Count)
                {
                    unpaired.AddRange(equal.Select(row => (row, came.Count)));
                    continue;
                }

                left -= came.Count;
                foreach (var pair in equal.Zip(came)) yield return pair;
            }

            foreach (var (row, like) in unpaired)
            {
                if ((group.Key.Uid is null ? like : left) > 0) undecided.Add(row);
            }
        }
    }

    private (DateTimeOffset?, DateTimeOffset?, DateOnly?, DateOnly?, FreeBusy) Shape => Times is { IsAllDay: true }
        ? (null, null, Times.FirstDay, Times.EndDay, FreeBusy)
        : (Times?.Start, Times?.End, null, null, FreeBusy);
}
