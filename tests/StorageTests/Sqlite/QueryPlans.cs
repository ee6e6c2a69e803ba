using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>What SQLite says about how it answers the statements that a piece of code really runs.</summary>
internal static class QueryPlans
{
    /// <summary>
    /// "SCAN" of a table, with or without an index, visits every row; a scan of words, or of the row that they begin with, visits our own
    /// list of arguments.
    /// </summary>
    public static bool ReadsAWholeTable(string plan) =>
        plan.StartsWith("SCAN ", StringComparison.Ordinal) && plan is not ("SCAN words" or "SCAN CONSTANT ROW");

    /// <summary>"SEARCH" by the link alone visits everything that is stored of one mailbox.</summary>
    public static bool ReadsAWholeLink(string plan) =>
        plan.Contains("synced_events", StringComparison.Ordinal)
            && plan.EndsWith("(link_id=?)", StringComparison.Ordinal)
            && !plan.Contains("unsettled", StringComparison.Ordinal);

    public static async Task<IReadOnlyList<string>> Of(SqliteDatabase database, Func<Task> asking)
    {
        var ct = Xunit.TestContext.Current.CancellationToken;
        var asked = new List<string>();
        using (var pooled = await database.Read(ct)) raw.sqlite3_trace(((SqliteConnection)pooled).Handle, (_, sql) => asked.Add(sql), null);
        await asking(); // reuses the pooled connection that is traced
        var plans = new List<string>();
        using var connection = (SqliteConnection)await database.Read(ct);
        raw.sqlite3_trace(connection.Handle, (strdelegate_trace)null!, null);
        foreach (var sql in asked.Where(s => s.TrimStart() is var text && (text.StartsWith("select", StringComparison.Ordinal) || text.StartsWith("with", StringComparison.Ordinal))))
            plans.AddRange((await connection.QueryAsync<PlanRow>("explain query plan " + sql)).Select(row => row.Detail));
        return plans;
    }

    /// <summary>
    /// How much SQLite works on each statement that asks for a limited number of links: the steps of its machine, and the rows that it had
    /// to sort itself.
    /// </summary>
    public static async Task<IReadOnlyList<(string Sql, int Steps, int Sorts)>> Work(
        SqliteDatabase database,
        Func<Task> asking,
        Func<string, bool> which)
    {
        var ct = Xunit.TestContext.Current.CancellationToken;
        var asked = new List<string>();
        using (var pooled = await database.Read(ct)) raw.sqlite3_trace(((SqliteConnection)pooled).Handle, (_, sql) => asked.Add(sql), null);
        await asking();
        using var connection = (SqliteConnection)await database.Read(ct);
        raw.sqlite3_trace(connection.Handle, (strdelegate_trace)null!, null);
        var work = new List<(string, int, int)>();
        foreach (var sql in asked.Where(which))
        {
            raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement);
            using (statement)
            {
                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                {
                }

                work.Add((sql, raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, 0),
                    raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_SORT, 0)));
            }
        }

        return work;
    }

    private sealed record PlanRow
    {
        public string Detail { get; init; } = "";
    }
}
