using CleanSync.Domain.Appointments;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Bookings;

internal sealed class AppointmentRepository(Database database) : IAppointmentRepository
{
    public async Task<Appointment?> Find(Guid id, CancellationToken ct) => (await Named([id], ct)).SingleOrDefault();

    public async Task<IReadOnlyList<Appointment>> Named(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        const string sql = "select * from appointments where id in @keys";
        const string staffSql = "select * from appointment_staff where appointment_id in @keys order by appointment_id, position";
        await using var snapshot = await database.ReadSnapshot(ct);
        var rows = await snapshot.QueryEach<AppointmentRow, Guid>(sql, ids, linkId: null, ct);
        var staff = await snapshot.QueryEach<AppointmentStaffRow, Guid>(staffSql, ids, linkId: null, ct);
        return Whole(rows, staff);
    }

    public Task<IReadOnlyList<Appointment>> UpcomingOf(string staffId, DateTimeOffset after, CancellationToken ct)
    {
        const string sql = """
            select a.* from appointment_staff s join appointments a on a.id = s.appointment_id
            where s.staff_id = @staffId and s.ends_at > @after and a.status = 'Booked'
            order by a.starts_at, a.id;
            select t.* from appointment_staff s join appointment_staff t on t.appointment_id = s.appointment_id
            where s.staff_id = @staffId and s.ends_at > @after
            order by t.appointment_id, t.position;
            """;
        return Appointments(sql, new { staffId, after }, ct);
    }

    public Task<IReadOnlyList<Appointment>> Ended(DateTimeOffset before, Appointment? behind, int max, CancellationToken ct)
    {
        const string sql = """
            select * from appointments
            where ends_at < @before and (ends_at > @end or (ends_at = @end and id > @id)) order by ends_at, id limit @max;
            select * from appointment_staff where appointment_id in (
                select id from appointments
                where ends_at < @before and (ends_at > @end or (ends_at = @end and id > @id)) order by ends_at, id limit @max)
            order by appointment_id, position;
            """;
        var (end, id) = (behind?.Times.End ?? DateTimeOffset.MinValue, behind?.Id ?? Guid.Empty);
        return Appointments(sql, new { before, end, id, max }, ct);
    }

    private async Task<IReadOnlyList<Appointment>> Appointments(string sql, object arguments, CancellationToken ct)
    {
        // One snapshot for both answers: an appointment must not be seen with another version's staff.
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, arguments, transaction, cancellationToken: ct));
        var rows = (await answers.ReadAsync<AppointmentRow>()).AsList();
        return Whole(rows, await answers.ReadAsync<AppointmentStaffRow>());
    }

    private static List<Appointment> Whole(List<AppointmentRow> rows, IEnumerable<AppointmentStaffRow> staff)
    {
        var staffIds = staff.ToLookup(s => s.AppointmentId, s => s.StaffId);
        return [.. rows.Select(row => row.ToAppointment(staffIds[row.Id]))];
    }
}
