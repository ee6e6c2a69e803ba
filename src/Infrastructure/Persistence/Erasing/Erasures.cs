using System.Collections.Concurrent;
using CleanSync.Application.Erasures;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Erasures;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Erasing;

internal sealed class Erasures(Database database, IDeletedBytes bytes) : IErasures
{
    /// <summary>Their pages are written anew, and only the log is still to be emptied. A restart forgets it, and vacuums again.</summary>
    private readonly ConcurrentDictionary<Guid, bool> vacuumed = new();

    public Task Begin(Erasure erasure, IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct)
    {
        const string sql = """
            insert into erasures (id, staff_id, asked_at, cancels_future)
            values (@Id, @StaffId, @AskedAt, @CancelsFuture)
            """;
        const string appointment = """
            insert into erasure_appointments (erasure_id, appointment_id, state)
            values (@ErasureId, @AppointmentId, 'Waiting')
            """;
        return database.Write(
            async transaction =>
            {
                await transaction.Execute(sql, erasure);
                var rows = appointmentIds.Select(id => new { ErasureId = erasure.Id, AppointmentId = id });
                return await transaction.AffectsEach(appointment, [.. rows]);
            },
            ct);
    }

    public async Task<Erasure?> Find(Guid id, CancellationToken ct)
    {
        const string sql = "select * from erasures where id = @id";
        await using var connection = await database.Read(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { id }, cancellationToken: ct));
        return row?.ToErasure();
    }

    public async Task<IReadOnlyList<Erasure>> UnderWay(CancellationToken ct)
    {
        const string sql = "select * from erasures where finished_at is null order by asked_at, id";
        await using var connection = await database.Read(ct);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: ct))).Select(row => row.ToErasure())];
    }

    public Task EndNow(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = "update erasures set end_asked_at = @now where id = @id and end_asked_at is null and finished_at is null";
        return database.Execute(sql, new { id, now }, ct);
    }

    public async Task<IReadOnlyList<Guid>> Waiting(Guid id, CancellationToken ct)
    {
        const string sql = """
            select appointment_id from erasure_appointments
            where erasure_id = @id and state = 'Waiting' order by appointment_id
            """;
        await using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(sql, new { id }, cancellationToken: ct))];
    }

    public async Task<IReadOnlyList<WaitingItem>> Items(Guid id, CancellationToken ct)
    {
        const string sql = "select id, appointment_id from erasure_items where erasure_id = @id and state = 'Waiting' order by id";
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<ItemRow>(new CommandDefinition(sql, new { id }, cancellationToken: ct));
        return [.. rows.Select(row => new WaitingItem(row.Id, row.AppointmentId))];
    }

    public Task Note(Guid id, Guid appointmentId, AppointmentStanding standing, CancellationToken ct)
    {
        const string sql = """
            update erasure_appointments set
                state = @state, cancelled = case when @IsCancelled = true then true else cancelled end, waits_for = @WaitsFor
            where erasure_id = @id and appointment_id = @appointmentId and state = 'Waiting'
                and (state <> @state or @IsCancelled = true or coalesce(waits_for, '') <> coalesce(@WaitsFor, ''))
            """;
        var state = standing.IsKept ? "Kept" : standing.IsGone ? "Erased" : "Waiting";
        return database.Execute(sql, new { id, appointmentId, state, standing.IsCancelled, standing.WaitsFor }, ct);
    }

    public Task NoteItem(
        Guid id,
        Guid itemId,
        ItemState state,
        string? obstacle,
        CancellationToken ct)
    {
        const string sql = """
            update erasure_items set state = @state, code = @obstacle
            where erasure_id = @id and id = @itemId and state = 'Waiting'
            """;
        return database.Execute(sql, new { id, itemId, state = state.ToString(), obstacle }, ct);
    }

    public Task NoteWait(Guid id, string? obstacle, CancellationToken ct)
    {
        const string sql = """
            update erasures set waits_for = @obstacle
            where id = @id and coalesce(waits_for, '') <> coalesce(@obstacle, '')
            """;
        return database.Execute(sql, new { id, obstacle }, ct);
    }

    public Task<bool> EraseStaff(
        Erasure erasure,
        MailboxLease? lease,
        bool leaves,
        DateTimeOffset now,
        CancellationToken ct) =>
        database.Write(transaction => ErasedStaff.Remove(erasure, lease, leaves, now, transaction), ct);

    public async Task<bool> Purge(IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update erasures set purged_at = @now, waits_for = null
            where id in @ids
            """;
        if (!ids.All(vacuumed.ContainsKey)) await bytes.BeginPurge(ct);
        foreach (var id in ids) vacuumed[id] = true;
        if (!await bytes.FinishPurge(ct)) return false;
        await database.Execute(sql, new { ids = new KeyList<Guid>(ids), now }, ct);
        foreach (var id in ids) vacuumed.TryRemove(id, out _);
        return true;
    }

    public Task<bool> Finish(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update erasures set finished_at = @now, waits_for = null
            where id = @id and purged_at is not null and finished_at is null
                and not exists (select 1 from erasure_items i where i.erasure_id = @id and i.state = 'Waiting')
            """;
        return database.Write(async transaction => await transaction.Execute(sql, new { id, now }) == 1, ct);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string? StaffId { get; init; }
        public DateTimeOffset AskedAt { get; init; }
        public bool CancelsFuture { get; init; }
        public DateTimeOffset? EndAskedAt { get; init; }
        public DateTimeOffset? StaffErasedAt { get; init; }
        public DateTimeOffset? PurgedAt { get; init; }

        public Erasure ToErasure() => new()
        {
            Id = Id,
            StaffId = StaffId,
            AskedAt = AskedAt,
            CancelsFuture = CancelsFuture,
            EndAskedAt = EndAskedAt,
            StaffErasedAt = StaffErasedAt,
            PurgedAt = PurgedAt,
        };
    }

    private sealed record ItemRow
    {
        public Guid Id { get; init; }
        public Guid AppointmentId { get; init; }
    }
}
