using CleanSync.Domain.Syncing;
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

            if (options.Appointments is { } kept) await appointments.Trim(now - kept, ct);
        }

        private IEnumerable<(RecordKind Kind, TimeSpan Age)> Ages() =>
        [
            (RecordKind.IdempotencyRecords, options.IdempotencyRecords),
            (RecordKind.SyncRuns, options.SyncRuns),
            (RecordKind.Rechecks, options.Rechecks),
            (RecordKind.Conflicts, options.Conflicts),
            (RecordKind.Disconnections, options.Disconnections),
            (RecordKind.Erasures, options.Erasures),
            (RecordKind.RemovedEvents, RemovedEvent.KeptFor),
            (RecordKind.Removals, DeletionFuse.Memory),
        ];
    }
}
