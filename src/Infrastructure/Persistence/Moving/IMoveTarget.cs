using System.Data.Common;

namespace CleanSync.Infrastructure.Persistence.Moving;

/// <summary>
/// The database that is copied into, in one transaction: what was not committed when it is disposed of was never there. No node starts on
/// it meanwhile.
/// </summary>
internal interface IMoveTarget : IAsyncDisposable
{
    /// <summary>Where it is, without anything secret.</summary>
    string Place { get; }

    /// <exception cref="Application.StartRefused">It cannot be reached, or used as it is.</exception>
    Task Take(CancellationToken ct);

    /// <summary>All of CleanSync's own.</summary>
    Task<IReadOnlyList<MovedTable>> Tables(CancellationToken ct);

    Task<bool> HasRows(MovedTable table, CancellationToken ct);

    /// <summary>Those of the table, in the order of its key, as they are in the transaction.</summary>
    Task<DbDataReader> Rows(MovedTable table, CancellationToken ct);

    /// <param name="rows">In the order of the table's columns, in whichever form their database has them.</param>
    /// <param name="copied">Is told now and then how many rows there are by now.</param>
    Task<long> Copy(MovedTable table, DbDataReader rows, Action<long> copied, CancellationToken ct);

    Task<Guid> Installation(CancellationToken ct);

    Task Name(Guid installation, CancellationToken ct);

    /// <exception cref="Application.StorageFailure">It was not stored, or nobody knows whether it was; the failure says which.</exception>
    Task Commit(CancellationToken ct);
}
