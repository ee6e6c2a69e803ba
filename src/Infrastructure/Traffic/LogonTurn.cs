using CleanSync.Application.Syncing.Locks;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>The right to send a password of one account that is not known to work, on this node and among all, until disposed.</summary>
internal sealed class LogonTurn(SemaphoreSlim turn, IWorkLeases leases, WorkLease lease, TimeSpan span) : IAsyncDisposable
{
    /// <summary>
    /// To be asked right before the password is sent: false when what was waited for took so long that another node may have the turn.
    /// </summary>
    public Task<bool> Holds(CancellationToken ct) => leases.Renew(lease, span, ct);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await leases.Release(lease, CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }
}
