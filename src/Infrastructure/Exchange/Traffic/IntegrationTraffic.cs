using System.Collections.Concurrent;
using CleanSync.Infrastructure.Persistence;

namespace CleanSync.Infrastructure.Exchange.Traffic;

/// <summary>What this node knows of one integration's traffic: the gate, the pauses that it has met, and how many calls the server stands.</summary>
internal sealed class IntegrationTraffic
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, string Reason)> pauses = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private (int Calls, DateTimeOffset Since)? granted;

    public IntegrationTraffic(TimeProvider time)
    {
        this.time = time;
        Gate = new CallGate(() => Limit, time);
    }

    public CallGate Gate { get; }

    public int Setting { get; set; } = 1;

    public int Limit => CallsGranted.At(time.GetUtcNow(), Setting, granted?.Calls, granted?.Since);

    public void Grant(int calls, DateTimeOffset since) => granted = (calls, since);

    public void Pause(string mailbox, DateTimeOffset until, string reason) =>
        pauses.AddOrUpdate(mailbox, (until, reason), (_, known) => known.Until > until ? known : (until, reason));

    public void Learn(TrafficRow? stored, string mailbox)
    {
        if (stored is { WholeUntil: { } whole, WholeReason: { } why }) Pause(TrafficRecords.Whole, whole, why);
        if (stored is { MailboxUntil: { } until, MailboxReason: { } reason }) Pause(mailbox, until, reason);
        if (stored is { GrantedCalls: { } calls, GrantedAt: { } since } && (granted is not { } known || since > known.Since)) Grant(calls, since);
    }

    public void ThrowIfPaused(string mailbox, DateTimeOffset now)
    {
        foreach (var paused in new[] { TrafficRecords.Whole, mailbox })
        {
            if (!pauses.TryGetValue(paused, out var pause)) continue;
            if (pause.Until > now) throw ExchangeTraffic.Held(pause.Until - now, $"{pause.Reason}, until {pause.Until:HH:mm:ss} UTC");
            pauses.TryRemove(new KeyValuePair<string, (DateTimeOffset, string)>(paused, pause));
        }
    }
}
