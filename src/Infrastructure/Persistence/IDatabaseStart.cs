namespace CleanSync.Infrastructure.Persistence;

/// <summary>Brings the database to this version's schema and to a clean start; run once, before anything else touches it.</summary>
internal interface IDatabaseStart
{
    /// <summary>Where the database is, as an operator knows it; without anything secret.</summary>
    string Place { get; }

    /// <summary>What its servers are called, without their ports; none for a file.</summary>
    IReadOnlyList<string> Servers { get; }

    /// <summary>Whether there is a database of CleanSync's; an empty one is none.</summary>
    /// <exception cref="Application.StartRefused">It cannot be looked at.</exception>
    Task<bool> IsThere(CancellationToken ct);

    /// <exception cref="Application.StartRefused">It is not CleanSync's, damaged, of a newer version, or takes no writes.</exception>
    Task Run(CancellationToken ct);
}

/// <summary>Tries the database.</summary>
internal interface IDatabaseProbe
{
    /// <summary>Throws <see cref="Application.StorageFailure"/> when the database cannot be used as it should be.</summary>
    Task Demand(CancellationToken ct);
}
