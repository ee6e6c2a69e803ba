using Dapper;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>
/// Counts the passwords that were refused, by the account's name and the server, for every node and over a restart. The refusals of all
/// servers count together. Nothing of a password is kept.
/// </summary>
internal sealed class RefusedLogons(Database database)
{
    /// <summary>By all servers; null when none is known.</summary>
    public async Task<RefusedLogonRow?> Find(string accountName, CancellationToken ct)
    {
        const string sql = """
            select sum(refusals) as refusals, max(refused_at) as refused_at from refused_logons
            where account_name = @accountName group by account_name
            """;
        await using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<RefusedLogonRow>(
            new CommandDefinition(sql, new { accountName }, cancellationToken: ct));
    }

    /// <summary>
    /// One more. What was counted counts no more when the account's last refusal lies as long ago as a count lasts, and when a refusal lies
    /// that far ahead: the clock was wrong. The nodes' clocks may differ by less.
    /// </summary>
    /// <param name="lasts">How long a count lasts.</param>
    public Task Add(
        string accountName,
        string server,
        DateTimeOffset now,
        TimeSpan lasts,
        CancellationToken ct)
    {
        const string ahead = "delete from refused_logons where refused_at >= @tooFar";
        const string over = """
            delete from refused_logons where account_name in
                (select account_name from refused_logons group by account_name having max(refused_at) <= @until)
                and refused_at <= @until
            """;
        const string count = """
            insert into refused_logons (account_name, server, refusals, refused_at) values (@accountName, @server, 1, @now)
            on conflict (account_name, server) do update set refusals = refused_logons.refusals + 1, refused_at = excluded.refused_at
            """;
        return database.Write(
            async transaction =>
            {
                await transaction.Execute(ahead, new { tooFar = now + lasts });
                await transaction.Execute(over, new { until = now - lasts });
                return await transaction.Execute(count, new { accountName, server, now }) > 0;
            },
            ct);
    }

    /// <summary>
    /// A logon of the account worked at the server. One that refused no password of it may take whatever it is given, and ends no count.
    /// </summary>
    public Task Forget(string accountName, string server, CancellationToken ct)
    {
        const string sql = """
            delete from refused_logons where account_name = @accountName
                and exists (select 1 from refused_logons r where r.account_name = @accountName and r.server = @server)
            """;
        return database.Write(async transaction => await transaction.Execute(sql, new { accountName, server }) >= 0, ct);
    }
}

internal sealed record RefusedLogonRow
{
    public int Refusals { get; init; }
    public DateTimeOffset RefusedAt { get; init; }
}
