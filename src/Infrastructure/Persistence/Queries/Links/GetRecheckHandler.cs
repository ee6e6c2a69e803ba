using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

internal sealed class GetRecheckHandler(Database database) : IRequestHandler<GetRecheck, Result<RecheckView>>
{
    public async Task<Result<RecheckView>> Handle(GetRecheck query, CancellationToken ct)
    {
        const string runSql = """
            select i.status, i.status_reason, r.scope, r.asked_at, coalesce(r.links, 0) as links
            from integration_states i left join rechecks r on r.integration_id = i.id
            where i.id = @IntegrationId
            """;
        const string waitingSql = """
            select count(*) from staff_calendar_links
            where integration_id = @IntegrationId and recheck_asked_at is not null and recheck_asked_at = @AskedAt
            """;
        const string foundSql = """
            select account_group, count(*) as links from staff_calendar_links
            where integration_id = @IntegrationId and account_group in (0, 1, 2) and rechecked_at >= @AskedAt
            group by account_group
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        var run = await connection.QuerySingleOrDefaultAsync<RunRow>(
            new CommandDefinition(runSql, query, transaction, cancellationToken: ct));
        if (run is null) return new IntegrationNotFound(query.IntegrationId);
        if (run.AskedAt is null) return new RecheckView(null, null, 0, 0, 0, 0, 0, 0, null);

        var arguments = new { query.IntegrationId, run.AskedAt };
        var waiting = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition(waitingSql, arguments, transaction, cancellationToken: ct));
        var found =
            (await connection.QueryAsync<FoundRow>(new CommandDefinition(foundSql, arguments, transaction, cancellationToken: ct)))
                .ToDictionary(r => (AccountState)r.AccountGroup, r => r.Links);
        var status = Enum.Parse<IntegrationStatus>(run.Status);
        return new RecheckView(
            Enum.Parse<RecheckScope>(run.Scope!), run.AskedAt, run.Links, run.Links - waiting, waiting,
            found.GetValueOrDefault(AccountState.Syncing), found
                .GetValueOrDefault(AccountState.Warning), found
                .GetValueOrDefault(AccountState.Error),
            status is IntegrationStatus.Active || waiting == 0
                ? null
                : run.StatusReason ?? new IntegrationIsNotAuthorized(run.Status).Message);
    }

    private sealed record RunRow
    {
        public string Status { get; init; } = "";
        public string? StatusReason { get; init; }
        public string? Scope { get; init; }
        public DateTimeOffset? AskedAt { get; init; }
        public int Links { get; init; }
    }

    private sealed record FoundRow
    {
        public int AccountGroup { get; init; }
        public int Links { get; init; }
    }
}
