using CleanSync.Domain.Appointments;

namespace CleanSync.Infrastructure.Persistence.Bookings;

/// <summary>The store's statements on appointments; their staff are written anew each time.</summary>
internal static class AppointmentWrites
{
    public static async Task<bool> Save(IReadOnlyCollection<Appointment> appointments, DatabaseTransaction transaction)
    {
        const string insert = """
            insert into appointments (
                id, title, starts_at, ends_at, time_zone, first_day, end_day, location, notes, client_name, client_phone, client_email, status, times_revision, version)
            values (
                @Id, @Title, @StartsAt, @EndsAt, @TimeZone, @FirstDay, @EndDay, @Location, @Notes, @ClientName, @ClientPhone, @ClientEmail, @Status, @TimesRevision, 1)
            on conflict do nothing
            """;
        const string update = """
            update appointments set
                title = @Title, starts_at = @StartsAt, ends_at = @EndsAt, time_zone = @TimeZone, first_day = @FirstDay, end_day = @EndDay,
                location = @Location, notes = @Notes, client_name = @ClientName, client_phone = @ClientPhone, client_email = @ClientEmail,
                status = @Status, erased_at = @ErasedAt, times_revision = @TimesRevision, version = version + 1
            where id = @Id and version = @Version
            """;
        var rows = appointments.OrderBy(a => a.Id).Select(AppointmentRow.Of).ToLookup(row => row.Version == 0);
        if (!await transaction.AffectsEach(insert, [.. rows[true]])) return false;
        if (!await transaction.AffectsEach(update, [.. rows[false]])) return false;
        await WriteStaff(appointments, transaction);
        return true;
    }

    /// <summary>
    /// With everything that refers to them but their copies; the idempotency key of each stays, so that its booking is not made again.
    /// </summary>
    public static async Task<bool> Forget(IReadOnlyCollection<Appointment> appointments, DatabaseTransaction transaction)
    {
        const string beside = """
            delete from appointment_staff where appointment_id = @Id;
            delete from sync_conflicts where appointment_id = @Id;
            delete from removed_events where appointment_id = @Id;
            update idempotency_records set request_mark = '' where resource_id = @Id;
            """;
        const string sql = "delete from appointments where id = @Id and version = @Version";
        if (appointments.Count == 0) return true;
        await transaction.Execute(beside, appointments.OrderBy(a => a.Id).Select(a => new { a.Id }));
        return await transaction.AffectsEach(sql, [.. appointments.OrderBy(a => a.Id).Select(a => new { a.Id, a.Version })]);
    }

    private static async Task WriteStaff(IReadOnlyCollection<Appointment> appointments, DatabaseTransaction transaction)
    {
        const string delete = "delete from appointment_staff where appointment_id = @Id";
        const string insert = """
            insert into appointment_staff (appointment_id, position, staff_id, starts_at, ends_at)
            values (@AppointmentId, @Position, @StaffId, @StartsAt, @EndsAt)
            """;
        await transaction.Execute(delete, appointments.Where(a => a.Version > 0).OrderBy(a => a.Id).Select(a => new { a.Id }));
        await transaction.Execute(insert, appointments.OrderBy(a => a.Id).SelectMany(AppointmentStaffRow.Of));
    }
}
