using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using MediatR;

namespace CleanSync.Application.Retention;

/// <summary>
/// Removes what is older than its retention, in small batches, so that nobody waits for it. Nothing goes while the clock is not trusted.
/// </summary>
public sealed record TrimRecords : IRequest
{
    /// <summary>Rows in one transaction.</summary>
    public const int Batch = 200;

    internal sealed class Handler(
        IOldRecords records,
        AppointmentRetention appointments,
        IClockTrust clock,
        RetentionOptions options,
        TimeProvider time) : AsyncRequestHandler<TrimRecords>
    {
        protected override async Task Handle(TrimRecords command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            foreach (var (kind, age) in Ages())
            {
                var isMore = true;
                while (isMore && await clock.MayTrim(ct)) isMore = await records.Remove(kind, now - age, Batch, ct) >= Batch;
            }

            if (options.AppointmentDays is { } days) await appointments.Trim(now - TimeSpan.FromDays(days), ct);
        }

        private IEnumerable<(RecordKind Kind, TimeSpan Age)> Ages() =>
        [
            (RecordKind.IdempotencyRecords, TimeSpan.FromDays(options.IdempotencyDays)),
            (RecordKind.SyncRuns, TimeSpan.FromDays(options.SyncRunDays)),
            (RecordKind.Rechecks, TimeSpan.FromDays(options.RecheckDays)),
            (RecordKind.Conflicts, TimeSpan.FromDays(options.ConflictDays)),
            (RecordKind.Disconnections, TimeSpan.FromDays(options.DisconnectionDays)),
            (RecordKind.Erasures, TimeSpan.FromDays(options.ErasureDays)),
            (RecordKind.RemovedEvents, RemovedEvent.KeptFor),
            (RecordKind.Removals, DeletionFuse.Memory),
            (RecordKind.Warnings, RemovedEvent.KeptFor),
        ];
    }
}
