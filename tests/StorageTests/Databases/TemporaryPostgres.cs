using CleanSync.Infrastructure.Persistence.Postgres;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.StorageTests.Databases;

/// <summary>A database in the test process's PostgreSQL server, for one test or one class at a time.</summary>
public sealed class TemporaryPostgres : TemporaryDatabase
{
    public TemporaryPostgres()
        : this(Cluster.Take().GetAwaiter().GetResult())
    {
    }

    private TemporaryPostgres(PostgresParts parts)
        : base(parts.Store, parts.DeletedBytes, new FakeTimeProvider(Now))
    {
        (Parts, Store) = (parts, parts.Store);
        Store.StandInClock = Time;
    }

    internal PostgresParts Parts { get; }

    internal new PostgresDatabase Store { get; }

    private static PostgresCluster Cluster => PostgresCluster.Running().GetAwaiter().GetResult();

    public override Task Migrate() => Parts.Start().Run(Ct);

    /// <summary>Was done when the database was made.</summary>
    private protected override Task Prepare() => Task.CompletedTask;

    /// <summary>No other test gets it: the server counts what happened in it.</summary>
    public bool IsNotGivenBack { get; set; }

    private protected override Task Drop() => IsNotGivenBack ? Parts.DisposeAsync().AsTask() : Cluster.GiveBack(Parts);
}
