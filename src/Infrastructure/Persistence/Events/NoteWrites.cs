using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>The store's statements on notes: conflicts, warnings and their end, idempotency records.</summary>
internal static class NoteWrites
{
    public static bool Record(IReadOnlyCollection<SyncConflict> conflicts, SqliteTransaction transaction)
    {
        const string sql = """
            insert into sync_conflicts (
                id, link_id, appointment_id, event_id, happened_at,
                kept_starts_at, kept_ends_at, kept_time_zone, kept_first_day, kept_end_day,
                lost_starts_at, lost_ends_at, lost_time_zone, lost_first_day, lost_end_day)
            values (
                @Id, @LinkId, @AppointmentId, @EventId, @At,
                @KeptStart, @KeptEnd, @KeptZone, @KeptFirstDay, @KeptEndDay,
                @LostStart, @LostEnd, @LostZone, @LostFirstDay, @LostEndDay)
            on conflict do nothing
            """;
        return transaction.AffectsEach(sql, [.. conflicts.Select(c => new
        {
            c.Id,
            c.LinkId,
            c.AppointmentId,
            c.EventId,
            c.At,
            KeptStart = c.Kept.Start,
            KeptEnd = c.Kept.End,
            KeptZone = c.Kept.TimeZone,
            KeptFirstDay = c.Kept.FirstDay,
            KeptEndDay = c.Kept.EndDay,
            LostStart = c.Lost.Start,
            LostEnd = c.Lost.End,
            LostZone = c.Lost.TimeZone,
            LostFirstDay = c.Lost.FirstDay,
            LostEndDay = c.Lost.EndDay,
        })]);
    }

    /// <summary>Older removals than the deletion fuse remembers go.</summary>
    public static bool Remember(IReadOnlyCollection<Removal> removals, bool keepsHistory, SqliteTransaction transaction)
    {
        const string insert = "insert into removals (link_id, unit, happened_at) values (@LinkId, @Unit, @At) on conflict do nothing";
        const string forget = "delete from removals where link_id = @LinkId and happened_at < @Oldest";
        foreach (var removal in removals) transaction.Connection!.Execute(insert, removal, transaction);
        foreach (var latest in removals.Where(_ => !keepsHistory).DistinctBy(r => r.LinkId))
        {
            transaction.Connection!.Execute(forget, new { latest.LinkId, Oldest = latest.At - DeletionFuse.Memory }, transaction);
        }
        return true;
    }

    /// <summary>A link keeps its latest 50.</summary>
    public static bool Warn(IReadOnlyCollection<LinkWarning> warnings, bool keepsHistory, SqliteTransaction transaction)
    {
        const string insert = """
            insert into link_warnings (id, link_id, happened_at, code, reason, event_id)
            values (@Id, @LinkId, @At, @Code, @Reason, @EventId)
            on conflict do nothing
            """;
        const string forget = """
            delete from link_warnings where link_id = @linkId and id not in (
                select id from link_warnings where link_id = @linkId order by happened_at desc, id desc limit 50)
            """;
        if (!transaction.AffectsEach(insert,
            [.. warnings.Select(w => new { w.Id, w.LinkId, w.At, w.Warning.Code, w.Warning.Reason, w.Warning.EventId })])) return false;
        foreach (var linkId in warnings.Where(_ => !keepsHistory).Select(w => w.LinkId).Distinct())
        {
            transaction.Connection!.Execute(forget, new { linkId }, transaction);
        }
        return true;
    }

    /// <summary>
    /// A warning that says how things are ends when this entry mends it; one that says what was done is forgotten in time.
    /// </summary>
    public static bool End(ChangeSet entry, SqliteTransaction transaction)
    {
        const string sql = """
            delete from link_warnings where link_id = @linkId and (
                (code = @held and not exists (
                    select 1 from synced_events e where e.link_id = @linkId and e.removal_hold is not null and e.removal_hold = 'Held'))
                or (code = @unreadable and not exists (
                    select 1 from synced_events e where e.id = link_warnings.event_id
                        and (e.kind = 'Unreadable' or e.unreadable_code is not null)))
                or (code = @series and not exists (
                    select 1 from synced_events e where e.id = link_warnings.event_id and e.became_series = 1)))
            """;
        const string old = """
            delete from link_warnings where link_id = @linkId and happened_at < @before and code not in (@held, @unreadable, @series)
            """;
        var (held, unreadable, series) = (SyncWarning.HeldCode, SyncWarning.UnreadableCode, SyncWarning.SeriesCode);
        if (entry is { ForgetRemovedBefore: { } before, Links: [{ Id: var whole }] })
            transaction.Connection!.Execute(old, new { linkId = whole, before, held, unreadable, series }, transaction);
        foreach (var linkId in entry.Keep.Concat(entry.Remove).Select(e => e.LinkId).Distinct())
            transaction.Connection!.Execute(sql, new { linkId, held, unreadable, series }, transaction);
        return true;
    }

    public static bool Remember(IdempotencyRecord? record, SqliteTransaction transaction)
    {
        const string sql = """
            insert into idempotency_records (idempotency_key, request_mark, resource_id, happened_at)
            values (@Key, @RequestMark, @ResourceId, @At)
            on conflict do nothing
            """;
        return record is null || transaction.Connection!.Execute(sql, record, transaction) == 1;
    }
}
