using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Locks;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling.Singletons;

/// <summary>
/// Work that only one node does at a time, under a lease that is renewed while it lasts. The scheduler's cluster starts it on one node, but
/// takes a node that stood still for dead and starts it on another: then this lease keeps the two apart.
/// </summary>
internal sealed class SoleWork(IWorkLeases leases, SyncOptions options, TimeProvider time, ILogger<SoleWork> logger)
{
    /// <summary>So many renewals in the time of a lease: some may fail.</summary>
    private const int RenewalsInALease = 5;

    /// <summary>Does nothing while another node is at it. The work is cancelled when the lease is lost.</summary>
    public async Task Run(string work, Func<CancellationToken, Task> job, CancellationToken ct)
    {
        if (await leases.TryTake(work, options.LeaseFor, ct) is not { } lease) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var ended = new CancellationTokenSource();
        var renewing = Renew(lease, stop, ended.Token);
        try
        {
            await job(stop.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && stop.IsCancellationRequested)
        {
            logger.LogWarning("{Work} was stopped: this node stood still, and another one may have begun it", work);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            await leases.Release(lease, CancellationToken.None);
        }
    }

    private async Task Renew(WorkLease lease, CancellationTokenSource stop, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(options.LeaseFor / RenewalsInALease, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested) return;
            if (await IsStillHeld(lease)) continue;
            await stop.CancelAsync();
            return;
        }
    }

    private async Task<bool> IsStillHeld(WorkLease lease)
    {
        try
        {
            return await leases.Renew(lease, options.LeaseFor, CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.LogWarning("The lease of {Work} could not be renewed ({Reason}): the work stops", lease.Work, failure.GetType().Name);
            return false;
        }
    }
}
