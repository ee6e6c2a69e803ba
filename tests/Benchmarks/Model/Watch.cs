using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Benchmarks.Model;

/// <summary>Stands beside the database of all nodes and notes what must never happen there, whether or not it does harm later.</summary>
internal sealed class Watch(TimeProvider time)
{
    private const int MostRemovals = 10;
    private const double LargestShare = 0.25;
    private readonly Dictionary<Guid, Holding> leases = [];
    private readonly List<(Guid Link, string Unit, DateTimeOffset At, bool Released)> removals = [];

    /// <summary>The laws that were broken, in the order of their breaking.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>An admin has just said that removals were meant.</summary>
    public bool AdminReleases { get; set; }

    public void Taken(Guid link, string owner, DateTimeOffset now, MailboxLease lease)
    {
        if (leases.GetValueOrDefault(link) is { IsHeld: true } holding && holding.Until > now && holding.Owner != owner) Broken.Add($"{owner} took a mailbox at {now:u} that {holding.Owner} holds until {holding.Until:u}");
        leases[link] = new Holding(owner, lease.Token, lease.Until, true);
    }

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

    /// <param name="before">The link's rows before the commit; needed only when something left.</param>
    public void Committed(ChangeSet entry, IReadOnlyList<SyncedEvent> before)
    {
        if (entry.Lease is { } lease && leases.TryGetValue(lease.LinkId, out var holding) && holding.Token != lease.Token) Broken.Add("a node committed although another had taken its mailbox over");
        if (entry.Removals.Count > 0) Left(entry, before);
    }

    /// <summary>
    /// More than ten and more than a quarter within a day is for an admin to decide. Counts in favour of CleanSync: what is past counts as present,
    /// and a copy that leaves without a loss for its appointment, because the booking product had changed that, does not count.
    /// </summary>
    private void Left(ChangeSet entry, IReadOnlyList<SyncedEvent> before)
    {
        var link = entry.Removals[0].LinkId;
        var leaving = entry.Removals.Where(r => !r.Unit.StartsWith("appointment:", StringComparison.Ordinal) || entry.Appointments.Any(a => r.Unit == $"appointment:{a.Id:D}")).ToList();
        var already = removals.Where(r => r.Link == link && r.At >= time.GetUtcNow().AddDays(-1)).ToList();
        removals.AddRange(leaving.Select(r => (link, r.Unit, r.At, AdminReleases)));
        if (AdminReleases || leaving.Count == 0) return;
        var present = before.Where(e => e.Kind is EventKind.External || (e.Kind is EventKind.Copy && e.PushState is not (PushState.Gone or PushState.Withdrawing)))
            .Select(e => e.OriginalStart is not null && e.Uid is not null ? e.Uid : e.Id.ToString()).Distinct().Count();
        var gone = already.Where(r => !r.Released).Select(r => r.Unit).Concat(leaving.Select(r => r.Unit)).Distinct().Count();
        if (gone > MostRemovals && gone > LargestShare * (present + already.Select(r => r.Unit).Distinct().Count()))
            Broken.Add($"{gone} events and appointments of about {present} left within a day, and no admin was asked");
    }

    private sealed record Holding(string Owner, long Token, DateTimeOffset Until, bool IsHeld);
}
