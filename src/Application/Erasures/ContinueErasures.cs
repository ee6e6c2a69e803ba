using CleanSync.Application.AuditLog;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Erasures;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Goes on with every erasure that has not ended: first the rows, then the bytes, then what Exchange holds. Safe to be ended anywhere: each
/// step is one commit, and repeating it changes nothing. What fails for one erasure holds up no other.
/// </summary>
public sealed record ContinueErasures : IRequest
{
    internal sealed class Handler(
        IErasures erasures,
        ClientErasure clients,
        StaffErasure staff,
        IAuditNames names,
        TimeProvider time,
        ILogger<ContinueErasures> logger) : AsyncRequestHandler<ContinueErasures>
    {
        protected override async Task Handle(ContinueErasures command, CancellationToken ct)
        {
            var underWay = await erasures.UnderWay(ct);
            var dealtWith = new List<Guid>();
            foreach (var erasure in underWay.Where(e => e.PurgedAt is null))
            {
                if (await IsDone(erasure, RowsAreDealtWith, ct)) dealtWith.Add(erasure.Id);
            }

            var purged = await BytesAreGone(dealtWith, ct) ? dealtWith : [];
            foreach (var erasure in underWay.Where(e => e.PurgedAt is not null || purged.Contains(e.Id)))
                await IsDone(erasure, IsFinished, ct);
            foreach (var id in dealtWith.Except(purged)) await TellThatBytesWait(id, ct);
        }

        private async Task<bool> RowsAreDealtWith(Erasure erasure, CancellationToken ct)
        {
            if (erasure.StaffId is not { } staffId) return await clients.EraseRows(erasure, ct);
            await names.Blank(staffId, ct); // only their link tells which mailbox is theirs, and it goes with the rows
            if (!await staff.EraseRows(erasure, staffId, ct)) return false;
            await names.Blank(staffId, ct);
            return true;
        }

        private async Task<bool> IsFinished(Erasure erasure, CancellationToken ct)
        {
            await clients.FollowItems(erasure, ct);
            return await erasures.Finish(erasure.Id, time.GetUtcNow(), ct);
        }

        private async Task<bool> BytesAreGone(List<Guid> dealtWith, CancellationToken ct)
        {
            if (dealtWith.Count == 0) return true;
            try
            {
                if (await erasures.Purge(dealtWith, time.GetUtcNow(), ct)) return true;
                logger.LogWarning("A reader keeps the database's log; the bytes of {Count} erasures go later", dealtWith.Count);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                logger.LogError(exception, "The bytes of {Count} erasures are still in the files; tried again", dealtWith.Count);
            }

            return false;
        }

        private async Task TellThatBytesWait(Guid id, CancellationToken ct)
        {
            try
            {
                await erasures.NoteWait(id, Obstacle.BytesWait, ct);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                logger.LogError(exception, "What erasure {ErasureId} waits for could not be noted", id);
            }
        }

        /// <summary>One step of one erasure; what it fails of is logged, and the step is taken again later.</summary>
        private async Task<bool> IsDone(Erasure erasure, Func<Erasure, CancellationToken, Task<bool>> step, CancellationToken ct)
        {
            try
            {
                return await step(erasure, ct);
            }
            catch (LeaseWasLost)
            {
                logger.LogWarning("Another node took over a calendar; erasure {ErasureId} goes on later", erasure.Id);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                logger.LogError(
                    exception, "Erasure {ErasureId} ended in an unhandled exception; others go on, and it is tried again", erasure.Id);
            }

            return false;
        }
    }
}
