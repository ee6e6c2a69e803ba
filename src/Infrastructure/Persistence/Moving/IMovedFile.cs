namespace CleanSync.Infrastructure.Persistence.Moving;

/// <summary>The database that is copied from. Nobody else has it until it is disposed of.</summary>
internal interface IMovedFile : IDisposable
{
    /// <summary>Usable once it was taken.</summary>
    Database Database { get; }

    /// <exception cref="Application.StartRefused">
    /// It is not there, a service has it, it is not of this version, or was moved already; nothing in it was changed.
    /// </exception>
    Task Take(CancellationToken ct);

    /// <summary>The columns of each of its tables.</summary>
    Task<ILookup<string, string>> Columns(CancellationToken ct);
}
