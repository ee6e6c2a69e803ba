using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>
/// What Exchange asked for and granted, as every node sees it: pauses, the calls it stands at once, and when the credential last worked.
/// Of an integration that is gone nothing is written down.
/// </summary>
internal sealed class TrafficRecords(Database database)
{
    /// <summary>A mailbox of no name stands for the whole integration.</summary>
    public const string Whole = "";

    /// <summary>Null when there is no such integration.</summary>
    public async Task<TrafficRow?> Find(ServerConnection server, string mailbox, CancellationToken ct)
    {
        const string sql = """
            select i.status, i.status_reason, i.credential_version, t.proven_version, t.proven_at, t.refused_version, t.refused_at, t.granted_calls, t.granted_at, t.lifts,
                a.not_before as whole_until, a.reason as whole_reason, a.strikes as whole_strikes, a.trial as whole_trial,
                m.not_before as mailbox_until, m.reason as mailbox_reason, m.strikes as mailbox_strikes, m.trial as mailbox_trial,
                r.refusals as account_refusals, r.refused_at as account_refused_at,
                q.id as rescue_id, q.not_before as rescue_not_before, q.under_way as rescue_under_way
            from integration_states i
            left join exchange_traffic t on t.integration_id = i.id
            left join exchange_pauses a on a.integration_id = i.id and a.mailbox = ''
            left join exchange_pauses m on m.integration_id = i.id and m.mailbox = @mailbox
            left join (
                select account_name, sum(refusals) as refusals, max(refused_at) as refused_at from refused_logons group by account_name
            ) r on r.account_name = @accountName
            left join logon_rescues q on q.integration_id = i.id and q.credential_version = i.credential_version and q.outcome is null
            where i.id = @integrationId
            """;
        await using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<TrafficRow>(
            new CommandDefinition(
                sql, new { integrationId = server.IntegrationId, mailbox, accountName = server.CountedAs }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<TrafficPause>> Pauses(Guid integrationId, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select mailbox, not_before as until, reason, asked_at from exchange_pauses
            where integration_id = @integrationId and not_before > @now and not_before <= @latest and trial <> 2 order by not_before, mailbox
            """;
        await using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<TrafficPause>(new CommandDefinition(sql,
            new { integrationId, now, latest = now + TrafficPause.Longest }, cancellationToken: ct))];
    }

    /// <summary>A pause never gets shorter by another one, but for one that no clock can have meant.</summary>
    /// <param name="trial">When it ends, one call goes alone.</param>
    public Task Pause(
        Guid integrationId,
        string mailbox,
        DateTimeOffset now,
        DateTimeOffset until,
        string reason,
        int strikes,
        bool trial,
        CancellationToken ct)
    {
        const string sql = """
            insert into exchange_pauses (integration_id, mailbox, asked_at, not_before, strikes, reason, trial)
            select id, @mailbox, @now, @until, @strikes, @reason, @trial from exchange_integrations where id = @integrationId
            on conflict (integration_id, mailbox) do update set
                not_before = case when exchange_pauses.not_before > excluded.not_before and exchange_pauses.not_before <= @latest
                    then exchange_pauses.not_before else excluded.not_before end,
                asked_at = excluded.asked_at, strikes = excluded.strikes, reason = excluded.reason,
                trial = case when exchange_pauses.trial > 0 then 1 else excluded.trial end
            """;
        return Note(
            sql,
            new { integrationId, mailbox, now, until, latest = now + TrafficPause.Longest, reason, strikes, trial = trial ? 1 : 0 },
            ct);
    }

    /// <summary>Takes the right to make the one call that goes alone. False when somebody else has it, or has had it.</summary>
    public Task<bool> BeginTrial(
        Guid integrationId,
        string mailbox,
        DateTimeOffset seen,
        DateTimeOffset deadline,
        CancellationToken ct)
    {
        const string sql = """
            update exchange_pauses set not_before = @deadline, trial = 2
            where integration_id = @integrationId and mailbox = @mailbox and not_before = @seen
            """;
        return database.Write(
            async transaction => await transaction.Execute(sql, new { integrationId, mailbox, seen, deadline }) == 1, ct);
    }

    /// <summary>The call that went alone went well: the others follow.</summary>
    public Task TrialSucceeded(Guid integrationId, string mailbox, DateTimeOffset deadline, CancellationToken ct)
    {
        const string sql =
            "delete from exchange_pauses where integration_id = @integrationId and mailbox = @mailbox and not_before = @deadline and trial = 2";
        return Note(sql, new { integrationId, mailbox, deadline }, ct);
    }

    /// <summary>It did not: from that time on another one may go, alone again.</summary>
    public Task TrialFailed(
        Guid integrationId,
        string mailbox,
        DateTimeOffset deadline,
        DateTimeOffset until,
        int strikes,
        CancellationToken ct)
    {
        const string sql = """
            update exchange_pauses set not_before = @until, strikes = @strikes, trial = 1
            where integration_id = @integrationId and mailbox = @mailbox and not_before = @deadline and trial = 2
            """;
        return Note(sql, new { integrationId, mailbox, deadline, until, strikes }, ct);
    }

    /// <summary>
    /// Every pause of the integration ends, and what waited for one is due. Links and events get a new version: whoever works on them plans
    /// anew.
    /// </summary>
    public Task Lift(Guid integrationId, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            update staff_calendar_links set next_sync_at = @now, version = version + 1
            where integration_id = @integrationId and enabled = true and next_sync_at > @now and exists (
                select 1 from exchange_pauses p
                where p.integration_id = @integrationId and p.mailbox in ('', lower(staff_calendar_links.mailbox_address)) and p.not_before > @now);

            update synced_events set next_push_at = @now, version = version + 1
            where next_push_at > @now and link_id in (
                select l.id from staff_calendar_links l
                join exchange_pauses p on p.integration_id = l.integration_id and p.mailbox in ('', lower(l.mailbox_address)) and p.not_before > @now
                where l.integration_id = @integrationId);

            update exchange_pauses set not_before = @now, trial = 1 where integration_id = @integrationId and not_before > @now and trial <> 2;

            insert into exchange_traffic (integration_id, lifts)
            select id, 1 from exchange_integrations where id = @integrationId
            on conflict (integration_id) do update set lifts = exchange_traffic.lifts + 1;
            """;
        return database.Write(async transaction => await transaction.Execute(sql, new { integrationId, now }) >= 0, ct);
    }

    /// <summary>A call went well again: the next pause without a named time begins anew.</summary>
    public Task Forget(Guid integrationId, string mailbox, DateTimeOffset now, CancellationToken ct)
    {
        const string sql =
            "delete from exchange_pauses where integration_id = @integrationId and mailbox in ('', @mailbox) and not_before <= @now and trial = 0";
        return Note(sql, new { integrationId, mailbox, now }, ct);
    }

    public Task Proven(Guid integrationId, int version, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_traffic (integration_id, proven_version, proven_at)
            select id, @version, @now from exchange_integrations where id = @integrationId
            on conflict (integration_id) do update set proven_version = excluded.proven_version, proven_at = excluded.proven_at
            """;
        return Note(sql, new { integrationId, version, now }, ct);
    }

    public Task Refused(Guid integrationId, int version, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_traffic (integration_id, refused_version, refused_at)
            select id, @version, @now from exchange_integrations where id = @integrationId
            on conflict (integration_id) do update set refused_version = excluded.refused_version, refused_at = excluded.refused_at
            """;
        return database.Write(
            async transaction => await transaction.Execute(sql, new { integrationId, version, now }) >= 0, ct);
    }

    public Task Grant(Guid integrationId, int calls, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into exchange_traffic (integration_id, granted_calls, granted_at)
            select id, @calls, @now from exchange_integrations where id = @integrationId
            on conflict (integration_id) do update set granted_calls = excluded.granted_calls, granted_at = excluded.granted_at
            """;
        return Note(sql, new { integrationId, calls, now }, ct);
    }

    /// <summary>This node keeps it in memory too, and a call that went well stays well while the database takes no writes.</summary>
    private Task<bool> Note(string sql, object arguments, CancellationToken ct) =>
        database.Note(async transaction => await transaction.Execute(sql, arguments), ct);
}

internal sealed record TrafficRow
{
    public string Status { get; init; } = "";
    public string? StatusReason { get; init; }
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
    public int? WholeTrial { get; init; }
    public DateTimeOffset? MailboxUntil { get; init; }
    public string? MailboxReason { get; init; }
    public int? MailboxStrikes { get; init; }
    public int? AccountRefusals { get; init; }
    public DateTimeOffset? AccountRefusedAt { get; init; }
    public int? MailboxTrial { get; init; }
    public int? Lifts { get; init; }
    public Guid? RescueId { get; init; }
    public DateTimeOffset? RescueNotBefore { get; init; }
    public bool? RescueUnderWay { get; init; }

    /// <summary>An admin paused the integration, or has it disconnected: what was begun before stops.</summary>
    public Error? Stopped => Status switch
    {
        nameof(IntegrationStatus.Paused) => new IntegrationIsPaused(StatusReason ?? ""),
        nameof(IntegrationStatus.Disconnecting) => new IntegrationIsBeingDisconnected(),
        _ => null,
    };

    public bool IsRefused => Status == nameof(IntegrationStatus.CredentialRefused);

    /// <summary>The credential is in doubt; null when it is not, or when the stored one is another.</summary>
    public PendingRescue? Rescue(int version) =>
        version == CredentialVersion && RescueId is { } id ? new PendingRescue(id, RescueNotBefore!.Value, RescueUnderWay == true) : null;

    /// <summary>The pauses that concern a call for this mailbox, whether they are over or not.</summary>
    public IEnumerable<StoredPause> Pauses(string mailbox)
    {
        if (WholeUntil is { } whole)
            yield return new StoredPause(TrafficRecords.Whole, whole, WholeReason!, WholeStrikes ?? 0, WholeTrial ?? 0);
        if (mailbox.Length > 0 && MailboxUntil is { } until)
            yield return new StoredPause(mailbox, until, MailboxReason!, MailboxStrikes ?? 0, MailboxTrial ?? 0);
    }
}

/// <summary>A pause as it is stored.</summary>
/// <param name="Trial">1: one call is to go alone when it ends; 2: that call is under way, until its deadline.</param>
internal sealed record StoredPause(
    string Mailbox,
    DateTimeOffset Until,
    string Reason,
    int Strikes,
    int Trial)
{
    public bool TrialIsUnderWay(DateTimeOffset now) => Trial == 2 && TrafficPause.Holds(Until, now);

    /// <summary>
    /// One that ends later than any pause can was written by another clock, or before there was a limit: it is over, and what follows goes
    /// carefully.
    /// </summary>
    public bool WantsTrial(DateTimeOffset now) => !TrafficPause.Holds(Until, now) && (Trial > 0 || Until > now);
}
