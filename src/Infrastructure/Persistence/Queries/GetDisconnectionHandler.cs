using System.Data.Common;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetDisconnectionHandler(Database database) : IRequestHandler<GetDisconnection, Result<DisconnectionView>>
{
    public async Task<Result<DisconnectionView>> Handle(GetDisconnection query, CancellationToken ct)
    {
        const string sql = """
            select i.display_name, i.status, i.disconnecting_since from integration_states i where i.id = @Id;

            select display_name, asked_at, finished_at, exists (select 1 from pending_purges p where p.integration_id = @Id) as is_purging
            from disconnections where integration_id = @Id;

            select mailbox_address, appointment_id, starts_at, code, reason from leftovers
            where integration_id = @Id order by mailbox_address, starts_at nulls first, id limit 1000;
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        Integration? integration;
        Report? report;
        IReadOnlyList<Left> left;
        var asked = new CommandDefinition(sql, query, transaction, cancellationToken: ct);
        await using (var answers = await connection.QueryMultipleAsync(asked))
        {
            integration = await answers.ReadSingleOrDefaultAsync<Integration>();
            report = await answers.ReadSingleOrDefaultAsync<Report>();
            left = [.. await answers.ReadAsync<Left>()];
        }

        var isAsked = integration is null ? report is not null : integration.DisconnectingSince is not null;
        if (!isAsked && (integration is null || !query.OrWouldBe))
        {
            if (integration is null && query.OrWouldBe) return new IntegrationNotFound(query.Id);
            return new DisconnectionNotFound(query.Id);
        }

        var staff = await Staff(query.Id, transaction, ct);
        return View(query.Id, integration, isAsked ? report : null, staff, left);
    }

    /// <summary>What was counted when each calendar was taken, and what is counted now of those that were not yet.</summary>
    private static async Task<IReadOnlyList<StaffDisconnection>> Staff(Guid id, DbTransaction transaction, CancellationToken ct)
    {
        const string sql = """
            with members as (
                select link_id, staff_id, staff_name, mailbox_address from disconnected_staff where integration_id = @id
                union
                select l.id, l.staff_id, l.staff_name, l.mailbox_address from staff_calendar_links l
                where l.integration_id = @id and l.id not in (select link_id from disconnected_staff where integration_id = @id)
                union
                select l.id, l.staff_id, l.staff_name, l.mailbox_address from clean_up_items f
                join staff_calendar_links l on l.id = f.link_id
                where f.integration_id = @id and l.integration_id <> @id and l.id not in (select link_id from disconnected_staff where integration_id = @id))
            select m.staff_id, m.staff_name, m.mailbox_address,
                coalesce((select d.exchange_events from disconnected_staff d where d.integration_id = @id and d.link_id = m.link_id), 0)
                    + (select count(*) from synced_events e join staff_calendar_links l on l.id = e.link_id
                       where e.link_id = m.link_id and l.integration_id = @id and e.kind = 'External') as exchange_events,
                coalesce((select d.items from disconnected_staff d where d.integration_id = @id and d.link_id = m.link_id), 0) as taken,
                (select count(*) from synced_events e join staff_calendar_links l on l.id = e.link_id
                 where e.link_id = m.link_id and l.integration_id = @id and e.kind in ('Copy', 'Stray') and e.push_state <> 'Gone' and e.item_id is not null)
                    + (select count(*) from clean_up_items f join staff_calendar_links l on l.id = f.link_id
                       where f.link_id = m.link_id and (f.integration_id = @id or l.integration_id = @id)
                           and (f.item_id is not null or f.attempt is not null)) as waiting,
                (select count(*) from leftovers b where b.integration_id = @id and b.link_id = m.link_id) as left_behind,
                (select l.health_reason from staff_calendar_links l where l.id = m.link_id and l.integration_id = @id) as reason
            from members m order by m.staff_name, m.staff_id
            """;
        var rows = await transaction.Connection!.QueryAsync<Member>(
            new CommandDefinition(sql, new { id }, transaction, cancellationToken: ct));
        return [.. rows.Select(r => r.ToStaff())];
    }

    private static DisconnectionView View(
        Guid id,
        Integration? integration,
        Report? report,
        IReadOnlyList<StaffDisconnection> staff,
        IReadOnlyList<Left> left)
    {
        var state = report is null ? DisconnectionState.AwaitsConfirmation
            : integration is null ? (report.IsPurging ? DisconnectionState.Removing : DisconnectionState.Finished)
            : integration.Status == nameof(IntegrationStatus.CredentialRefused) ? DisconnectionState.CredentialRefused
            : integration.Status == nameof(IntegrationStatus.PasswordUnreadable) ? DisconnectionState.PasswordUnreadable
            : DisconnectionState.Removing;
        var name = integration?.DisplayName ?? report!.DisplayName;
        var (events, items, removed, waiting) = (
            staff.Sum(s => s.ExchangeEvents), staff.Sum(s => s.Items), staff.Sum(s => s.Removed), staff.Sum(s => s.Waiting));
        return new DisconnectionView(
            id,
            name,
            state,
            Summary(state, name, events, items, removed, left.Count),
            report?.AskedAt,
            report?.FinishedAt,
            events,
            items,
            removed,
            waiting,
            staff,
            [.. left.Select(l => new LeftBehindView(l.MailboxAddress, l.AppointmentId, l.StartsAt, l.Code, l.Reason))]);
    }

    private static string Summary(
        DisconnectionState state,
        string name,
        int events,
        int items,
        int removed,
        int left) => state switch
        {
            DisconnectionState.AwaitsConfirmation =>
                $"Nothing was done. Disconnecting removes {events} Exchange events from the booking product and {items} items of appointments from Exchange; the appointments stay in the booking product. To do it, send displayName: {name}.",
            DisconnectionState.Removing => $"{removed} of {items} items are removed from Exchange, {left} stay.",
            DisconnectionState.CredentialRefused =>
                $"{removed} of {items} items are removed from Exchange; then Exchange refused the password. PUT the integration with a new password to go on, or POST …/disconnection/finish to leave the rest behind.",
            DisconnectionState.PasswordUnreadable =>
                $"{removed} of {items} items are removed from Exchange; then the stored password could not be opened. "
                + "Restore its key and start again, or PUT the integration with its password, to go on; or POST …/disconnection/finish to leave the rest behind.",
            _ => $"Disconnected: {removed} of {items} items were removed from Exchange, {left} stay and are listed. The credentials are deleted.",
        };

    private sealed record Integration
    {
        public string DisplayName { get; init; } = "";
        public string Status { get; init; } = "";
        public DateTimeOffset? DisconnectingSince { get; init; }
    }

    private sealed record Report
    {
        public string DisplayName { get; init; } = "";
        public DateTimeOffset AskedAt { get; init; }
        public DateTimeOffset? FinishedAt { get; init; }
        public bool IsPurging { get; init; }
    }

    private sealed record Left
    {
        public string MailboxAddress { get; init; } = "";
        public Guid? AppointmentId { get; init; }
        public DateTimeOffset? StartsAt { get; init; }
        public string Code { get; init; } = "";
        public string Reason { get; init; } = "";
    }

    private sealed record Member
    {
        public string StaffId { get; init; } = "";
        public string StaffName { get; init; } = "";
        public string? MailboxAddress { get; init; }
        public int ExchangeEvents { get; init; }
        public int Taken { get; init; }
        public int Waiting { get; init; }
        public int LeftBehind { get; init; }
        public string? Reason { get; init; }

        public StaffDisconnection ToStaff()
        {
            var items = Math.Max(Taken, Waiting + LeftBehind);
            return new StaffDisconnection(
                StaffId, StaffName, MailboxAddress, ExchangeEvents, items, items - Waiting - LeftBehind, Waiting, LeftBehind, Reason);
        }
    }
}
