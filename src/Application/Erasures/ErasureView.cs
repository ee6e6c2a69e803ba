namespace CleanSync.Application.Erasures;

/// <summary>How far an erasure is.</summary>
public enum ErasureState
{
    /// <summary>Something has to settle first, or is being erased here.</summary>
    Erasing,

    /// <summary>Here everything is erased; items in Exchange are being rewritten.</summary>
    Rewriting,

    /// <summary>It has ended. What stayed in Exchange is listed.</summary>
    Finished,
}

/// <summary>What an erasure has done so far. It holds ids and counts, and nothing of a client.</summary>
/// <param name="StaffId">Who is erased; null when the clients of appointments are.</param>
/// <param name="Summary">The same in one sentence, with what to do next.</param>
/// <param name="Appointments">Appointments whose clients were to be erased.</param>
/// <param name="Erased">Of these, how many are.</param>
/// <param name="Cancelled">Of these, how many were cancelled for it.</param>
/// <param name="Kept">Of these, how many stay as they are, because they are still to come.</param>
/// <param name="UndoEntries">Entries that could have brought an appointment back.</param>
/// <param name="IdempotencyMarks">Fingerprints of bookings; each key stays, and is refused from now on.</param>
/// <param name="ExchangeEvents">Of a staff member: Exchange's events that left the booking product.</param>
/// <param name="Items">Items in Exchange that said who the client was, or that CleanSync made in the calendar of the staff member.</param>
/// <param name="Rewritten">Of these, how many say nothing of the client any more, or are removed.</param>
/// <param name="Keys">Of a staff member: API keys that were revoked.</param>
/// <param name="WaitsFor">What still waits, each with the reason, at most 1,000.</param>
/// <param name="NotRewritten">Items that stay in Exchange as they are, each with the reason, at most 1,000.</param>
/// <param name="OutOfReach">Where CleanSync cannot erase, in words, with what to do.</param>
public sealed record ErasureView(
    Guid Id,
    string? StaffId,
    ErasureState State,
    string Summary,
    DateTimeOffset AskedAt,
    DateTimeOffset? FinishedAt,
    int Appointments,
    int Erased,
    int Cancelled,
    int Kept,
    int UndoEntries,
    int IdempotencyMarks,
    int ExchangeEvents,
    int Items,
    int Rewritten,
    int Keys,
    IReadOnlyList<ErasureObstacle> WaitsFor,
    IReadOnlyList<ErasureObstacle> NotRewritten,
    IReadOnlyList<string> OutOfReach)
{
    public static IReadOnlyList<string> Beyond { get; } =
    [
        "Deleted Items and Recoverable Items of the mailboxes: what was deleted there keeps its text until "
            + "Exchange, or the mailbox's owner, removes it.",
        "Copies that others have: of meetings to which an owner invited somebody, and of items "
            + "that somebody copied, forwarded or exported.",
        "Backups of CleanSync's data folder and of Exchange. After a backup was restored, send the same erasure again.",
    ];

    internal static AuditSubject Subject(ErasureView made) => Subject(made.Id);

    internal static AuditSubject Subject(Guid id) => AuditSubject.Of("erasure", id, new GetErasure(id, CountsOnly: true));
}

/// <param name="AppointmentId">Null when it concerns none, or that is not known.</param>
/// <param name="StaffId">In whose calendar it is; null when it is in none, when that is not known, or when they are erased.</param>
/// <param name="Start">When the appointment begins, as far as that is known.</param>
/// <param name="Code">Stable: such as attempt-is-open, link-is-disabled, is-a-series, not-cleaned-up, or Exchange's code.</param>
public sealed record ErasureObstacle(
    Guid? AppointmentId,
    string? StaffId,
    DateTimeOffset? Start,
    string Code,
    string Reason);
