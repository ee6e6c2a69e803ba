using CleanSync.Application.Erasures;
using CleanSync.Domain.Erasures;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>A row of erasures with the counts of its report.</summary>
internal sealed record ErasureRow
{
    public const string Select = """
        select e.*,
            (select count(*) from erasure_appointments a where a.erasure_id = e.id) as appointments,
            (select count(*) from erasure_appointments a where a.erasure_id = e.id and a.state = 'Erased') as erased,
            (select count(*) from erasure_appointments a where a.erasure_id = e.id and a.state = 'Kept') as kept,
            (select count(*) from erasure_appointments a where a.erasure_id = e.id and a.cancelled = true) as cancelled,
            (select coalesce(sum(a.undo_entries), 0) from erasure_appointments a where a.erasure_id = e.id) as undo_entries,
            (select coalesce(sum(a.idempotency_marks), 0) from erasure_appointments a where a.erasure_id = e.id) as idempotency_marks,
            (select count(*) from erasure_items i where i.erasure_id = e.id) as listed_items,
            (select count(*) from erasure_items i where i.erasure_id = e.id and i.state in ('Rewritten', 'Gone')) as rewritten,
            (select count(*) from erasure_items i where i.erasure_id = e.id and i.state = 'Left') as left_items
        from erasures e
        """;

    public Guid Id { get; init; }
    public string? StaffId { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public int ExchangeEvents { get; init; }
    public int Items { get; init; }
    public int Keys { get; init; }
    public string? WaitsFor { get; init; }
    public DateTimeOffset? StaffErasedAt { get; init; }
    public DateTimeOffset? PurgedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int Appointments { get; init; }
    public int Erased { get; init; }
    public int Kept { get; init; }
    public int Cancelled { get; init; }
    public int UndoEntries { get; init; }
    public int IdempotencyMarks { get; init; }
    public int ListedItems { get; init; }
    public int Rewritten { get; init; }
    public int LeftItems { get; init; }

    public ErasureView ToView(IReadOnlyList<ErasureObstacle> waits, IReadOnlyList<ErasureObstacle> stays)
    {
        var state = FinishedAt is not null ? ErasureState.Finished : PurgedAt is not null ? ErasureState.Rewriting : ErasureState.Erasing;
        var (items, done) = StaffId is null
            ? (ListedItems, Rewritten)
            : (Math.Max(Items, LeftItems), StaffErasedAt is null ? 0 : Math.Max(0, Items - LeftItems));
        if (WaitsFor is not null) waits = [new ErasureObstacle(null, StaffId, null, WaitsFor, Obstacle.Words(WaitsFor)), .. waits];
        return new ErasureView(
            Id, StaffId, state, Summary(state, items, done), AskedAt, FinishedAt, Appointments, Erased, Cancelled, Kept, UndoEntries,
            IdempotencyMarks, ExchangeEvents, items, done, Keys, waits, stays, ErasureView.Beyond);
    }

    private string Summary(ErasureState state, int items, int done) => (state, StaffId) switch
    {
        (ErasureState.Erasing, null) =>
            $"{Erased} of {Appointments} appointments are erased here. "
            + "What waits is listed, and goes on by itself; POST …/finish ends the wait.",
        (ErasureState.Erasing, _) => "The staff member's calendar is being taken out. It goes on by itself; POST …/finish ends the wait.",
        (ErasureState.Rewriting, _) =>
            $"Here everything is erased. {done} of {items} items in Exchange are rewritten. "
            + "It goes on by itself; POST …/finish ends the wait.",
        (_, null) =>
            $"{Erased} of {Appointments} appointments are erased, {Kept} stay. "
            + $"{done} of {items} items in Exchange are rewritten or gone, {LeftItems} stay and are listed.",
        _ => $"The staff member is erased. {done} of {items} items are removed from their calendar, {LeftItems} stay and are listed.",
    };
}
