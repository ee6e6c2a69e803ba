using CleanSync.Infrastructure.Persistence.Integrations;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// The one call that goes alone when a pause has ended that was cut short or lifted: whether the server is well is not known. Only its
/// success lets the others follow; until then they meet a pause. It is a row with a deadline, so that it holds for every node, and a crash
/// leaves nothing closed for good. Most calls are none, and then this does nothing.
/// </summary>
internal sealed class TrialCall : IAsyncDisposable
{
    private readonly TrafficRecords records;
    private readonly Guid integrationId;
    private readonly TimeProvider time;
    private readonly List<StoredPause> claimed = [];

    private TrialCall(TrafficRecords records, Guid integrationId, TimeProvider time) =>
        (this.records, this.integrationId, this.time) = (records, integrationId, time);

    /// <summary>Null when a trial is under way elsewhere: this call does not go.</summary>
    /// <param name="atMost">How long the call can last.</param>
    public static async Task<TrialCall?> Begin(
        TrafficRecords records,
        Guid integrationId,
        IEnumerable<StoredPause> pauses,
        TimeSpan atMost,
        TimeProvider time,
        CancellationToken ct)
    {
        var trial = new TrialCall(records, integrationId, time);
        var now = time.GetUtcNow();
        foreach (var pause in pauses)
        {
            if (!pause.TrialIsUnderWay(now) && !pause.WantsTrial(now)) continue;
            if (!pause.TrialIsUnderWay(now) && await records.BeginTrial(integrationId, pause.Mailbox, pause.Until, now + atMost, ct))
            {
                trial.claimed.Add(pause with { Until = now + atMost });
                continue;
            }

            await trial.DisposeAsync();
            return null;
        }

        return trial;
    }

    public async Task Succeeded()
    {
        foreach (var pause in claimed) await records.TrialSucceeded(integrationId, pause.Mailbox, pause.Until, CancellationToken.None);
        claimed.Clear();
    }

    /// <summary>The next one waits for longer each time.</summary>
    public async Task Failed()
    {
        foreach (var pause in claimed) await End(pause, PauseAsked.Growing(pause.Strikes), pause.Strikes + 1);
        claimed.Clear();
    }

    /// <summary>It was not sent, or told nothing of the server: another one may go at once.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pause in claimed) await End(pause, TimeSpan.Zero, pause.Strikes);
        claimed.Clear();
    }

    private Task End(StoredPause pause, TimeSpan rest, int strikes) =>
        records.TrialFailed(integrationId, pause.Mailbox, pause.Until, time.GetUtcNow() + rest, strikes, CancellationToken.None);
}
