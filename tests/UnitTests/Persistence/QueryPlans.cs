using CleanSync.Infrastructure.Persistence;
using Dapper;
using SQLitePCL;

namespace CleanSync.UnitTests.Persistence;

/// <summary>What SQLite says about how it answers the statements that a piece of code really runs.</summary>
internal static class QueryPlans
{
    /// <summary>"SCAN" of a table, with or without an index, visits every row; a scan of json_each visits our own list of arguments.</summary>
    public static bool ReadsAWholeTable(string plan) =>
        plan.StartsWith("SCAN ", StringComparison.Ordinal) && !plan.Contains("json_each", StringComparison.Ordinal);

    /// <summary>"SEARCH" by the link alone visits everything that is stored of one mailbox.</summary>
    public static bool ReadsAWholeLink(string plan) =>
        plan.Contains("synced_events", StringComparison.Ordinal) && plan.EndsWith("(link_id=?)", StringComparison.Ordinal) && !plan.Contains("unsettled", StringComparison.Ordinal);

    public static async Task<IReadOnlyList<string>> Of(Database database, Func<Task> asking)
    {
        var ct = Xunit.TestContext.Current.CancellationToken;
        var asked = new List<string>();
        using (var pooled = await database.Read(ct)) raw.sqlite3_trace(pooled.Handle, (_, sql) => asked.Add(sql), null);
        await asking(); // reuses the pooled connection that is traced
        var plans = new List<string>();
        using var connection = await database.Read(ct);
        raw.sqlite3_trace(connection.Handle, (strdelegate_trace)null!, null);
        foreach (var sql in asked.Where(s => s.TrimStart().StartsWith("select", StringComparison.Ordinal)))
            plans.AddRange((await connection.QueryAsync<PlanRow>("explain query plan " + sql)).Select(row => row.Detail));
        return plans;
    }

    private sealed record PlanRow
    {
        public string Detail { get; init; } = "";
    }
}
