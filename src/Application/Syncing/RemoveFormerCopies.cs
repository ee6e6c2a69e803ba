using CleanSync.Domain.Syncing;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>Removes what is due of our items in calendars that their links have left.</summary>
public sealed record RemoveFormerCopies : IRequest
{
    internal sealed class Handler(IFormerCopies former, MailboxTurns turns, FormerCalendars calendars, SyncOptions options, TimeProvider time, ILogger<RemoveFormerCopies> logger)
        : AsyncRequestHandler<RemoveFormerCopies>
    {
        protected override async Task Handle(RemoveFormerCopies command, CancellationToken ct)
        {
            var links = await former.DueLinks(time.GetUtcNow(), options.Parallelism * 4, ct);
            await Parallel.ForEachAsync(links, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct }, async (link, token) =>
            {
                try
                {
                    await using var turn = await turns.Enter(link, token);
                    if (turn is not null) await calendars.CleanUp(turn, token);
                }
                catch (LeaseWasLost)
                {
                    logger.LogWarning("Another node took over link {LinkId}; the removal of its former copies stops", link);
                }
                catch (Exception surprise) when (surprise is not OperationCanceledException)
                {
                    logger.LogError(surprise, "The removal of former copies of link {LinkId} ended in a surprise; others go on", link);
                }
            });
        }
    }
}
