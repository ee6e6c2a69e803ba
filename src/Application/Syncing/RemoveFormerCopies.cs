using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>
/// Removes what is due of our items in calendars that their links have left. A surprise is a failure of its link, and the others go on.
/// </summary>
public sealed record RemoveFormerCopies : IRequest
{
    internal sealed class Handler(
        IFormerCopies former, IStaffCalendarLinkRepository links, MailboxTurns turns, FormerCalendars calendars, LinkFailures failures,
        SurprisesInARow surprises, SyncOptions options, INewIds ids, TimeProvider time, ILogger<RemoveFormerCopies> logger) : AsyncRequestHandler<RemoveFormerCopies>
    {
        protected override async Task Handle(RemoveFormerCopies command, CancellationToken ct)
        {
            var due = await former.DueLinks(time.GetUtcNow(), options.Parallelism * 4, ct);
            var side = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct };
            await Parallel.ForEachAsync(due, side, async (link, token) => await CleanUp(link, token));
        }

        private async Task CleanUp(Guid linkId, CancellationToken ct)
        {
            var cleanUp = Recurring.CleanUp(linkId);
            if (surprises.IsPaused(cleanUp)) return;
            var pass = ids.Next();
            StaffCalendarLink? link = null;
            IDisposable? scope = null;
            try
            {
                if ((link = await links.Find(linkId, ct)) is null) return;
                scope = logger.BeginPass(pass, link);
                await using var turn = await turns.Enter(linkId, ct);
                if (turn is null) return;
                await calendars.CleanUp(turn, ct);
                surprises.End(cleanUp);
            }
            catch (LeaseWasLost)
            {
                logger.LogWarning("Another node took over the calendar of {StaffId}; the removal of its former copies stops",
                    link!.StaffId);
            }
            catch (Exception surprise) when (!ct.IsCancellationRequested)
            {
                await failures.Surprised(cleanUp, link, surprise, pass, ct);
                surprises.Pause(cleanUp); // what is due stays due
            }
            finally
            {
                scope?.Dispose();
            }
        }
    }
}
