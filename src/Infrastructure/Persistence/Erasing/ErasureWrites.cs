using CleanSync.Application.Syncing.Storing;

namespace CleanSync.Infrastructure.Persistence.Erasing;

/// <summary>The store's statements on erasures: what goes beside the appointment, and what the report says of it.</summary>
internal static class ErasureWrites
{
    public static async Task<bool> Erase(ErasedAppointment? erased, DatabaseTransaction transaction)
    {
        const string undo = "delete from removed_events where appointment_id = @AppointmentId";
        // What a copy became a series of is mirrored as events of Exchange, with the copy's title and location.
        const string occurrences = """
            update synced_events set title = null, location = null, version = version + 1
            where kind = 'External' and (title is not null or location is not null) and (link_id, uid) in (
                select c.link_id, c.uid from synced_events c
                where c.appointment_id = @AppointmentId and c.kind = 'Copy' and c.became_series = true and c.uid is not null);

            update removed_events set title = null, location = null
            where appointment_id is null and (title is not null or location is not null) and (link_id, uid) in (
                select c.link_id, c.uid from synced_events c
                where c.appointment_id = @AppointmentId and c.kind = 'Copy' and c.became_series = true and c.uid is not null);
            """;
        const string mark = "update idempotency_records set request_mark = '' where resource_id = @AppointmentId and request_mark <> ''";
        // Items that are to be rewritten, and those that stay: left behind by a disconnection, or given up.
        const string items = """
            insert into erasure_items (erasure_id, id, appointment_id, staff_id, starts_at, state)
            select @ErasureId, e.id, e.appointment_id, l.staff_id, a.starts_at, 'Waiting'
            from synced_events e join staff_calendar_links l on l.id = e.link_id join appointments a on a.id = e.appointment_id
            where e.appointment_id = @AppointmentId and e.kind = 'Copy' and e.push_state = 'Queued'
            on conflict do nothing;

            insert into erasure_items (erasure_id, id, appointment_id, staff_id, starts_at, state, code)
            select @ErasureId, b.id, b.appointment_id, d.staff_id, b.starts_at, 'Left', b.code
            from leftovers b left join disconnected_staff d on d.integration_id = b.integration_id and d.link_id = b.link_id
            where b.appointment_id = @AppointmentId
            on conflict do nothing;
            """;
        const string givenUp = """
            insert into erasure_items (erasure_id, id, appointment_id, staff_id, starts_at, state, code)
            select @ErasureId, f.id, f.appointment_id, l.staff_id, f.starts_at, 'Left', 'not-cleaned-up'
            from clean_up_items f join staff_calendar_links l on l.id = f.link_id
            where f.appointment_id = @AppointmentId and (f.item_id is not null or f.attempt is not null)
            on conflict do nothing;

            insert into erasure_items (erasure_id, id, appointment_id, staff_id, starts_at, state, code)
            select @ErasureId, e.id, e.appointment_id, l.staff_id, e.starts_at, 'Left', 'not-cleaned-up'
            from synced_events e join staff_calendar_links l on l.id = e.link_id
            where e.appointment_id = @AppointmentId and e.kind = 'Copy' and e.push_state <> 'Queued'
                and (e.push_state <> 'Gone' or e.removal_staged = true)
            on conflict do nothing;
            """;
        const string done = """
            update erasure_appointments set
                state = 'Erased', waits_for = null, undo_entries = undo_entries + @entries, idempotency_marks = idempotency_marks + @marks
            where erasure_id = @ErasureId and appointment_id = @AppointmentId
            """;
        if (erased is null) return true;
        var entries = await transaction.Execute(undo, erased);
        var marks = await transaction.Execute(mark, erased);
        await transaction.Execute(occurrences, erased);
        await transaction.Execute(items, erased);
        if (erased.GivenUp) await transaction.Execute(givenUp, erased);
        return await transaction.Execute(done, new { erased.ErasureId, erased.AppointmentId, entries, marks }) == 1;
    }

    public static async Task<bool> Count(ErasedCalendar? calendar, DatabaseTransaction transaction)
    {
        const string sql = """
            update erasures set exchange_events = exchange_events + @ExchangeEvents, items = items + @Items
            where id = @ErasureId
            """;
        return calendar is null || await transaction.Execute(sql, calendar) == 1;
    }
}
