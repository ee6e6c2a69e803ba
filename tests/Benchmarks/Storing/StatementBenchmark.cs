using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Benchmarks.Storing;

/// <summary>
/// What a question costs that is asked often and finds one row: over a reader of <see cref="SqliteDatabase"/>, and, as the reference, over
/// a connection of Microsoft.Data.Sqlite's own pool, which compiles the statement each time. Both in one process, in turns; the best of
/// each counts.
/// </summary>
internal static class StatementBenchmark
{
    private const int Rounds = 15, Questions = 2_000;
    private const string Sql = """
        select e.id, e.name, g.name as ofGroup, (select count(*) from entries x where x.group_id = e.group_id and x.id <= e.id) as place
        from entries e join groups g on g.id = e.group_id where e.id = @id and (g.name <> '' or e.name is not null)
        """;

    public static async Task<int> Run()
    {
        var folder = Directory.CreateTempSubdirectory("cleansync-statements-");
        try
        {
            var options = new DatabaseOptions { Path = Path.Combine(folder.FullName, "statements.db") };
            using var database = new SqliteDatabase(options);
            await database.Write(async transaction => await transaction.Execute("""
                create table groups (id integer primary key, name text not null);
                create table entries (id integer primary key, group_id integer not null references groups (id), name text not null);
                insert into groups (id, name) values (1, 'one'), (2, 'two');
                insert into entries (id, group_id, name) values (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');
                """) >= 0, CancellationToken.None);
            var pooled = new SqliteConnectionStringBuilder { DataSource = options.RealPath, Mode = SqliteOpenMode.ReadOnly }.ToString();
            var (ours, reference) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                ours = Math.Min(ours, await Timed(() => database.Read(CancellationToken.None)));
                reference = Math.Min(reference, await Timed(async () =>
                {
                    var connection = new SqliteConnection(pooled);
                    await connection.OpenAsync();
                    return connection;
                }));
            }

            SqliteConnection.ClearAllPools();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"a question that finds one row: {ours / reference:F2} of the time that a pooled connection takes ({ours / Questions * 1e6:F0} / {reference / Questions * 1e6:F0} µs)"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Row(long Id, string Name, string OfGroup, long Place);

    private static async Task<double> Timed(Func<Task<DbConnection>> open)
    {
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < Questions; i++)
        {
            await using var connection = await open();
            _ = await connection.QuerySingleAsync<Row>(Sql, new { id = i % 3 + 1 });
        }

        return Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}
