using CleanSync.Application.Support;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetSupportFactsHandler(Database database, IDatabaseStart start, TimeProvider time)
    : IRequestHandler<GetSupportFacts, SupportFacts>
{
    public async Task<SupportFacts> Handle(GetSupportFacts query, CancellationToken ct)
    {
        const string sql = """
            select id, life_cycle, credential, authentication, exchange_version, use_impersonation, horizon_months, trouble_problem as trouble
            from exchange_integrations order by id;

            select id, integration_id, enabled, health_state as state, health_problem as problem, health_exchange_code as exchange_code,
                last_failure_problem as last_failure, last_failure_at, failures, last_synced_at, next_sync_at, sync_cursor is not null as first_sync_done
            from staff_calendar_links order by id;

            select id, link_id, started_at, ended_at, changes, problem from sync_runs order by started_at desc, id desc limit 500;

            select staff_id as word from staff_calendar_links
            union select staff_name from staff_calendar_links
            union select mailbox_address from staff_calendar_links where mailbox_address is not null
            union select former_mailbox_address from staff_calendar_links where former_mailbox_address is not null
            union select display_name from exchange_integrations
            union select server_address from exchange_integrations
            union select user_name from exchange_integrations
            union select name from api_keys;
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        using var answers = await snapshot.Connection.QueryMultipleAsync(
            new CommandDefinition(sql, null, snapshot.Transaction, cancellationToken: ct));
        var facts = new SupportFacts(
            [.. await answers.ReadAsync<SupportIntegration>()],
            [.. await answers.ReadAsync<SupportLink>()],
            [.. await answers.ReadAsync<SupportRun>()],
            new Dictionary<string, double>(),
            [.. await answers.ReadAsync<string>(), .. start.Servers]);
        return facts with { Gauges = Of(await new StateReader(database).Read(time.GetUtcNow(), ct)) };
    }

    private static Dictionary<string, double> Of(StoredState state) => new()
    {
        ["integrations"] = state.Integrations.Count,
        ["linksThatSync"] = state.Links.Count,
        ["linksNeverRead"] = state.Links.Count(l => l.LastSyncedAt is null),
        ["pushesPending"] = state.Pushes.Sum(p => p.Count),
        ["pushesFailed"] = state.Pushes.Where(p => p.PushState == "Failed").Sum(p => p.Count),
        ["deletionsHeld"] = state.HeldDeletions,
        ["pausesInForce"] = state.Pauses.Count,
        ["logonsInDoubt"] = state.LogonsInDoubt,
    };
}
