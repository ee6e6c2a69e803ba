using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Model.Histories;

/// <summary>Stands beside the database of all nodes and notes what must never happen there, whether or not it does harm later.</summary>
internal sealed class Watch(TimeProvider time)
{
    private const int MostRemovals = 10;
    private const double LargestShare = 0.25;
    private readonly Dictionary<Guid, Holding> leases = [];
    private List<Departure> removals = [];
    private List<Departure> removalsInBackup = [];

    /// <summary>The laws that were broken, in the order of their breaking.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>An admin has just said that removals were meant.</summary>
    public bool AdminReleases { get; set; }

    public void Taken(Guid link, string owner, DateTimeOffset now, MailboxLease lease)
    {
        if (leases.GetValueOrDefault(link) is { IsHeld: true } holding && holding.Until > now && holding.Owner != owner)
            Broken.Add($"{owner} took a mailbox at {now:u} that {holding.Owner} holds until {holding.Until:u}");
        leases[link] = new Holding(owner, lease.Token, lease.Until, true);
    }

    /// <summary>Nobody renewed it in time.</summary>
    public void Ended(Guid link, DateTimeOffset now) => leases[link] = leases[link] with { Until = now };

    public void Renewed(MailboxLease lease, DateTimeOffset until)
    {
        if (leases[lease.LinkId].Token != lease.Token) Broken.Add("a lease that another node took over was renewed");
        else leases[lease.LinkId] = leases[lease.LinkId] with { Until = until };
    }

    public void Released(MailboxLease lease)
    {
        if (leases[lease.LinkId].Token == lease.Token) leases[lease.LinkId] = leases[lease.LinkId] with { IsHeld = false };
    }

    /// <summary>The process that holds the database file has started: on SQLite nobody else can hold a lease.</summary>
    public void Started()
    {
        foreach (var link in leases.Keys) leases[link] = leases[link] with { IsHeld = false };
    }

    public void BackedUp() => removalsInBackup = [.. removals];

    /// <summary>
    /// Nobody can know what left after the backup that is restored: its rows and its removals are in no database any more.
    /// </summary>
    public void Restored()
    {
        removals = [.. removalsInBackup];
        Started();
    }

    /// <param name="before">The link's rows before the commit; needed only when something left.</param>
    public void Committed(ChangeSet entry, IReadOnlyList<SyncedEvent> before)
    {
        if (entry.Lease is { } lease && leases.TryGetValue(lease.LinkId, out var holding) && holding.Token != lease.Token)
            Broken.Add("a node committed although another had taken its mailbox over");
        if (entry.CameBack.Count > 0) CameBack(entry);
        if (entry.Removals.Count > 0) Left(entry, before);
    }

    /// <summary>What is in the calendar again, under whatever id, counts as no removal.</summary>
    private void CameBack(ChangeSet entry)
    {
        var link = entry.Links[0].Id;
        var back = entry.CameBack.Select(b => (b.Uid, b.OriginalStart)).ToHashSet();
        var units = removals.Where(r => r.Link == link && r.Events.Any(back.Contains))
            .Select(r => r.Unit)
            .ToHashSet(StringComparer.Ordinal);
        removals.RemoveAll(r => r.Link == link && units.Contains(r.Unit));
    }

    /// <summary>
    /// More than ten and more than a quarter within a day is for an admin to decide. Counts in favour of CleanSync: what is past counts as
    /// present, and a copy that leaves without a loss for its appointment, because the booking product had changed that, does not count.
    /// </summary>
    private void Left(ChangeSet entry, IReadOnlyList<SyncedEvent> before)
    {
        var link = entry.Removals[0].LinkId;
        var leaving =
            entry.Removals.Where(r => !r.Unit.StartsWith("appointment:", StringComparison.Ordinal)
                || entry.Appointments.Any(a => r.Unit == $"appointment:{a.Id:D}")).ToList();
        var already = removals.Where(r => r.Link == link && r.At >= time.GetUtcNow().AddDays(-1)).ToList();
        var events = entry.Removed.Select(r => r.Event).Where(e => e is { AppointmentId: null, Uid: not null })
            .ToLookup(e => e.OriginalStart is null ? e.Identity : $"series:{e.Uid}", e => (e.Uid!, e.OriginalStart));
        removals.AddRange(leaving.Select(r => new Departure(link, r.Unit, r.At, AdminReleases, [.. events[r.Unit]])));
        if (AdminReleases || leaving.Count == 0) return;
        var present = before.Where(
            e => e.Kind is EventKind.External || (e.Kind is EventKind.Copy && e.PushState is not (PushState.Gone or PushState.Withdrawing)))
            .Select(e => e.OriginalStart is not null && e.Uid is not null ? e.Uid : e.Id.ToString()).Distinct().Count();
        var gone = already.Where(r => !r.Released).Select(r => r.Unit).Concat(leaving.Select(r => r.Unit)).Distinct().Count();
        if (gone > MostRemovals && gone > LargestShare * (present + already.Select(r => r.Unit).Distinct().Count()))
            Broken.Add($"{gone} events and appointments of about {present} left within a day, and no admin was asked");
    }

    /// <param name="Events">The UIDs and slots of an event or of occurrences; none of an appointment.</param>
    private sealed record Departure(
        Guid Link,
        string Unit,
        DateTimeOffset At,
        bool Released,
        IReadOnlyList<(string Uid, DateTimeOffset? Slot)> Events);

    private sealed record Holding(string Owner, long Token, DateTimeOffset Until, bool IsHeld);
}
