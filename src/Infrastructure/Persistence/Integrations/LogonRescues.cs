using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>
/// Which credentials are in doubt: refused once, although they had worked a moment ago. One at a time for each integration, for every
/// node and over a restart.
/// </summary>
internal sealed class LogonRescues(Database database)
{
    /// <summary>So many within an hour; the next refusal is believed.</summary>
    public const int Most = 3;

    public static readonly TimeSpan Counted = TimeSpan.FromHours(1);

    /// <summary>How long an admin is warned of one that worked again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <param name="sentAt">When the call that was refused was sent.</param>
    public async Task<RescueAnswer> Begin(
        Guid integrationId,
        int version,
        DateTimeOffset sentAt,
        DateTimeOffset now,
        DateTimeOffset notBefore,
        CancellationToken ct)
    {
        const string alone = "select 1 from exchange_integrations where id = @integrationId";
        const string current = "select credential, credential_version from exchange_integrations where id = @integrationId";
        const string pending = """
            select count(*) from logon_rescues
            where integration_id = @integrationId and credential_version = @version and outcome is null
            """;
        const string since = """
            select count(*) from logon_rescues
            where integration_id = @integrationId and credential_version = @version and outcome = 'Worked'
                and ended_at > @sentAt and ended_at <= @now
            """;
        const string counted = """
            select count(*) from logon_rescues where integration_id = @integrationId and refused_at > @earliest and refused_at < @latest
            """;
        const string begin = """
            delete from logon_rescues where integration_id = @integrationId and (refused_at <= @oldest or refused_at >= @latest);
            update logon_rescues set outcome = 'Replaced', ended_at = @now where integration_id = @integrationId and outcome is null;
            insert into logon_rescues (id, integration_id, credential_version, refused_at, not_before)
            values (@id, @integrationId, @version, @now, @notBefore);
            """;
        var arguments = new
        {
            id = Guid.CreateVersion7(now),
            integrationId,
            version,
            sentAt,
            now,
            notBefore,
            earliest = now - Counted,
            latest = now + Counted, // what was refused later than that was stamped by a clock that was wrong
            oldest = now - Remembered,
        };
        var answer = RescueAnswer.TooMany;
        await database.Write(
            async transaction =>
            {
                await transaction.LockExclusive(alone, arguments);
                var stored = await transaction.QuerySingleOrDefault<(string Credential, int Version)?>(current, arguments);
                if (stored is null) answer = RescueAnswer.TooMany;
                else if (stored.Value.Version != version) answer = RescueAnswer.Replaced;
                else if (stored.Value.Credential == nameof(CredentialState.Refused)) answer = RescueAnswer.TooMany;
                else if (await Any(pending)) answer = RescueAnswer.Pending;
                else if (await Any(since)) answer = RescueAnswer.WorkedSince;
                else if (await transaction.ExecuteScalar<int>(counted, arguments) >= Most) answer = RescueAnswer.TooMany;
                else
                {
                    await transaction.Execute(begin, arguments);
                    answer = RescueAnswer.Begun;
                }

                return true;

                async Task<bool> Any(string sql) => await transaction.ExecuteScalar<int>(sql, arguments) > 0;
            },
            ct);
        return answer;
    }

    /// <summary>Takes the right to make the lone call. False when somebody else has it, or has had it.</summary>
    public Task<bool> Claim(PendingRescue seen, DateTimeOffset deadline, CancellationToken ct)
    {
        const string sql = """
            update logon_rescues set not_before = @deadline, under_way = true where id = @Id and not_before = @NotBefore and outcome is null
            """;
        return database.Write(
            async transaction => await transaction.Execute(sql, new { seen.Id, seen.NotBefore, deadline }) == 1, ct);
    }

    /// <summary>The lone call told nothing of the credential: from that time on another one may go.</summary>
    public Task Release(Guid id, DateTimeOffset deadline, DateTimeOffset notBefore, CancellationToken ct)
    {
        const string sql = """
            update logon_rescues set not_before = @notBefore, under_way = false where id = @id and not_before = @deadline and outcome is null
            """;
        return database.Note(async transaction => await transaction.Execute(sql, new { id, deadline, notBefore }), ct);
    }

    /// <summary>False when it could not be stored.</summary>
    /// <param name="worked">False: it was refused.</param>
    public Task<bool> End(
        Guid integrationId,
        int version,
        bool worked,
        DateTimeOffset now,
        CancellationToken ct)
    {
        const string sql = """
            update logon_rescues set outcome = @outcome, ended_at = @now
            where integration_id = @integrationId and credential_version = @version and outcome is null
            """;
        var arguments = new { integrationId, version, now, outcome = worked ? "Worked" : "Refused" };
        return database.Note(async transaction => await transaction.Execute(sql, arguments), ct);
    }

    /// <summary>Those that ended well of late; null when none did.</summary>
    public async Task<LogonWarning?> Warning(Guid integrationId, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select count(*) as count, max(refused_at) as last_at from logon_rescues
            where integration_id = @integrationId and outcome = 'Worked' and refused_at > @oldest having count(*) > 0
            """;
        await using var connection = await database.Read(ct);
        var row = await connection.QuerySingleOrDefaultAsync<RescuedRow>(
            new CommandDefinition(sql, new { integrationId, oldest = now - Remembered }, cancellationToken: ct));
        return row is null ? null : new LogonWarning(row.Count, row.LastAt);
    }

    private sealed record RescuedRow
    {
        public int Count { get; init; }
        public DateTimeOffset LastAt { get; init; }
    }
}

/// <summary>What a refusal of a credential that worked a moment ago leads to.</summary>
internal enum RescueAnswer
{
    Begun,

    /// <summary>Another call was refused before, here or on another node.</summary>
    Pending,

    /// <summary>It is an old refusal: the credential was tried alone since, and worked.</summary>
    WorkedSince,

    /// <summary>There is a newer password.</summary>
    Replaced,

    /// <summary>The refusal is believed.</summary>
    TooMany,
}

/// <summary>A credential in doubt, as it is stored.</summary>
/// <param name="NotBefore">When the lone call may go; while it is under way, by when it has ended.</param>
internal sealed record PendingRescue(Guid Id, DateTimeOffset NotBefore, bool IsUnderWay)
{
    /// <summary>Between the refusal and the lone call.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>How long it still holds; what lies further ahead than any was stamped by a clock that was wrong, and is over.</summary>
    /// <param name="call">How long a call can last.</param>
    public TimeSpan Wait(DateTimeOffset now, TimeSpan call) =>
        NotBefore > now && NotBefore - now <= (IsUnderWay ? call : Pause) ? NotBefore - now : TimeSpan.Zero;
}
