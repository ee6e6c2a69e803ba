using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>What Exchange asked for and granted, as every node sees it: pauses, the calls it stands at once, and when the credential last worked.</summary>
internal sealed class TrafficRecords(Database database)
{
    /// <summary>A mailbox of no name stands for the whole integration.</summary>
    public const string Whole = "";

    /// <summary>Null when there is no such integration.</summary>
    public async Task<TrafficRow?> Find(Guid integrationId, string mailbox, CancellationToken ct)
    {
        const string sql = """
            select i.status, i.credential_version, t.proven_version, t.proven_at, t.refused_version, t.refused_at, t.granted_calls, t.granted_at,
                a.not_before as whole_until, a.reason as whole_reason, a.strikes as whole_strikes,
                m.not_before as mailbox_until, m.reason as mailbox_reason, m.strikes as mailbox_strikes
            from exchange_integrations i
            left join exchange_traffic t on t.integration_id = i.id
            left join exchange_pauses a on a.integration_id = i.id and a.mailbox = ''
            left join exchange_pauses m on m.integration_id = i.id and m.mailbox = @mailbox
            where i.id = @integrationId
            """;
        using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<TrafficRow>(new CommandDefinition(sql, new { integrationId, mailbox }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<TrafficPause>> Pauses(Guid integrationId, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select mailbox, not_before as until, reason from exchange_pauses
            where integration_id = @integrationId and not_before > @now order by not_before, mailbox
            """;
        using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<TrafficPause>(new CommandDefinition(sql, new { integrationId, now }, cancellationToken: ct))];
    }

    /// <summary>A pause never gets shorter by another one.</summary>
    public Task Pause(Guid integrationId, string mailbox, DateTimeOffset until, string reason, int strikes, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_pauses (integration_id, mailbox, not_before, strikes, reason) values (@integrationId, @mailbox, @until, @strikes, @reason)
            on conflict (integration_id, mailbox) do update set
                not_before = case when excluded.not_before > exchange_pauses.not_before then excluded.not_before else exchange_pauses.not_before end,
                strikes = excluded.strikes, reason = excluded.reason
            """;
        return Note(sql, new { integrationId, mailbox, until, reason, strikes }, ct);
    }

    /// <summary>A call went well again: the next pause without a named time begins anew.</summary>
    public Task Forget(Guid integrationId, string mailbox, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = "delete from exchange_pauses where integration_id = @integrationId and mailbox in ('', @mailbox) and not_before <= @now";
        return Note(sql, new { integrationId, mailbox, now }, ct);
    }

    public Task Proven(Guid integrationId, int version, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_traffic (integration_id, proven_version, proven_at) values (@integrationId, @version, @now)
            on conflict (integration_id) do update set proven_version = excluded.proven_version, proven_at = excluded.proven_at
            """;
        return Note(sql, new { integrationId, version, now }, ct);
    }

    public Task Refused(Guid integrationId, int version, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_traffic (integration_id, refused_version, refused_at) values (@integrationId, @version, @now)
            on conflict (integration_id) do update set refused_version = excluded.refused_version, refused_at = excluded.refused_at
            """;
        return database.Write(transaction => transaction.Connection!.Execute(sql, new { integrationId, version, now }, transaction) >= 0, ct);
    }

    public Task Grant(Guid integrationId, int calls, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_traffic (integration_id, granted_calls, granted_at) values (@integrationId, @calls, @now)
            on conflict (integration_id) do update set granted_calls = excluded.granted_calls, granted_at = excluded.granted_at
            """;
        return Note(sql, new { integrationId, calls, now }, ct);
    }

    /// <summary>This node keeps it in memory too, and a call that went well stays well while the database takes no writes.</summary>
    private Task<bool> Note(string sql, object arguments, CancellationToken ct) =>
        database.Note(transaction => transaction.Connection!.Execute(sql, arguments, transaction), ct);
}

internal sealed record TrafficRow
{
    public string Status { get; init; } = "";
    public int CredentialVersion { get; init; }
    public int? ProvenVersion { get; init; }
    public DateTimeOffset? ProvenAt { get; init; }
    public int? RefusedVersion { get; init; }
    public DateTimeOffset? RefusedAt { get; init; }
    public int? GrantedCalls { get; init; }
    public DateTimeOffset? GrantedAt { get; init; }
    public DateTimeOffset? WholeUntil { get; init; }
    public string? WholeReason { get; init; }
    public int? WholeStrikes { get; init; }
    public DateTimeOffset? MailboxUntil { get; init; }
    public string? MailboxReason { get; init; }
    public int? MailboxStrikes { get; init; }

    /// <summary>An admin paused the integration, or has it disconnected: what was begun before stops.</summary>
    public bool IsStill => Status is nameof(IntegrationStatus.Paused) or nameof(IntegrationStatus.Disconnecting);

    public bool IsRefused => Status == nameof(IntegrationStatus.CredentialRefused);
}
