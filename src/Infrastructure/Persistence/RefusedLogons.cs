using Dapper;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// Counts the passwords that were refused, by the account's name, for every node and over a restart. Nothing of a password is kept.
/// </summary>
internal sealed class RefusedLogons(Database database)
{
    /// <summary>Null when none is known.</summary>
    public async Task<RefusedLogonRow?> Find(string accountName, CancellationToken ct)
    {
        const string sql = "select refusals, refused_at from refused_logons where account_name = @accountName";
        using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<RefusedLogonRow>(
            new CommandDefinition(sql, new { accountName }, cancellationToken: ct));
    }

    /// <summary>One more.</summary>
    /// <param name="over">What was counted until then counts no more.</param>
    public Task Add(string accountName, DateTimeOffset now, DateTimeOffset over, CancellationToken ct)
    {
        const string forget = "delete from refused_logons where refused_at <= @over";
        const string count = """
            insert into refused_logons (account_name, refusals, refused_at) values (@accountName, 1, @now)
            on conflict (account_name) do update set refusals = refused_logons.refusals + 1, refused_at = excluded.refused_at
            """;
        return database.Write(
            transaction =>
            {
                transaction.Connection!.Execute(forget, new { over }, transaction);
                return transaction.Connection!.Execute(count, new { accountName, now }, transaction) > 0;
            },
            ct);
    }

    /// <summary>A logon of the account worked.</summary>
    public Task Forget(string accountName, CancellationToken ct)
    {
        const string sql = "delete from refused_logons where account_name = @accountName";
        return database.Write(transaction => transaction.Connection!.Execute(sql, new { accountName }, transaction) >= 0, ct);
    }
}

internal sealed record RefusedLogonRow
{
    public int Refusals { get; init; }
    public DateTimeOffset RefusedAt { get; init; }
}
