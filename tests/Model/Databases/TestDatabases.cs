using System.Globalization;
using CleanSync.Application;
using CleanSync.Infrastructure;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Model.Databases;

/// <summary>
/// What a data folder of a test has for a database: an SQLite file in it or, with <see cref="Variable"/> set to postgres, a database of its
/// own on the one PostgreSQL server of this process.
/// </summary>
internal static class TestDatabases
{
    public const string Variable = "CLEANSYNC_TEST_DATABASE";
    private const string Template = "cleansync_template";

    private static readonly Lazy<Task<PostgresServer>> Running = new(Start);
    private static readonly SemaphoreSlim OneCopy = new(1, 1);
    private static int made;

    public static bool ArePostgres { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"{Variable} is {other}: expected sqlite or postgres."),
    };

    /// <summary>A new database with this version's schema and no rows but those of a start.</summary>
    public static string Make()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"folder_{Interlocked.Increment(ref made)}");
        Copy(Template, name);
        return name;
    }

    /// <summary>Both are of nobody's use meanwhile: who is connected to them is sent away, and one that is there already goes.</summary>
    public static void Copy(string from, string to) => Alone(async server =>
    {
        await server.Drop(to);
        await server.Run($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{from}'");
        await server.Run($"create database {to} template {from} strategy file_copy");
    });

    public static void Drop(string name) => Alone(server => server.Drop(name));

    /// <summary>Of a database that <see cref="Make"/> made.</summary>
    public static string ConnectionString(string name) => Running.Value.GetAwaiter().GetResult().ConnectionString(name);

    /// <param name="connectionString">Of a database on any server.</param>
    public static IEnumerable<KeyValuePair<string, string>> Settings(string connectionString) =>
    [
        new("Database:Provider", "Postgres"),
        new("Database:ConnectionString", connectionString),
    ];

    private static void Alone(Func<PostgresServer, Task> work) => Task.Run(async () =>
    {
        var server = await Running.Value;
        await OneCopy.WaitAsync();
        try
        {
            await work(server);
        }
        finally
        {
            OneCopy.Release();
        }
    }).GetAwaiter().GetResult();

    private static async Task<PostgresServer> Start()
    {
        var server = await PostgresServer.Start();
        await server.Create(Template);
        var settings = Settings(server.ConnectionString(Template)).ToDictionary(s => s.Key, s => (string?)s.Value);
        await using var services = new ServiceCollection().AddLogging().AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        await services.MigrateDatabase();
        await server.Run("delete from nodes", Template);
        return server;
    }
}
