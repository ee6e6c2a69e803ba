using CleanSync.Application.AuditLog;
using CleanSync.Application.Syncing;
using CleanSync.Domain.Erasures;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Goes on with every erasure that has not ended: first the rows, then the bytes, then what Exchange holds. Safe to be ended anywhere: each
/// step is one commit, and repeating it changes nothing.
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
                if (await RowsAreDealtWith(erasure, ct)) dealtWith.Add(erasure.Id);
            }

            if (dealtWith.Count > 0) await erasures.Purge(dealtWith, time.GetUtcNow(), ct);
            foreach (var erasure in underWay.Where(e => e.PurgedAt is not null || dealtWith.Contains(e.Id)))
            {
                await clients.FollowItems(erasure, ct);
                await erasures.Finish(erasure.Id, time.GetUtcNow(), ct);
            }
        }

        private async Task<bool> RowsAreDealtWith(Erasure erasure, CancellationToken ct)
        {
            try
            {
                if (erasure.StaffId is not { } staffId) return await clients.EraseRows(erasure, ct);
                if (!await staff.EraseRows(erasure, staffId, ct)) return false;
                await names.Blank(staffId, ct);
                return true;
            }
            catch (LeaseWasLost)
            {
                logger.LogWarning("Another node took over a calendar; erasure {ErasureId} goes on later", erasure.Id);
            }
            catch (Exception surprise) when (!ct.IsCancellationRequested)
            {
                logger.LogError(surprise, "Erasure {ErasureId} ended in a surprise; others go on, and it is tried again", erasure.Id);
            }

            return false;
        }
    }
}
