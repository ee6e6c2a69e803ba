using CleanSync.Application;
using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.Syncing;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListRemovalsOfIntegrationHandler(Database database, IMediator mediator, ICautiousClock cautious)
    : IRequestHandler<ListRemovalsOfIntegration, Result<IReadOnlyList<StaffRemoval>>>
{
    private const int Most = 200;

    public async Task<Result<IReadOnlyList<StaffRemoval>>> Handle(ListRemovalsOfIntegration query, CancellationToken ct)
    {
        const string sql = """
            select id from exchange_integrations where id = @IntegrationId;

            select l.staff_id, l.staff_name from removed_events r join staff_calendar_links l on l.id = r.link_id
            where l.integration_id = @IntegrationId and r.removed_at > @oldest
            group by l.staff_id, l.staff_name order by max(r.removed_at) desc limit @most;
            """;
        IReadOnlyList<Member> members;
        using (var connection = await database.Read(ct))
        {
            var arguments = new { query.IntegrationId, oldest = cautious.Earliest() - RemovedEvent.KeptFor, most = Most };
            using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, arguments, cancellationToken: ct));
            if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new IntegrationNotFound(query.IntegrationId);
            members = [.. await answers.ReadAsync<Member>()];
        }

        var removals = new List<StaffRemoval>();
        foreach (var member in members)
        {
            var list = await mediator.Send(new ListRemovals(member.StaffId), ct);
            if (!list.IsRefused) removals.AddRange(list.Value.Removals.Select(r => new StaffRemoval(member.StaffId, member.StaffName, r)));
        }

        return removals.OrderByDescending(r => r.Removal.RemovedAt).Take(Most).ToList();
    }

    private sealed record Member
    {
        public string StaffId { get; init; } = "";
        public string StaffName { get; init; } = "";
    }
}
