using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Stores what an item proves before it goes: it alone shows which UID is ours. Another clean-up of the same attempt, or the same one after
/// a lost answer, would take its owner's paste for it.
/// </summary>
internal sealed class CleanUpProof(ICalendarFeed feed, ICleanUpItems former, ISyncStore store)
{
    /// <summary>Throws <see cref="UidWasTold"/> if there was anything to store: what is to go is then decided anew.</summary>
    public async Task Keep(OpenCalendar calendar, CleanUpItem copy, IReadOnlyList<RemoteEvent> found, CancellationToken ct)
    {
        if (copy.EventId is not { } tag || found.Count == 0) return;
        // What its owner deleted proves it as well.
        if (copy is { Uid: null, Attempt: not null } && found.Any(copy.Is) && copy.Told(found).Uid is null)
            found = [.. found, .. await feed.FindDeletedCopies(calendar, tag, ct)];
        var told = (await former.In(copy.LinkId, copy.CalendarId, ct)).Where(f => f.Uid is null && f.EventId == tag)
            .Select(f => f.Told(found))
            .Where(f => f.Uid is not null)
            .ToList();
        if (told.Count == 0) return;
        if (!await store.Commit(new ChangeSet { Lease = calendar.Lease, Former = told }, ct)) throw new LeaseWasLost();
        throw new UidWasTold();
    }
}

/// <summary>A clean-up item has learned its item's UID, and is stored anew.</summary>
internal sealed class UidWasTold() : Exception("A clean-up item has learned its item's UID.");
