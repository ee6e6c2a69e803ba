using CleanSync.Application;
using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.Syncing;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListRemovalsOfIntegrationHandler(Database database, ICautiousClock cautious)
    : IRequestHandler<ListRemovalsOfIntegration, Result<IReadOnlyList<StaffRemoval>>>
{
    public async Task<Result<IReadOnlyList<StaffRemoval>>> Handle(ListRemovalsOfIntegration query, CancellationToken ct)
    {
        const string known = "select id from exchange_integrations where id = @IntegrationId;\n";
        const string sql = known + RemovalRow.Select + " and l.integration_id = @IntegrationId" + RemovalRow.Latest;
        var now = cautious.Earliest();
        var arguments = new { query.IntegrationId, now, oldest = now - RemovedEvent.KeptFor, RemovalRow.Most };
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, arguments, transaction, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new IntegrationNotFound(query.IntegrationId);
        return (await answers.ReadAsync<RemovalRow>()).Select(r => new StaffRemoval(r.StaffId, r.StaffName, r.ToView())).ToList();
    }
}
