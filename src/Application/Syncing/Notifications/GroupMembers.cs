namespace CleanSync.Application.Syncing.Notifications;

/// <summary>A calendar in its group: whether it is subscribed, and if it was refused, how long to leave it alone.</summary>
internal sealed class GroupMember(ListenedCalendar calendar)
{
    public ListenedCalendar Calendar { get; } = calendar;

    public string? Subscription { get; set; }

    private (DateTimeOffset Since, TimeSpan For)? rest;

    public void Rest(DateTimeOffset since, TimeSpan forHowLong) => rest = (since, forHowLong);

    /// <summary>A rest that begins in the time to come was begun by another clock, and is over.</summary>
    public bool WaitsForSubscription(DateTimeOffset now) => Subscription is null && !(rest is var (since, forHowLong) && since <= now && now - since < forHowLong);
}

/// <summary>Who belongs to a group, who is on the way out, and that this has changed.</summary>
internal sealed class GroupMembers : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ListenedCalendar, GroupMember> members = [];
    private readonly List<GroupMember> leaving = [];
    private CancellationTokenSource change = new();

    public IReadOnlyCollection<ListenedCalendar> Calendars
    {
        get { lock (gate) return [.. members.Keys]; }
    }

    public IReadOnlyList<GroupMember> Leaving
    {
        get { lock (gate) return [.. leaving]; }
    }

    public void Assign(IReadOnlyCollection<ListenedCalendar> calendars, DateTimeOffset now)
    {
        lock (gate)
        {
            var wanted = calendars.ToHashSet();
            foreach (var gone in members.Values.Where(m => !wanted.Contains(m.Calendar)).ToList()) Out(gone);
            foreach (var calendar in wanted) members.TryAdd(calendar, new GroupMember(calendar));
        }

        if (HaveWork(now)) change.Cancel();
    }

    /// <summary>Somebody is to be subscribed or unsubscribed.</summary>
    public bool HaveWork(DateTimeOffset now)
    {
        lock (gate) return leaving.Count > 0 || members.Values.Any(m => m.WaitsForSubscription(now));
    }

    public void AllLeave()
    {
        lock (gate)
        {
            foreach (var member in members.Values.ToList()) Out(member);
        }
    }

    public void HasLeft(GroupMember member)
    {
        lock (gate) leaving.Remove(member);
    }

    /// <summary>In the order of their addresses.</summary>
    public IReadOnlyList<GroupMember> Waiting(DateTimeOffset now)
    {
        lock (gate) return [.. members.Values.Where(m => m.WaitsForSubscription(now)).OrderBy(m => m.Calendar.Mailbox, StringComparer.OrdinalIgnoreCase)];
    }

    public Dictionary<string, GroupMember> Subscribed()
    {
        lock (gate) return members.Values.Where(m => m.Subscription is not null).ToDictionary(m => m.Subscription!, StringComparer.Ordinal);
    }

    /// <summary>Is cancelled by the next change.</summary>
    public CancellationToken NextChange()
    {
        lock (gate)
        {
            if (!change.IsCancellationRequested) return change.Token;
            change.Dispose();
            change = new CancellationTokenSource();
            return change.Token;
        }
    }

    public void Dispose() => change.Dispose();

    private void Out(GroupMember member)
    {
        members.Remove(member.Calendar);
        leaving.Add(member);
    }
}
