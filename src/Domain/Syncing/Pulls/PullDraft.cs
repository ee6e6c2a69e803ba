using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Pushes;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>A plan in the making: what is known, overlaid with what has been decided so far.</summary>
internal sealed class PullDraft
{
    private readonly Dictionary<Guid, SyncedEvent> events;
    private readonly Dictionary<Guid, SyncedEvent> before;
    private readonly Dictionary<string, Guid> byItem;
    private readonly Dictionary<string, Guid> byIdentity;
    private readonly Dictionary<Guid, Appointment> appointments;
    private readonly Dictionary<Guid, Appointment> appointmentsBefore;
    private readonly ILookup<Guid, Guid> copiesOf;
    private readonly List<SyncStep> notes = [];
    private readonly HashSet<Guid> removed = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);
    private readonly HashSet<string> identitiesSeen = new(StringComparer.Ordinal);
    private readonly HashSet<string> shownAsPrivate = new(StringComparer.Ordinal);
    private readonly HashSet<(string Uid, DateTimeOffset? Slot)> cameBack = [];
    private readonly HashSet<string> left = new(StringComparer.Ordinal);

    public PullDraft(PullBasis basis)
    {
        Basis = basis;
        before = new(basis.Known.Count + basis.Copies.Count);
        foreach (var known in basis.Known.Concat(basis.Copies)) before.TryAdd(known.Id, known);
        events = new(before);
        byItem = new(before.Count, StringComparer.Ordinal);
        byIdentity = new(before.Count, StringComparer.Ordinal);
        foreach (var known in before.Values.Where(e => e.LinkId == basis.Link.Id)) Index(known);
        appointmentsBefore = basis.Appointments.ToDictionary(a => a.Id);
        appointments = new(appointmentsBefore);
        copiesOf = before.Values.Where(e => e.AppointmentId is not null).ToLookup(e => e.AppointmentId!.Value, e => e.Id);
    }

    public PullBasis Basis { get; }

    /// <summary>The deletion fuse tripped: what leaves is held.</summary>
    public bool HoldsRemovals { get; set; }

    /// <summary>Units of series of which this plan sees something: whatever leaves of one, it has not left.</summary>
    public IReadOnlySet<string> SeriesSeen { get; set; } = new HashSet<string>();

    /// <summary>UIDs of series that were moved or have another pattern: what leaves of them can not be brought back.</summary>
    public IReadOnlySet<string> Reshaped { get; set; } = new HashSet<string>();

    /// <summary>Which rows are here again under other ids.</summary>
    public Returning? Returning { get; set; }

    public SyncedEvent? ById(Guid id) => removed.Contains(id) ? null : events.GetValueOrDefault(id);

    /// <summary>The row as it was before this plan.</summary>
    public SyncedEvent? AtStart(SyncedEvent row) => before.GetValueOrDefault(row.Id);

    public SyncedEvent? ByItem(string itemId) =>
        byItem.TryGetValue(itemId, out var id) && ById(id) is { } found && found.ItemId == itemId ? found : null;

    public SyncedEvent? ByIdentity(string identity) => byIdentity.TryGetValue(identity, out var id) ? ById(id) : null;

    public Appointment? AppointmentOf(SyncedEvent copy) =>
        copy.AppointmentId is { } id ? appointments.GetValueOrDefault(id) : null;

    /// <summary>The rule that left out the item that was judged last; null when it was kept.</summary>
    public SyncRule? LeftOutBy { get; set; }

    public void Saw(string itemId) => seen.Add(itemId);

    /// <summary>What it says of itself was read just now.</summary>
    public void Read(RemoteEvent remote)
    {
        seen.Add(remote.ItemId);
        identitiesSeen.Add(remote.Identity);
    }

    /// <summary>Every title that is kept of this UID goes: it was not read in this plan, and may be as private.</summary>
    public void Hide(string uid) => shownAsPrivate.Add(uid);

    public void CameBack(RemoteEvent remote)
    {
        if (remote.Uid is { } uid) cameBack.Add((uid, remote.IsOccurrence ? remote.OriginalStart : null));
    }

    public void SawUnreadable(string itemId) => unreadable.Add(itemId);

    /// <summary>Exchange has this item in the calendar: this plan saw it, or a question about it was answered so.</summary>
    public bool IsThere(string itemId) => seen.Contains(itemId) || Basis.StillThere.Contains(itemId);

    /// <summary>Exchange holds this item, in this calendar or another folder, and cannot give it.</summary>
    public bool MayBeThere(string itemId) => unreadable.Contains(itemId) || Basis.MayBeThere.Contains(itemId);

    public void Keep(SyncedEvent changed)
    {
        events[changed.Id] = changed;
        removed.Remove(changed.Id);
        Index(changed);
    }

    public void Remember(string unit) => left.Add(unit);

    public void Remove(SyncedEvent gone) => removed.Add(gone.Id);

    /// <summary>The appointment changed through one copy: all its other copies follow.</summary>
    public void Change(Appointment changed, SyncedEvent through)
    {
        var earlier = appointments[changed.Id];
        appointments[changed.Id] = changed;
        foreach (var sibling in copiesOf[changed.Id].Where(id => id != through.Id).Select(ById).OfType<SyncedEvent>().ToList())
            Keep(sibling.After(earlier, changed, Basis.Now));
    }

    /// <summary>Remembered as it was, so that it can be brought back.</summary>
    public void Undoable(SyncedEvent gone) => notes.Add(new SyncStep.Undoable(gone));

    public void Warn(SyncWarning warning) => notes.Add(new SyncStep.Warn(warning));

    public void Record(SyncConflict conflict) => notes.Add(new SyncStep.Record(conflict));

    public IReadOnlyList<SyncStep> Steps()
    {
        HideTitles();
        var steps = new List<SyncStep>();
        foreach (var (id, appointment) in appointments)
        {
            if (!ReferenceEquals(appointment, appointmentsBefore[id])) steps.Add(new SyncStep.Change(appointment));
        }

        foreach (var (id, old) in before)
        {
            if (removed.Contains(id)) steps.Add(new SyncStep.Remove(old));
        }

        foreach (var (id, kept) in events)
        {
            if (!removed.Contains(id) && kept != before.GetValueOrDefault(id)) steps.Add(new SyncStep.Keep(kept));
        }

        steps.AddRange(left.Select(unit => new SyncStep.Remember(unit)));
        steps.AddRange(cameBack.Select(c => new SyncStep.CameBack(c.Uid, c.Slot)));
        steps.AddRange(shownAsPrivate.Select(uid => new SyncStep.Hide(uid)));
        steps.AddRange(notes);
        return steps;
    }

    private void HideTitles()
    {
        if (shownAsPrivate.Count == 0) return;
        foreach (var row in events.Values.Where(IsToBeHidden).ToList()) Keep(row with { Title = null, Location = null, IsPrivate = true });

        bool IsToBeHidden(SyncedEvent row) =>
            row is { Kind: EventKind.External, Uid: { } uid }
            && (row.Title is not null || row.Location is not null)
            && shownAsPrivate.Contains(uid)
            && !removed.Contains(row.Id)
            && !identitiesSeen.Contains(row.Identity);
    }

    private void Index(SyncedEvent e)
    {
        if (e.ItemId is not null) byItem[e.ItemId] = e.Id;
        byIdentity[e.Identity] = e.Id;
    }
}
