namespace CleanSync.Application.Syncing.Locks;

/// <summary>
/// Work of which one node does one piece at a time, by name: a lease with an end, judged by the database's clock, and a token that rises
/// with every taking. Where one node works alone it always has them.
/// </summary>
public interface IWorkLeases
{
    /// <summary>Null while another node holds it, or this one does already.</summary>
    Task<WorkLease?> TryTake(string work, TimeSpan span, CancellationToken ct);

    /// <summary>False when it was lost to another node, or has ended: the work stops at once.</summary>
    Task<bool> Renew(WorkLease lease, TimeSpan span, CancellationToken ct);

    Task Release(WorkLease lease, CancellationToken ct);
}

/// <param name="Token">Rises with every taking.</param>
public sealed record WorkLease(string Work, long Token);

/// <summary>One node works alone.</summary>
internal sealed class SoleWorkLeases : IWorkLeases
{
    public Task<WorkLease?> TryTake(string work, TimeSpan span, CancellationToken ct) =>
        Task.FromResult<WorkLease?>(new WorkLease(work, 1));

    public Task<bool> Renew(WorkLease lease, TimeSpan span, CancellationToken ct) => Task.FromResult(true);

    public Task Release(WorkLease lease, CancellationToken ct) => Task.CompletedTask;
}
