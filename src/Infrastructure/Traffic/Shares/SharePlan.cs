namespace CleanSync.Infrastructure.Traffic.Shares;

/// <summary>
/// Decides which of an integration's call slots a node holds, so that all nodes together never make more calls at once than the limit.
/// Every node reckons the same from the same table. Pure.
/// </summary>
internal static class SharePlan
{
    /// <summary>
    /// What does not go round evenly goes to another node after so long: with fewer slots than nodes everybody gets a turn.
    /// </summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    /// <summary>Whoever has not said for so long what it wants, wants nothing.</summary>
    public static readonly TimeSpan DemandLasts = TimeSpan.FromSeconds(5);

    /// <param name="now">By the database's clock.</param>
    /// <param name="limit">Calls at once that the server stands.</param>
    /// <param name="inUse">Calls of this node that are under way: a slot goes back when its call has ended.</param>
    /// <param name="callTimeout">
    /// A slot whose lease has ended is free so long afterwards: its holder may have begun a call at the last moment.
    /// </param>
    public static SlotChanges Decide(
        IReadOnlyList<CallSlotRow> slots,
        IReadOnlyList<CallDemand> demands,
        Guid me,
        DateTimeOffset now,
        int limit,
        int inUse,
        TimeSpan callTimeout)
    {
        var target = Allot(demands, limit, now).GetValueOrDefault(me);
        var mine = slots.Where(s => s.Holder == me).OrderBy(s => s.Slot).ToList();
        var kept = mine.Take(Math.Max(target, inUse)).ToList();
        var free = slots.Where(s => s.Slot <= limit && (s.Holder is null || s.HeldUntil + callTimeout <= now) && s.Holder != me)
            .OrderBy(s => s.Slot).Take(Math.Max(0, target - kept.Count));
        return new SlotChanges(target, [.. kept.Concat(free).Select(s => s.Slot)], [.. mine.Skip(kept.Count).Select(s => s.Slot)]);
    }

    /// <summary>One after the other in turn, to whoever wants more.</summary>
    private static Dictionary<Guid, int> Allot(IReadOnlyList<CallDemand> demands, int limit, DateTimeOffset now)
    {
        var wanting = demands.Where(d => d.Wanted > 0 && d.SeenAt > now - DemandLasts).OrderBy(d => d.Node).ToList();
        var given = wanting.ToDictionary(d => d.Node, _ => 0);
        if (wanting.Count == 0) return given;
        var first = (int)(now.Ticks / Turn.Ticks % wanting.Count);
        var order = wanting.Skip(first).Concat(wanting.Take(first)).ToList();
        for (var left = limit; left > 0;)
        {
            var before = left;
            foreach (var demand in order.Where(d => given[d.Node] < d.Wanted).TakeWhile(_ => left > 0))
            {
                given[demand.Node]++;
                left--;
            }

            if (left == before) break;
        }

        return given;
    }
}

/// <summary>One of an integration's call slots, as it is stored.</summary>
internal sealed record CallSlotRow
{
    public int Slot { get; init; }

    /// <summary>The life of the node that holds it; null while nobody does.</summary>
    public Guid? Holder { get; init; }

    public DateTimeOffset? HeldUntil { get; init; }
}

/// <summary>How many calls at once a node would make, and when it said so.</summary>
internal sealed record CallDemand
{
    public Guid Node { get; init; }
    public int Wanted { get; init; }
    public DateTimeOffset SeenAt { get; init; }
}

/// <param name="Target">How many calls at once the node may have begun from now on.</param>
/// <param name="Hold">The slots to take or to renew.</param>
/// <param name="GiveBack">The slots to give back.</param>
internal sealed record SlotChanges(int Target, IReadOnlyList<int> Hold, IReadOnlyList<int> GiveBack);
