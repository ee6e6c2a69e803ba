using CleanSync.Domain.Syncing;
using MediatR;

namespace CleanSync.Application.Syncing;

/// <summary>
/// Removes what is due of our items in calendars that their links have left. A surprise is a failure of its link, and the others go on.
/// </summary>
public sealed record RemoveFormerCopies : IRequest
{
    internal sealed class Handler(IFormerCopies former, FormerCalendars calendars, LinkJobs jobs, SyncOptions options, TimeProvider time)
        : AsyncRequestHandler<RemoveFormerCopies>
    {
        protected override async Task Handle(RemoveFormerCopies command, CancellationToken ct)
        {
            var due = await former.DueLinks(time.GetUtcNow(), options.Parallelism * 4, ct);
            var side = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct };
            await Parallel.ForEachAsync(due, side, async (link, token) =>
                await jobs.Run(Recurring.CleanUp(link), async turn => await calendars.CleanUp(turn, token), token));
        }
    }
}
