using CleanSync.Application.Appointments;
using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Infrastructure.Persistence.Bookings;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetAppointmentHandler(Database database, TimeProvider time) : IRequestHandler<GetAppointment, Result<AppointmentView>>
{
    public async Task<Result<AppointmentView>> Handle(GetAppointment query, CancellationToken ct)
    {
        const string sql = """
            select * from appointments where id = @Id;

            select staff_id from appointment_staff where appointment_id = @Id order by position;

            select e.link_id, l.staff_id, e.push_state, e.differs, e.became_series, e.push_failure_code, e.push_failure_reason, e.push_failure_server_code,
                e.push_tries, e.next_push_at, e.stand_in_zone
            from synced_events e join staff_calendar_links l on l.id = e.link_id
            where e.appointment_id = @Id and e.kind = 'Copy'
            order by l.staff_id, e.id;

            select l.* from staff_calendar_links l where l.id in (
                select o.id from appointment_staff s join staff_calendar_links o on o.staff_id = s.staff_id where s.appointment_id = @Id
                union
                select e.link_id from synced_events e where e.appointment_id = @Id and e.kind = 'Copy');

            select i.* from exchange_integrations i where i.id in (
                select l.integration_id from synced_events e join staff_calendar_links l on l.id = e.link_id
                where e.appointment_id = @Id and e.kind = 'Copy');

            select l.id as link_id, p.not_before as until, p.reason
            from synced_events e join staff_calendar_links l on l.id = e.link_id
            join exchange_pauses p on p.integration_id = l.integration_id and p.mailbox in ('', lower(l.mailbox_address))
            where e.appointment_id = @Id and e.kind = 'Copy';

            select l.staff_id, f.tries, f.next_try_at
            from clean_up_items f join staff_calendar_links l on l.id = f.link_id and l.deletion_asked_at is not null
            where f.appointment_id = @Id and f.item_id is not null
            order by l.staff_id, f.id;
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, query, transaction, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<AppointmentRow>() is not { } row) return new AppointmentNotFound(query.Id);
        var appointment = row.ToAppointment(await answers.ReadAsync<string>());
        var copies = (await answers.ReadAsync<CopyRow>()).ToList();
        var links = (await answers.ReadAsync<StaffCalendarLinkRow>()).Select(l => l.ToLink()).ToDictionary(l => l.Id);
        var integrations = (await answers.ReadAsync<ExchangeIntegrationRow>()).Select(i => i.ToIntegration()).ToDictionary(i => i.Id);
        var pauses = (await answers.ReadAsync<PauseRow>()).ToLookup(p => p.LinkId);
        var leaving = (await answers.ReadAsync<LeavingRow>()).ToList();
        var now = time.GetUtcNow();
        return View(
            appointment,
            [
                .. copies.Select(c => Receipt(c, links[c.LinkId])),
                .. leaving.Select(c => c.ToReceipt(now)),
                .. WithoutCopies(appointment, [.. copies.Select(c => c.StaffId), .. leaving.Select(c => c.StaffId)], links.Values),
            ]);

        CopyReceipt Receipt(CopyRow copy, StaffCalendarLink link) =>
            copy.ToReceipt(link, integrations[link.IntegrationId], LongestPause(pauses[link.Id])?.ToPause(), now);

        PauseRow? LongestPause(IEnumerable<PauseRow> ofLink) => ofLink.Where(p => TrafficPause.Holds(p.Until, now)).MaxBy(p => p.Until);
    }

    /// <summary>Who is booked and has no copy, with the reason.</summary>
    private static IEnumerable<CopyReceipt> WithoutCopies(
        Appointment appointment, HashSet<string> shown, IReadOnlyCollection<StaffCalendarLink> links) =>
        from staffId in appointment.StaffIds
        where appointment.IsBooked && !shown.Contains(staffId)
        let why = WaitingCopy.WithoutCopy(staffId, links.FirstOrDefault(l => l.StaffId == staffId))
        select new CopyReceipt(staffId, CopyState.NotLinked, [], null, null, Tries: 0, NextTryAt: null, why);

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

    /// <summary>A copy that leaves Outlook before its staff member's link goes.</summary>
    private sealed record LeavingRow
    {
        private const string LinkIsGoing = "The staff member's link is being deleted; the copy leaves Outlook first.";

        public string StaffId { get; init; } = "";
        public int Tries { get; init; }
        public DateTimeOffset? NextTryAt { get; init; }

        public CopyReceipt ToReceipt(DateTimeOffset now) => new(
            StaffId,
            CopyState.Withdrawing,
            [],
            null,
            LinkIsGoing,
            Tries,
            NextTryAt > now ? NextTryAt : null,
            new CopyWait(new LinkIsBeingDeleted(StaffId).Code, LinkIsGoing));
    }

    private sealed record PauseRow
    {
        public Guid LinkId { get; init; }
        public DateTimeOffset Until { get; init; }
        public string Reason { get; init; } = "";

        public CopyPause ToPause() => new(Until, Reason);
    }

    private sealed record CopyRow
    {
        public Guid LinkId { get; init; }
        public string StaffId { get; init; } = "";
        public string PushState { get; init; } = "";
        public string? PushFailureCode { get; init; }
        public string? PushFailureReason { get; init; }
        public string? PushFailureServerCode { get; init; }
        public int PushTries { get; init; }
        public DateTimeOffset? NextPushAt { get; init; }
        public int Differs { get; init; }
        public bool BecameSeries { get; init; }
        public string? StandInZone { get; init; }

        public CopyReceipt ToReceipt(StaffCalendarLink link, ExchangeIntegration integration, CopyPause? pause, DateTimeOffset now)
        {
            var state = CopyStates.Of(Enum.Parse<PushState>(PushState), (CopyDifferences)Differs, BecameSeries);
            string[] differs = state is CopyState.Diverged ? [.. Fields()] : [];
            var failure = PushFailureCode is { } code ? new Reason(code, PushFailureReason ?? code, PushFailureServerCode) : null;
            var receipt = new CopyReceipt(
                StaffId, state, differs, failure?.MostExactCode, PushFailureReason, PushTries, NextTryAt: null, StandInZone: StandInZone);
            if (state is not (CopyState.Queued or CopyState.Failed or CopyState.Withdrawing)) return receipt;
            var (why, until) = new WaitingCopy(state, NextPushAt, failure, link, integration, pause).At(now);
            return receipt with { NextTryAt = until, WaitsFor = why };
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
