using CleanSync.Application;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.Infrastructure.Security;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure;

/// <summary>
/// One look at a time, whoever asks, and its outcome is everybody's for five seconds: a crowd of probes costs what one costs.
/// </summary>
internal sealed class NodeReadiness(
    IDatabaseProbe probe,
    Database database,
    SealedPasswords passwords,
    IEnumerable<ClockComparison> clocks,
    ExceptionStreaks streaks,
    TimeProvider time,
    ILogger<NodeReadiness> logger)
    : IReadiness
{
    private static readonly Recurring Looking = new("look");
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    private readonly Lock gate = new();
    private Task<Readiness>? look;
    private long lookedAt;

    public async Task<Readiness> Now(CancellationToken ct)
    {
        try
        {
            return await Latest().WaitAsync(Limit, time, ct);
        }
        catch (TimeoutException)
        {
            var why = new DatabaseIsNotReady($"it does not answer within {Limit.TotalSeconds:0} seconds. Look at the disk.");
            return new Readiness(why, []);
        }
    }

    private Task<Readiness> Latest()
    {
        lock (gate)
        {
            if (look is null || (look.IsCompleted && time.GetElapsedTime(lookedAt) >= Kept)) look = Task.Run(Look);
            return look;
        }
    }

    /// <summary>For all who ask, so nobody's leaving ends it.</summary>
    private async Task<Readiness> Look()
    {
        try
        {
            var seen = await Seen();
            streaks.End(Looking);
            return seen;
        }
        catch (Exception exception)
        {
            streaks.Note(Looking, exception, "this node at its database", Guid.CreateVersion7(time.GetUtcNow()), logger);
            return new Readiness(new DatabaseIsNotReady("looking at it failed; the log says how."), []);
        }
        finally
        {
            lock (gate) lookedAt = time.GetTimestamp();
        }
    }

    private static DatabaseIsNotReady Off(TimeSpan ahead) => new(
        $"this node's clock is {ahead.Duration().TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the database's, "
        + "which several nodes go by. Set both by a time service.");

    private async Task<Readiness> Seen()
    {
        try
        {
            await probe.Demand(CancellationToken.None);
            if (clocks.FirstOrDefault(c => c.IsTooFar) is { } clock) return new Readiness(Off(clock.Ahead), []);
            return await passwords.Look(CancellationToken.None);
        }
        catch (StorageFailure failure)
        {
            return new Readiness(failure.Refusal, []);
        }
        catch (Exception failure) when (database.FailureOf(failure) is { } known)
        {
            return new Readiness(known.Refusal, []);
        }
    }
}
