using System.Collections.Concurrent;
using CleanSync.Infrastructure.Persistence.Integrations;

namespace CleanSync.Infrastructure.Traffic.Shares;

/// <summary>
/// This node's share of every integration's calls, where several nodes work on one database. A slot counts until a moment that was reckoned
/// from before the database was asked, by the monotonic clock and by the wall's, of which the one stands still while a machine sleeps.
/// </summary>
internal sealed class SharedCalls(CallSlots slots, TimeProvider time) : ICallShares
{
    /// <summary>What was wanted a moment ago is wanted still: calls follow each other.</summary>
    private static readonly TimeSpan WantedFor = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<Guid, Share> shares = new();
    private TaskCompletionSource wanted = NewSignal();

    /// <summary>Completes when somebody waits for a slot.</summary>
    public TaskCompletionSource NextWish
    {
        get
        {
            if (wanted.Task.IsCompleted) wanted = NewSignal();
            return wanted;
        }
    }

    /// <summary>So many slots of all integrations are this node's now.</summary>
    public int Held => shares.Values.Sum(s => IsToCome(s.End) ? s.Held : 0);

    /// <summary>Somebody waits for a slot, or one is to be given back: the next review should be soon.</summary>
    public bool IsUnsettled => shares.Values.Any(s => s.Gate.Waiting > 0 || s.Held > s.MayBegin);

    public void Watch(Guid integrationId, IntegrationTraffic traffic) => shares.GetOrAdd(integrationId, _ => new Share(traffic));

    public int Of(Guid integrationId, int limit) =>
        shares.TryGetValue(integrationId, out var share) && IsToCome(share.End) ? Math.Min(limit, share.MayBegin) : 0;

    public bool Covers(Guid integrationId) =>
        shares.TryGetValue(integrationId, out var share) && IsToCome(share.End) && share.Gate.InUse <= share.Held;

    public void Wanted() => wanted.TrySetResult();

    /// <summary>Asks the database for what this node needs, and gives back what it does not need.</summary>
    public async Task Review(CancellationToken ct)
    {
        foreach (var (integrationId, share) in shares)
        {
            var demand = DemandOf(share);
            if (demand == 0 && share.Held == 0) continue;
            await Review(integrationId, share, demand, ct);
        }
    }

    /// <summary>
    /// To be awaited when this node stops: what is under way ends first. Where that takes too long the slots end by themselves.
    /// </summary>
    public async Task Leave(CancellationToken ct)
    {
        foreach (var share in shares.Values) share.MayBegin = 0;
        while (shares.Values.Any(s => s.Gate.InUse > 0))
        {
            if (ct.IsCancellationRequested) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await slots.GiveBackAll(ct);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// While the question is open nothing begins, so that what it says is in use is the most that can be; and where its answer is lost,
    /// nothing begins until the next one: the database may have given slots to others.
    /// </summary>
    private async Task Review(Guid integrationId, Share share, int demand, CancellationToken ct)
    {
        var end = (time.GetUtcNow() + CallSlots.HeldFor, time.GetTimestamp());
        share.MayBegin = 0;
        var held = await slots.Share(integrationId, share.Limit, demand, share.Gate.InUse, ct);
        share.Held = held.Hold.Count;
        share.End = end;
        share.MayBegin = Math.Min(held.Target, held.Hold.Count);
        share.Gate.Review();
    }

    private int DemandOf(Share share)
    {
        var now = share.Gate.InUse + share.Gate.Waiting;
        if (now >= share.Peak || time.GetElapsedTime(share.PeakAt) > WantedFor) (share.Peak, share.PeakAt) = (now, time.GetTimestamp());
        return share.Peak;
    }

    private bool IsToCome((DateTimeOffset Wall, long Asked) end) =>
        time.GetUtcNow() < end.Wall && time.GetElapsedTime(end.Asked) < CallSlots.HeldFor;

    private sealed class Share(IntegrationTraffic traffic)
    {
        public CallGate Gate => traffic.Gate;

        public int Limit => traffic.Limit;

        /// <summary>So many slots are this node's, until <see cref="End"/>.</summary>
        public int Held { get; set; }

        /// <summary>So many calls at once may have begun: fewer than are held while some of them are to be given back.</summary>
        public volatile int MayBegin;

        public (DateTimeOffset Wall, long Asked) End { get; set; } = (DateTimeOffset.MinValue, 0);

        public int Peak { get; set; }

        public long PeakAt { get; set; }
    }
}
