using CleanSync.Application.Syncing.Locks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>Goes on with every link that an admin wants deleted.</summary>
public sealed record FinishLinkDeletions : IRequest
{
    internal sealed class Handler(
        ILinkDeletions deletions,
        MailboxLocks locks,
        LinkRemoval removal,
        SyncOptions options,
        ILogger<FinishLinkDeletions> logger)
        : AsyncRequestHandler<FinishLinkDeletions>
    {
        protected override async Task Handle(FinishLinkDeletions command, CancellationToken ct)
        {
            var asked = await deletions.Asked(options.Parallelism * 4, ct);
            var side = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct };
            await Parallel.ForEachAsync(asked, side, async (link, token) =>
            {
                try
                {
                    await using var mailbox = await locks.Take(link, token);
                    if (mailbox is not null) await removal.GoOn(mailbox, token);
                }
                catch (LeaseWasLost)
                {
                    logger.LogWarning("Another node took over link {LinkId}; its deletion stops here", link);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.LogError(exception, "The deletion of link {LinkId} ended in an unhandled exception; others go on", link);
                }
            });
        }
    }
}
