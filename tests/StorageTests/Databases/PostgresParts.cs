using CleanSync.Application;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Postgres;
using CleanSync.Infrastructure.Persistence.Postgres.Start;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleanSync.StorageTests.Databases;

/// <summary>What a node has of one PostgreSQL database.</summary>
internal sealed class PostgresParts : IAsyncDisposable
{
    public PostgresParts(string connectionString, SyncOptions? sync = null, bool besideServer = false, ILogger? log = null)
    {
        Options = new DatabaseOptions
        {
            Provider = DatabaseProvider.Postgres,
            ConnectionString = connectionString,
            BesideServer = besideServer,
        };
        Settings = PostgresSettings.Of(Options, sync ?? new SyncOptions());
        Log = log ?? NullLogger.Instance;
        Restore = new DatabaseRestore(TimeProvider.System);
        Store = new PostgresDatabase(Settings, Restore, new NoJitter(), TimeProvider.System, new Told<PostgresDatabase>(Log));
        DeletedBytes = new PostgresDeletedBytes(Store, TimeProvider.System);
        Titles = new ExchangeTitles(Store, DeletedBytes);
        Probe = new PostgresProbe(Store, TimeProvider.System);
    }

    public DatabaseOptions Options { get; }
    public PostgresSettings Settings { get; }
    public DatabaseRestore Restore { get; }
    public PostgresDatabase Store { get; }
    public PostgresDeletedBytes DeletedBytes { get; }
    public PostgresProbe Probe { get; }
    private ExchangeTitles Titles { get; }
    private ILogger Log { get; }

    public PostgresStart Start(TimeProvider? time = null) =>
        new(Settings, Store, Options, Titles, time ?? TimeProvider.System, new Told<PostgresStart>(Log));

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private sealed class NoJitter : IJitter
    {
        public double Next() => 0;
    }

    private sealed class Told<T>(ILogger log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => log.Log(logLevel, eventId, state, exception, formatter);
    }
}
