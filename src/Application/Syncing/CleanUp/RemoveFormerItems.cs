using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain.Syncing.CleanUp;
using MediatR;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Removes what is due of our items in calendars that their links have left. An unhandled exception is a failure of its link, and the
/// others go on.
/// </summary>
public sealed record RemoveFormerItems : IRequest
{
    internal sealed class Handler(ICleanUpItems former, CalendarCleanUp cleanUp, LinkJobs jobs, SyncOptions options, TimeProvider time)
        : AsyncRequestHandler<RemoveFormerItems>
    {
        protected override async Task Handle(RemoveFormerItems command, CancellationToken ct)
        {
            var due = await former.DueLinks(time.GetUtcNow(), options.Parallelism * 4, ct);
            var side = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct };
            await Parallel.ForEachAsync(due, side, async (link, token) =>
                await jobs.Run(Recurring.CleanUp(link), async mailbox => await cleanUp.Run(mailbox, token), token));
        }
    }
}
