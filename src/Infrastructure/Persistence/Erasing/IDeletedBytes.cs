namespace CleanSync.Infrastructure.Persistence.Erasing;

/// <summary>What was deleted from the tables may still stand in the database's files.</summary>
internal interface IDeletedBytes
{
    /// <summary>Takes them out; goes on trying for some seconds while somebody still reads them.</summary>
    Task Purge(CancellationToken ct);

    /// <summary>The long first step, after which one try of <see cref="FinishPurge"/> may be enough.</summary>
    Task BeginPurge(CancellationToken ct);

    /// <summary>False while somebody still reads them.</summary>
    Task<bool> FinishPurge(CancellationToken ct);
}

/// <summary>A reader has kept them for longer than anybody waits.</summary>
internal sealed class DeletedBytesAreRead() : InvalidOperationException(
    "What was to go is gone from the tables, but a reader keeps its bytes in the database. "
    + "CleanSync tries again; if this comes back, look for whoever reads for so long, or restart CleanSync.");
