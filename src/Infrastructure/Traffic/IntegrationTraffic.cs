using System.Collections.Concurrent;
using System.Globalization;
using CleanSync.Application.Traffic;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic.Shares;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// What this node knows of one integration's traffic: the gate, the pauses that it has met, and how many calls the server stands.
/// </summary>
internal sealed class IntegrationTraffic
{
    private readonly ConcurrentDictionary<string, Met> pauses = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private (int Calls, DateTimeOffset Since)? granted;

    public IntegrationTraffic(Guid integrationId, ICallShares shares, TimeProvider time)
    {
        this.time = time;
        Gate = new CallGate(() => shares.Of(integrationId, Limit), time);
    }

    public CallGate Gate { get; }

    public int Setting { get; set; } = 1;

    /// <summary>Calls at once that the server stands, of all nodes together.</summary>
    public int Limit
    {
        get
        {
            var now = time.GetUtcNow();
            // the clock has gone back: the quiet time begins anew
            if (granted is { } known && known.Since > now) granted = (known.Calls, now);
            return CallsGranted.At(now, Setting, granted?.Calls, granted?.Since);
        }
    }

    public void Grant(int calls, DateTimeOffset since) => granted = (calls, since);

    /// <param name="lifts">How often pauses had been lifted when it was met.</param>
    public void Pause(string mailbox, DateTimeOffset until, string reason, int lifts) => pauses.AddOrUpdate(
        mailbox, new Met(until, reason, lifts), (_, known) => known.Until > until && known.Until <= time.GetUtcNow() + TrafficPause.Longest
            ? known
            : new Met(until, reason, lifts));

    public void Learn(TrafficRow? stored, string mailbox)
    {
        var lifts = stored?.Lifts ?? 0;
        foreach (var lifted in pauses.Where(p => p.Value.Lifts < lifts)) pauses.TryRemove(lifted);
        foreach (var pause in stored?.Pauses(mailbox) ?? [])
        {
            if (pause.Trial != 2) Pause(pause.Mailbox, pause.Until, pause.Reason, lifts);
        }

        if (stored is { GrantedCalls: { } calls, GrantedAt: { } since } && (granted is not { } known || since > known.Since))
            Grant(calls, since);
    }

    public bool IsPaused(string mailbox, DateTimeOffset now) => Holding(mailbox, now) is not null;

    public void ThrowIfPaused(string mailbox, DateTimeOffset now)
    {
        if (Holding(mailbox, now) is { } pause)
            throw TrafficGovernor.Held(
                pause.Until - now,
                string.Create(CultureInfo.InvariantCulture, $"{pause.Reason}, until {pause.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
    }

    private Met? Holding(string mailbox, DateTimeOffset now)
    {
        foreach (var paused in new[] { TrafficRecords.Whole, mailbox })
        {
            if (!pauses.TryGetValue(paused, out var pause)) continue;
            if (TrafficPause.Holds(pause.Until, now)) return pause;
            pauses.TryRemove(new KeyValuePair<string, Met>(paused, pause));
        }

        return null;
    }

    private sealed record Met(DateTimeOffset Until, string Reason, int Lifts);
}
