using CleanSync.Application;
using CleanSync.Domain;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Security;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure;

/// <summary>
/// One look at a time, whoever asks, and its outcome is everybody's for five seconds: a crowd of probes costs what one costs.
/// </summary>
internal sealed class NodeReadiness(DatabaseProbe database, SealedPasswords passwords, TimeProvider time, ILogger<NodeReadiness> logger)
    : IReadiness
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Lock gate = new();
    private Task<Readiness>? look;
    private long lookedAt;

    public async Task<Readiness> Now(CancellationToken ct)
    {
        try
        {
            return await Latest().WaitAsync(Patience, time, ct);
        }
        catch (TimeoutException)
        {
            var why = new DatabaseIsNotReady($"it does not answer within {Patience.TotalSeconds:0} seconds. Look at the disk.");
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
            await database.Demand(CancellationToken.None);
            return await passwords.Look(CancellationToken.None);
        }
        catch (StorageFailure failure)
        {
            return new Readiness(failure.Refusal, []);
        }
        catch (Exception surprise)
        {
            logger.LogError(surprise, "Nobody knows whether the database can be used");
            return new Readiness(new DatabaseIsNotReady("looking at it failed; the log says how."), []);
        }
        finally
        {
            lock (gate) lookedAt = time.GetTimestamp();
        }
    }
}
