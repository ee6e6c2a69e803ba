using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>The store's statements on notes: conflicts, warnings and their end, idempotency records.</summary>
internal static class NoteWrites
{
    public static async Task<bool> Record(IReadOnlyCollection<SyncConflict> conflicts, DatabaseTransaction transaction)
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
        return await transaction.AffectsEach(sql, [.. conflicts.Select(c => new
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
    public static async Task<bool> Remember(IReadOnlyCollection<Removal> removals, bool keepsHistory, DatabaseTransaction transaction)
    {
        const string insert = "insert into removals (link_id, unit, happened_at) values (@LinkId, @Unit, @At) on conflict do nothing";
        const string forget = "delete from removals where link_id = @LinkId and happened_at < @Oldest";
        foreach (var removal in removals.OrderBy(r => r.LinkId).ThenBy(r => r.Unit, StringComparer.Ordinal))
            await transaction.Execute(insert, removal);
        foreach (var latest in removals.Where(_ => !keepsHistory).DistinctBy(r => r.LinkId))
        {
            await transaction.Execute(forget, new { latest.LinkId, Oldest = latest.At - DeletionFuse.Memory });
        }
        return true;
    }

    /// <summary>A link keeps its latest 50.</summary>
    public static async Task<bool> Warn(IReadOnlyCollection<LinkWarning> warnings, bool keepsHistory, DatabaseTransaction transaction)
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
        var rows = warnings.Select(w =>
            new { w.Id, w.LinkId, w.At, w.Warning.Reason.Code, Reason = w.Warning.Reason.Text, w.Warning.EventId });
        if (!await transaction.AffectsEach(insert, [.. rows])) return false;
        foreach (var linkId in warnings.Where(_ => !keepsHistory).Select(w => w.LinkId).Distinct())
        {
            await transaction.Execute(forget, new { linkId });
        }
        return true;
    }

    /// <summary>
    /// A warning that says how things are ends when this entry mends it; one that says what was done is forgotten in time.
    /// </summary>
    public static async Task<bool> End(ChangeSet entry, DatabaseTransaction transaction)
    {
        const string sql = """
            delete from link_warnings where link_id = @linkId and (
                (code = @held and not exists (
                    select 1 from synced_events e where e.link_id = @linkId and e.removal_hold is not null and e.removal_hold = 'Held'))
                or (code = @unreadable and not exists (
                    select 1 from synced_events e where e.id = link_warnings.event_id
                        and (e.kind = 'Unreadable' or e.unreadable_code is not null)))
                or (code = @series and not exists (
                    select 1 from synced_events e where e.id = link_warnings.event_id and e.became_series = true)))
            """;
        const string old = """
            delete from link_warnings where link_id = @linkId and happened_at < @before and code not in (@held, @unreadable, @series)
            """;
        var (held, unreadable, series) = (SyncWarning.HeldCode, SyncWarning.UnreadableCode, SyncWarning.SeriesCode);
        if (entry is { ForgetRemovedBefore: { } before, Links: [{ Id: var whole }] })
            await transaction.Execute(old, new { linkId = whole, before, held, unreadable, series });
        foreach (var linkId in entry.Keep.Concat(entry.Remove).Select(e => e.LinkId).Distinct())
            await transaction.Execute(sql, new { linkId, held, unreadable, series });
        return true;
    }

    public static async Task<bool> Remember(IdempotencyRecord? record, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into idempotency_records (idempotency_key, request_mark, resource_id, happened_at)
            values (@Key, @RequestMark, @ResourceId, @At)
            on conflict do nothing
            """;
        return record is null || await transaction.Execute(sql, record) == 1;
    }
}
