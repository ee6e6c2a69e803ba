using System.Globalization;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Moving;
using CleanSync.Infrastructure.Persistence.Postgres.Moving;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Moving;

/// <summary>A SQLite file with an integration and a link, and an empty PostgreSQL database with the schema.</summary>
public abstract class MovingTest : IAsyncLifetime
{
    private readonly string name = PostgresCluster.NewName();

    private protected TemporarySqlite File { get; } = new();

    private protected PostgresParts To { get; private set; } = null!;

    private protected PostgresCluster Cluster { get; private set; } = null!;

    private protected List<string> Told { get; } = [];

    private protected DatabaseOptions Path => File.Options;

    public async ValueTask InitializeAsync()
    {
        Cluster = await PostgresCluster.Running();
        await Cluster.Create(name);
        To = new PostgresParts(Cluster.ConnectionString(name), besideServer: true);
        await To.Start().Run(Ct);
        await File.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await To.DisposeAsync();
        await Cluster.Drop(name);
        await File.DisposeAsync();
    }

    /// <summary>The service that has the file stops, and the command runs.</summary>
    private protected Task<long> Move(Action<string>? tell = null, DatabaseOptions? from = null) => MoveTo(To, tell, from);

    private protected async Task<long> MoveTo(PostgresParts to, Action<string>? tell = null, DatabaseOptions? from = null)
    {
        File.Store.Dispose();
        using var file = new MovedFile(from ?? Path, File.Time);
        await file.Take(Ct);
        await using var target = new PostgresTarget(
            to.Settings, to.Store, to.Start(), TimeProvider.System, NullLogger<PostgresTarget>.Instance);
        return await new DatabaseMove(file, target, File.Time, tell ?? Told.Add).Run(Ct);
    }

    /// <summary>A start of the service on the file.</summary>
    private protected async Task Start(bool anyway = false)
    {
        var options = Path with { DespiteMove = anyway };
        using var store = new SqliteDatabase(options, File.Time);
        await new DatabaseMigration(store, options, new(store, new DeletedBytes(store))).Run(Ct);
    }

    private protected async Task<IReadOnlyList<MovedTable>> Tables()
    {
        await using var connection = await To.Store.Writer(Ct);
        return await PostgresCatalogue.Read(connection, Ct);
    }

    private protected async Task<SqliteConnection> Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.File};Pooling=False;Foreign Keys=True");
        await connection.OpenAsync(Ct);
        return connection;
    }

    private protected Task Run(string sql) => Cluster.Run(sql, name);

    /// <summary>How many rows each table has in PostgreSQL.</summary>
    private protected async Task<IReadOnlyDictionary<string, long>> Counts()
    {
        await using var connection = await To.Store.Writer(Ct);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await PostgresCatalogue.Read(connection, Ct))
            counts[table.Name] = await connection.QuerySingleAsync<long>($"select count(*) from {table.Name}");
        return counts;
    }

    private protected async Task NothingIsThere()
    {
        var counts = await Counts();
        Assert.All(counts, t => Assert.Equal(t.Key is "installation" or "readiness_probe" ? 1 : 0, t.Value));
    }

    /// <summary>All rows of a table, in words of this test's own, and sorted by them.</summary>
    private protected async Task<IReadOnlyList<string>> InSqlite(MovedTable table)
    {
        await using var connection = await Open();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select {FilledTables.Names(table)} from {table.Name}";
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(string.Join('|', table.Columns.Select((column, i) => reader.GetValue(i) switch
            {
                DBNull => "nothing",
                string text when column.Type == typeof(DateTimeOffset) => text[..^2] + "0Z", // no more than microseconds
                string text => text.Replace("\0", "", StringComparison.Ordinal),
                var number => Convert.ToString(number, CultureInfo.InvariantCulture),
            })));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private protected async Task<IReadOnlyList<string>> InPostgres(MovedTable table)
    {
        await using var connection = await To.Store.Writer(Ct);
        await using var command = new NpgsqlCommand($"select {FilledTables.Names(table)} from {table.Name}", connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(string.Join('|', table.Columns.Select((_, i) => reader.GetValue(i) switch
            {
                DBNull => "nothing",
                Guid id => id.ToString().ToUpperInvariant(),
                DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                bool flag => flag ? "1" : "0",
                var other => Convert.ToString(other, CultureInfo.InvariantCulture),
            })));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }
}
