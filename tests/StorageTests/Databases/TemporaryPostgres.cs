using CleanSync.Infrastructure.Persistence.Postgres;

namespace CleanSync.StorageTests.Databases;

/// <summary>A database in the test process's PostgreSQL server, for one test or one class at a time.</summary>
public sealed class TemporaryPostgres : TemporaryDatabase
{
    private readonly PostgresParts parts;

    public TemporaryPostgres()
        : this(Cluster.Take().GetAwaiter().GetResult())
    {
    }

    private TemporaryPostgres(string name)
        : this(name, new PostgresParts(Cluster.ConnectionString(name)))
    {
    }

    private TemporaryPostgres(string name, PostgresParts parts)
        : base(parts.Store, parts.DeletedBytes) => (Name, this.parts, Store) = (name, parts, parts.Store);

    public string Name { get; }

    internal new PostgresDatabase Store { get; }

    internal string ConnectionString => Cluster.ConnectionString(Name);

    private static PostgresCluster Cluster => PostgresCluster.Running().GetAwaiter().GetResult();

    public override Task Migrate() => parts.Start().Run(Ct);

    private protected override async Task Drop()
    {
        await parts.DisposeAsync();
        await Cluster.GiveBack(Name);
    }
}
