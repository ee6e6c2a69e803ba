using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

internal sealed class GetManualSyncingHandler(Database database) : IRequestHandler<GetManualSyncing, Result<ManualSyncingView>>
{
    public async Task<Result<ManualSyncingView>> Handle(GetManualSyncing query, CancellationToken ct)
    {
        const string sql = """
            select i.manual_syncing,
                (select count(*) from staff_calendar_links l where l.integration_id = i.id and l.account_group in (0, 1, 2)) as switched_on,
                (select count(*) from staff_calendar_links l where l.integration_id = i.id and l.account_group = 3) as switched_off
            from exchange_integrations i where i.id = @IntegrationId
            """;
        await using var connection = await database.Read(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, query, cancellationToken: ct));
        return row is null
            ? new IntegrationNotFound(query.IntegrationId)
            : ManualSyncingView.Of(row.ManualSyncing, row.SwitchedOn, row.SwitchedOff);
    }

    private sealed record Row
    {
        public bool ManualSyncing { get; init; }
        public int SwitchedOn { get; init; }
        public int SwitchedOff { get; init; }
    }
}
