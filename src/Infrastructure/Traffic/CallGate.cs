namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// As many calls at once as one server stands, and one at a time for each mailbox. Mailboxes that wait take turns, so that one with many
/// calls holds up no other. What answers slowly gives way: see docs/adr/0013-slow-mailboxes-give-way.md.
/// </summary>
/// <param name="limit">Asked anew whenever a place is given.</param>
internal sealed class CallGate(Func<int> limit, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedList<Place>> waiting = new(StringComparer.Ordinal);
    private readonly LinkedList<string> turns = new();
    private readonly List<CallSlot> inside = [];
    private readonly HashSet<string> suspects = new(StringComparer.Ordinal);
    private readonly SlowCallThreshold slowAfter = new();

    public int InUse
    {
        get { lock (gate) return inside.Count; }
    }

    public int Waiting
    {
        get { lock (gate) return waiting.Values.Sum(queue => queue.Count); }
    }

    /// <summary>
    /// Waits for the mailbox's turn. Null when there is no point in waiting: for a mailbox that did not answer the last time while as many
    /// of its kind are inside as may be, and for all when every place is held by a slow call that cannot be cut.
    /// </summary>
    /// <param name="mayBeCut">The call can be given up early and repeated: it only reads.</param>
    public Task<CallSlot?> Enter(string mailbox, bool mayBeCut, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var place = new Place(mailbox, mayBeCut);
        lock (gate)
        {
            if (suspects.Contains(mailbox) && Slow >= Share && !inside.Exists(p => p.Mailbox == mailbox))
                return Task.FromResult<CallSlot?>(null);
            if (!waiting.TryGetValue(mailbox, out var queue))
            {
                waiting[mailbox] = queue = [];
                turns.AddLast(mailbox);
            }

            queue.AddLast(place);
        }

        GiveTurns();
        return place.Given.Task.IsCompleted ? place.Given.Task : Wait(place, ct);
    }

    /// <summary>The limit has changed.</summary>
    public void Review() => GiveTurns();

    private int Slow => inside.Count(p => p.IsSlow);

    /// <summary>So many places may be held by slow calls while others wait: a quarter.</summary>
    private int Share => Math.Max(1, limit() / 4);

    internal void Leave(CallSlot passage, bool answered, bool inTime)
    {
        lock (gate)
        {
            inside.Remove(passage);
            if (answered) suspects.Remove(passage.Mailbox);
            else if (!inTime) suspects.Add(passage.Mailbox);
            slowAfter.Note(time.GetElapsedTime(passage.Began));
        }

        GiveTurns();
    }

    /// <summary>A call has lasted longer than calls to this server usually do.</summary>
    internal void IsLate(CallSlot passage)
    {
        lock (gate)
        {
            if (!inside.Contains(passage)) return;
            passage.IsSlow = true;
        }

        GiveTurns();
    }

    private async Task<CallSlot?> Wait(Place place, CancellationToken ct)
    {
        await using (ct.Register(() => GiveUp(place, ct))) return await place.Given.Task;
    }

    private void GiveTurns()
    {
        List<(Place Place, CallSlot CallSlot)> given = [];
        List<CallSlot> cut;
        List<Place> turnedAway = [];
        lock (gate)
        {
            while (Next() is { } mailbox) given.Add(Admit(mailbox));
            cut = GiveWay();
            if (inside.Count > 0 && inside.Count >= limit() && inside.TrueForAll(p => p is { IsSlow: true, IsCut: false }))
                turnedAway = TurnAway();
        }

        foreach (var (place, passage) in given) place.Given.SetResult(passage);
        foreach (var place in turnedAway) place.Given.SetResult(null);
        foreach (var passage in cut) passage.Cut();
    }

    private (Place, CallSlot) Admit(string mailbox)
    {
        var queue = waiting[mailbox];
        var place = queue.First!.Value;
        queue.RemoveFirst();
        turns.Remove(mailbox);
        if (queue.Count > 0) turns.AddLast(mailbox);
        else waiting.Remove(mailbox);
        var passage = new CallSlot(this, mailbox, place.MayBeCut, time, slowAfter.Now) { IsSlow = suspects.Contains(mailbox) };
        inside.Add(passage);
        return (place, passage);
    }

    /// <summary>Whose turn it is; null when nobody can go in.</summary>
    private string? Next() => inside.Count < limit() ? turns.FirstOrDefault(CanGo) : null;

    private bool CanGo(string mailbox) => !inside.Exists(p => p.Mailbox == mailbox) && (!suspects.Contains(mailbox) || Slow < Share);

    /// <summary>Of the slow calls beyond their share, the latest are cut: one for each call that could go instead.</summary>
    private List<CallSlot> GiveWay()
    {
        var wanted = turns.Count(m => CanGo(m) && !suspects.Contains(m)) - inside.Count(p => p.IsCut);
        var beyond = Slow - inside.Count(p => p.IsCut) - Share;
        if (inside.Count < limit() || wanted <= 0 || beyond <= 0) return [];
        var cut = inside.Where(p => p is { IsSlow: true, MayBeCut: true, IsCut: false } && !suspects.Contains(p.Mailbox))
            .Reverse()
            .Take(Math.Min(wanted, beyond))
            .ToList();
        foreach (var passage in cut) passage.IsCut = true;
        return cut;
    }

    private List<Place> TurnAway()
    {
        var all = waiting.Values.SelectMany(queue => queue).ToList();
        waiting.Clear();
        turns.Clear();
        return all;
    }

    /// <summary>Who was let in just now stays in.</summary>
    private void GiveUp(Place place, CancellationToken ct)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(place.Mailbox, out var queue) || !queue.Remove(place)) return;
            if (queue.Count == 0)
            {
                waiting.Remove(place.Mailbox);
                turns.Remove(place.Mailbox);
            }
        }

        place.Given.SetCanceled(ct);
    }

    private sealed class Place(string mailbox, bool mayBeCut)
    {
        public string Mailbox { get; } = mailbox;

        public bool MayBeCut { get; } = mayBeCut;

        public TaskCompletionSource<CallSlot?> Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
