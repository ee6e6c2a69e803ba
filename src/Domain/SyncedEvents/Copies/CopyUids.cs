namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>What the UID of an item with a copy's tag says: ours, or a person's paste.</summary>
public static class CopyUids
{
    /// <summary>
    /// Whether an item with a copy's tag can be one that we made. A person who pastes an item pastes its tag along, but Exchange gives the
    /// paste a UID of its own; an item that is moved, or restored, keeps its UID. Another UID than was sent, of an item that was never
    /// read, is believed to be ours only where Exchange was seen to give UIDs of its own. What stayed with its owner is theirs.
    /// </summary>
    public static bool CanBeOurs(this SyncedEvent copy, Guid? attemptId, string? uid) =>
        uid is null
            || (uid != copy.LeftSeries
                && (copy.Attempt(attemptId) is not { Uid: { } ours } attempt
                    || ours == uid
                    || (!attempt.UidIsTold && copy.Attempts.Any(a => a.GotAnotherUid))));

    /// <summary>
    /// Whether an item in Deleted Items can be one that we made, when none in the calendar is: one whose UID nobody ever told may have any,
    /// where Exchange gives UIDs of its own.
    /// </summary>
    public static bool CanBeOursDeleted(this SyncedEvent copy, Guid? attemptId, string? uid) =>
        copy.CanBeOurs(attemptId, uid) || copy.Attempt(attemptId) is { UidIsTold: false };

    /// <summary>Whether the item is proven to be a person's: Exchange told another UID of what this attempt made.</summary>
    public static bool IsPaste(this SyncedEvent copy, Guid? attemptId, string? uid) =>
        uid is not null && copy.Attempt(attemptId) is { UidIsTold: true, Uid: { } ours } && ours != uid;

    /// <summary>
    /// Whether the item has the very UID that we sent with this attempt, or that Exchange told of it. A restored backup may have forgotten
    /// the attempt.
    /// </summary>
    public static bool IsSurelyOurs(this SyncedEvent copy, Guid? attemptId, string? uid) => uid is not null && uid != copy.LeftSeries
        && attemptId is { } id && (copy.Attempt(id) is { } attempt ? attempt.Uid == uid : uid == CreateAttempt.Sent(id));

    /// <summary>The item of this attempt lies in Deleted Items, with a UID by which it is known should its owner restore it.</summary>
    public static SyncedEvent ToldInDeletedItems(this SyncedEvent copy, Guid? attempt, string? uid) =>
        attempt is null || uid is null || copy.Attempts.All(a => a.Id != attempt || a.UidIsTold)
            ? copy
            : copy with { Attempts = [.. copy.Attempts.Select(a => a.Id == attempt ? a with { Uid = uid, UidIsTold = true } : a)] };

    /// <summary>
    /// The item of the last attempt is gone: what has the attempt but another UID from now on is somebody's paste, also where Exchange
    /// never told the item's own.
    /// </summary>
    internal static SyncedEvent WithItemGone(this SyncedEvent copy) =>
        copy.ItemId is null || copy.Attempts.All(a => a.Id != copy.ItemAttempt || a.UidIsTold)
            ? copy
            : copy with { Attempts = [.. copy.Attempts.Select(a => a.Id == copy.ItemAttempt ? a with { UidIsTold = true } : a)] };

    /// <summary>
    /// The attempts, once Exchange told the UID of the item that the last of them made. One that a restored backup forgot is remembered
    /// from then on: otherwise nothing would know the item where Exchange gives UIDs of its own.
    /// </summary>
    internal static IReadOnlyList<CreateAttempt> Told(this SyncedEvent copy, string? uid)
    {
        if (uid is null || copy is not { Kind: EventKind.Copy, ItemAttempt: { } made }) return copy.Attempts;
        if (copy.Attempt(made) is not { } attempt) return [new CreateAttempt(made, null, uid, UidIsTold: true, null), .. copy.Attempts];
        return attempt.UidIsTold && attempt.Uid == uid
            ? copy.Attempts
            : [.. copy.Attempts.Select(a => a.Id == made ? a with { Uid = uid, UidIsTold = true } : a)];
    }

    private static CreateAttempt? Attempt(this SyncedEvent copy, Guid? id) => copy.Attempts.FirstOrDefault(a => a.Id == id);
}
