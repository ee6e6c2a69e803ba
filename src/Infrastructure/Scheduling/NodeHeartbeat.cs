using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// Tells the other nodes that this one lives. One whose name was taken meanwhile ends, with exit code 1: the other one takes its leases.
/// </summary>
internal sealed class NodeHeartbeat(
    NodeRegistry nodes,
    SyncOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<NodeHeartbeat> logger) : BackgroundService
{
    /// <summary>So many in the time of a lease: some may fail.</summary>
    public const int BeatsInALease = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            do await Task.Delay(options.LeaseFor / BeatsInALease, time, stoppingToken);
            while (await Lives(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Here and not in StopAsync, which a host may call once more at its very end.
            await GivingBack.Briefly(() => nodes.Leave(CancellationToken.None));
            return;
        }

        logger.LogCritical(
            "Another node has taken the name {Name}, because this one stood still for longer than a lease: it ends", options.NodeName);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task<bool> Lives(CancellationToken ct)
    {
        try
        {
            return await nodes.Beat(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            logger.LogError(exception, "This node could not tell that it lives; it tries again");
            return true;
        }
    }
}
