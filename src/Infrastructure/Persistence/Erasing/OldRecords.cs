using System.Diagnostics;
using CleanSync.Application.Retention;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Infrastructure.Persistence.Erasing;

internal sealed class OldRecords(Database database) : IOldRecords
{
    public async Task<int> Remove(RecordKind kind, DateTimeOffset before, int max, CancellationToken ct)
    {
        var (held, unreadable, series) = (SyncWarning.HeldCode, SyncWarning.UnreadableCode, SyncWarning.SeriesCode);
        var removed = 0;
        await database.Write(
            async transaction =>
            {
                removed = 0;
                foreach (var sql in Statements(kind))
                    removed += await transaction.Execute(sql, new { before, max, held, unreadable, series });
                return true;
            },
            ct);
        return removed;
    }

    private static IReadOnlyList<string> Statements(RecordKind kind) => kind switch
    {
        RecordKind.IdempotencyRecords =>
        [
            """
            delete from idempotency_records where idempotency_key in (
                select idempotency_key from idempotency_records where happened_at < @before order by happened_at limit @max)
            """,
        ],
        RecordKind.SyncRuns =>
            ["delete from sync_runs where id in (select id from sync_runs where ended_at < @before order by ended_at limit @max)"],
        RecordKind.Rechecks =>
        [
            """
            delete from rechecks where integration_id in (
                select integration_id from rechecks where asked_at < @before order by asked_at limit @max)
            """,
        ],
        RecordKind.Conflicts =>
            ["delete from sync_conflicts where id in (select id from sync_conflicts where happened_at < @before limit @max)"],
        RecordKind.Disconnections => OfDisconnections,
        RecordKind.Erasures => OfErasures,
        RecordKind.RemovedEvents =>
            ["delete from removed_events where id in (select id from removed_events where removed_at <= @before limit @max)"],
        RecordKind.Removals =>
        [
            """
            delete from removals where (link_id, unit, happened_at) in (
                select link_id, unit, happened_at from removals where happened_at < @before limit @max)
            """,
        ],
        RecordKind.Warnings =>
        [
            """
            delete from link_warnings where id in (
                select id from link_warnings where happened_at < @before and code not in (@held, @unreadable, @series) limit @max)
            """,
        ],
        _ => throw new UnreachableException(),
    };

    /// <summary>The lines of a report before the report: one that is cut short is still found by the next batch.</summary>
    private static IReadOnlyList<string> OfDisconnections =>
    [
        """
        delete from leftovers where id in (
            select b.id from leftovers b join disconnections d on d.integration_id = b.integration_id
            where d.finished_at < @before limit @max)
        """,
        """
        delete from disconnected_staff where (integration_id, link_id) in (
            select s.integration_id, s.link_id from disconnected_staff s join disconnections d on d.integration_id = s.integration_id
            where d.finished_at < @before limit @max)
        """,
        """
        delete from disconnections where integration_id in (
            select d.integration_id from disconnections d
            where d.finished_at < @before
                and not exists (select 1 from leftovers b where b.integration_id = d.integration_id)
                and not exists (select 1 from disconnected_staff s where s.integration_id = d.integration_id)
            limit @max)
        """,
    ];

    private static IReadOnlyList<string> OfErasures =>
    [
        """
        delete from erasure_items where (erasure_id, id) in (
            select i.erasure_id, i.id from erasure_items i join erasures e on e.id = i.erasure_id
            where e.finished_at < @before limit @max)
        """,
        """
        delete from erasure_appointments where (erasure_id, appointment_id) in (
            select a.erasure_id, a.appointment_id from erasure_appointments a join erasures e on e.id = a.erasure_id
            where e.finished_at < @before limit @max)
        """,
        """
        delete from erasures where id in (
            select e.id from erasures e
            where e.finished_at < @before
                and not exists (select 1 from erasure_items i where i.erasure_id = e.id)
                and not exists (select 1 from erasure_appointments a where a.erasure_id = e.id)
            limit @max)
        """,
    ];
}
