namespace CleanSync.Infrastructure.Persistence;

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
