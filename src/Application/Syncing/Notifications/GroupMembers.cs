namespace CleanSync.Application.Syncing.Notifications;

/// <summary>A calendar in its group, and whether it is subscribed.</summary>
internal sealed class GroupMember(SubscribedCalendar calendar)
{
    public SubscribedCalendar Calendar { get; } = calendar;

    public string? Subscription { get; set; }
}

/// <summary>Who belongs to a group, who is on the way out, and that this has changed.</summary>
internal sealed class GroupMembers(SubscriptionRefusals refusals) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<SubscribedCalendar, GroupMember> members = [];
    private readonly List<GroupMember> leaving = [];
    private CancellationTokenSource change = new();

    public IReadOnlyCollection<SubscribedCalendar> Calendars
    {
        get { lock (gate) return [.. members.Keys]; }
    }

    public IReadOnlyList<GroupMember> Leaving
    {
        get { lock (gate) return [.. leaving]; }
    }

    public void Assign(IReadOnlyCollection<SubscribedCalendar> calendars)
    {
        lock (gate)
        {
            var wanted = calendars.ToHashSet();
            foreach (var gone in members.Values.Where(m => !wanted.Contains(m.Calendar)).ToList()) Out(gone);
            foreach (var calendar in wanted) members.TryAdd(calendar, new GroupMember(calendar));
        }

        if (HaveWork()) change.Cancel();
    }

    /// <summary>Somebody is to be subscribed or unsubscribed.</summary>
    public bool HaveWork()
    {
        lock (gate) return leaving.Count > 0 || members.Values.Any(IsToBeSubscribed);
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
    public IReadOnlyList<GroupMember> Waiting()
    {
        lock (gate) return [.. members.Values.Where(IsToBeSubscribed).OrderBy(m => m.Calendar.Mailbox, StringComparer.OrdinalIgnoreCase)];
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

    private bool IsToBeSubscribed(GroupMember member) => member.Subscription is null && !refusals.Waits(member.Calendar);

    private void Out(GroupMember member)
    {
        members.Remove(member.Calendar);
        leaving.Add(member);
    }
}
