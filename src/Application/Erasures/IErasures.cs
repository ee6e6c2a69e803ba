using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Erasures;

namespace CleanSync.Application.Erasures;

/// <summary>
/// The erasures and how far they are; what of it changes together with an appointment or a calendar is in the store's entry.
/// </summary>
public interface IErasures
{
    /// <param name="appointmentIds">Whose clients are erased; empty when a staff member is.</param>
    Task Begin(Erasure erasure, IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct);

    Task<Erasure?> Find(Guid id, CancellationToken ct);

    /// <summary>Those that have not ended, in the order in which they were asked for.</summary>
    Task<IReadOnlyList<Erasure>> UnderWay(CancellationToken ct);

    /// <summary>An admin does not want to wait any longer. Nothing happens to one that has ended.</summary>
    Task EndNow(Guid id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Appointments whose clients are not erased yet.</summary>
    Task<IReadOnlyList<Guid>> Waiting(Guid id, CancellationToken ct);

    /// <summary>Items that are not rewritten yet.</summary>
    Task<IReadOnlyList<WaitingItem>> Items(Guid id, CancellationToken ct);

    /// <summary>Nothing happens to an appointment that does not wait any more.</summary>
    Task Note(Guid id, Guid appointmentId, AppointmentStanding standing, CancellationToken ct);

    /// <summary>Nothing happens to an item that does not wait any more.</summary>
    /// <param name="obstacle">Why it stays; null of one that is rewritten or gone.</param>
    Task NoteItem(
        Guid id,
        Guid itemId,
        ItemState state,
        string? obstacle,
        CancellationToken ct);

    /// <summary>What an erasure as a whole waits for; null when nothing.</summary>
    Task NoteWait(Guid id, string? obstacle, CancellationToken ct);

    /// <summary>
    /// Removes the staff member's link with all that is left of it, blanks their names wherever they stand, and revokes their API keys, in
    /// one transaction. False, with nothing done, while anything of the calendar still waits, or when the lease is lost.
    /// </summary>
    /// <param name="lease">Of their calendar; null when they have no link.</param>
    /// <param name="leaves">What still waits stays in Exchange and is listed.</param>
    Task<bool> EraseStaff(
        Erasure erasure,
        MailboxLease? lease,
        bool leaves,
        DateTimeOffset now,
        CancellationToken ct);

    /// <summary>
    /// Removes the bytes of what was deleted from the files, once for all erasures whose rows are dealt with. One try, which holds up no
    /// writer for long: false, with none of them noted, while a reader still needs the database's log.
    /// </summary>
    Task<bool> Purge(IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends one whose bytes are gone and of which no item waits; false for any other.</summary>
    Task<bool> Finish(Guid id, DateTimeOffset now, CancellationToken ct);
}

/// <summary>How an appointment stands whose client is to be erased.</summary>
/// <param name="IsKept">It stays as it is for good: it is still to come.</param>
/// <param name="IsGone">There is no such appointment any more.</param>
/// <param name="IsCancelled">It was cancelled for the erasure.</param>
/// <param name="WaitsFor">One of <see cref="Obstacle"/>; null when nothing.</param>
public sealed record AppointmentStanding(bool IsKept = false, bool IsGone = false, bool IsCancelled = false, string? WaitsFor = null);

public sealed record WaitingItem(Guid Id, Guid AppointmentId);

public enum ItemState
{
    Waiting,

    /// <summary>The item says nothing of the client any more.</summary>
    Rewritten,

    /// <summary>There is no such item in the calendar.</summary>
    Gone,

    /// <summary>It stays as it is; the reason is listed.</summary>
    Left,
}
