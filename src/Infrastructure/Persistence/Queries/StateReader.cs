using CleanSync.Application.Traffic;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>
/// How things stand, for the gauges: counts over the whole database, so it is asked seldom. Calendars of integrations that an admin has
/// stopped are not behind.
/// </summary>
internal sealed class StateReader(Database database)
{
    public async Task<StoredState> Read(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select id, status from integration_states;

            select account_group, count(*) as count from staff_calendar_links group by account_group;

            select l.id, l.integration_id, l.last_synced_at, l.next_sync_at from staff_calendar_links l
            join exchange_integrations i on i.id = l.integration_id
            where l.enabled = true and l.deletion_asked_at is null and i.life_cycle = 'Active';

            select e.push_state, count(*) as count, min(case when i.life_cycle = 'Active' then e.next_push_at end) as first_at
            from synced_events e join staff_calendar_links l on l.id = e.link_id join exchange_integrations i on i.id = l.integration_id
            where e.next_push_at is not null and e.push_state in ('Queued', 'Failed', 'Withdrawing') group by e.push_state;

            select count(*) from synced_events where removal_hold is not null and removal_hold = 'Held';

            select integration_id, mailbox, not_before from exchange_pauses
            where not_before > @now and not_before <= @latest and trial <> 2;

            select count(*) from logon_rescues where outcome is null;
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        using var answers = await snapshot.Connection.QueryMultipleAsync(
            new CommandDefinition(sql, new { now, latest = now + TrafficPause.Longest }, snapshot.Transaction, cancellationToken: ct));
        return new StoredState(
            [.. await answers.ReadAsync<StoredIntegration>()],
            (await answers.ReadAsync<GroupRow>()).ToDictionary(g => (AccountState)g.AccountGroup, g => g.Count),
            [.. await answers.ReadAsync<StoredLink>()],
            [.. await answers.ReadAsync<StoredPushes>()],
            await answers.ReadSingleAsync<int>(),
            [.. await answers.ReadAsync<PauseInForce>()],
            await answers.ReadSingleAsync<int>());
    }

    private sealed record GroupRow
    {
        public int AccountGroup { get; init; }
        public int Count { get; init; }
    }
}

/// <param name="Links">Those that sync by themselves.</param>
/// <param name="Pushes">By their state; when the first is due counts only where an admin has not stopped the integration.</param>
/// <param name="LogonsInDoubt">Integrations whose password was refused a moment ago, although it had worked.</param>
internal sealed record StoredState(
    IReadOnlyList<StoredIntegration> Integrations,
    IReadOnlyDictionary<AccountState, int> Accounts,
    IReadOnlyList<StoredLink> Links,
    IReadOnlyList<StoredPushes> Pushes,
    int HeldDeletions,
    IReadOnlyList<PauseInForce> Pauses,
    int LogonsInDoubt);

internal sealed record StoredIntegration
{
    public Guid Id { get; init; }
    public string Status { get; init; } = "";
}

internal sealed record StoredLink
{
    public Guid Id { get; init; }
    public Guid IntegrationId { get; init; }
    public DateTimeOffset? LastSyncedAt { get; init; }
    public DateTimeOffset? NextSyncAt { get; init; }
}

internal sealed record StoredPushes
{
    public string PushState { get; init; } = "";
    public int Count { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
}

internal sealed record PauseInForce
{
    public Guid IntegrationId { get; init; }
    public string Mailbox { get; init; } = "";
    public DateTimeOffset NotBefore { get; init; }
}
