using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetAppointmentHandler(Database database) : IRequestHandler<GetAppointment, Result<AppointmentView>>
{
    public async Task<Result<AppointmentView>> Handle(GetAppointment query, CancellationToken ct)
    {
        const string sql = """
            select * from appointments where id = @Id;

            select staff_id from appointment_staff where appointment_id = @Id order by position;

            select l.staff_id, e.push_state, e.differs, e.became_series, e.push_failure_code, e.push_failure_reason, e.push_tries, e.next_push_at
            from synced_events e join staff_calendar_links l on l.id = e.link_id
            where e.appointment_id = @Id and e.kind = 'Copy'
            order by l.staff_id, e.id;

            select l.staff_id, f.tries as push_tries, f.next_try_at as next_push_at, 'Withdrawing' as push_state
            from former_copies f join staff_calendar_links l on l.id = f.link_id and l.deletion_asked_at is not null
            where f.appointment_id = @Id and f.item_id is not null
            order by l.staff_id, f.id;
            """;
        using var connection = await database.Read(ct);
        using var transaction = connection.BeginTransaction(deferred: true);
        using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, transaction, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<AppointmentRow>() is not { } row) return new AppointmentNotFound(query.Id);
        var appointment = row.ToAppointment(await answers.ReadAsync<string>());
        var copies = (await answers.ReadAsync<CopyRow>()).Select(c => c.ToReceipt()).ToList();
        return View(appointment, [.. copies, .. (await answers.ReadAsync<CopyRow>()).Select(c => c.ToReceipt() with { Reason = LinkIsGoing })]);
    }

    private const string LinkIsGoing = "The staff member's link is being deleted; the copy leaves Outlook first.";

    private static AppointmentView View(Appointment a, IReadOnlyList<CopyReceipt> copies) => new(
        a.Id,
        a.Title,
        a.Times.Start,
        a.Times.End,
        a.Times.IsAllDay,
        a.Times.TimeZone,
        a.Location,
        a.Notes,
        a.Client is { } client ? new ClientView(client.Name, client.Phone, client.Email) : null,
        a.StaffIds,
        a.Status,
        a.Version,
        copies);

    private sealed record CopyRow
    {
        public string StaffId { get; init; } = "";
        public string PushState { get; init; } = "";
        public string? PushFailureCode { get; init; }
        public string? PushFailureReason { get; init; }
        public int PushTries { get; init; }
        public DateTimeOffset? NextPushAt { get; init; }
        public int Differs { get; init; }
        public bool BecameSeries { get; init; }

        public CopyReceipt ToReceipt()
        {
            var state = Enum.Parse<CopyState>(PushState);
            string[] differs = state is CopyState.Confirmed ? [.. Fields()] : [];
            return new CopyReceipt(StaffId, differs.Length > 0 ? CopyState.Diverged : state, differs, PushFailureCode, PushFailureReason, PushTries, NextPushAt);
        }

        private IEnumerable<string> Fields()
        {
            var differs = (CopyDifferences)Differs;
            if (differs.HasFlag(CopyDifferences.Title)) yield return "title";
            if (differs.HasFlag(CopyDifferences.Location)) yield return "location";
            if (BecameSeries) yield return "series";
        }
    }
}
