namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>
/// External events that a nightly read found otherwise than they were stored, although no change had been reported. They are healed
/// already.
/// </summary>
public sealed record LinkDrift
{
    public static LinkDrift None { get; } = new();

    /// <summary>How many events have drifted since the link was made.</summary>
    public int Events { get; init; }

    /// <summary>When drift was last established; null while there was none.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>
    /// Found by the last nightly read; drift only if the pass after it does not explain them, because change reports lag.
    /// </summary>
    public IReadOnlyList<DriftSuspect> Suspects { get; init; } = [];

    /// <summary>A page of changes was read: what it mentions was no drift, only late.</summary>
    public LinkDrift ExplainedBy(ChangeMentions mentions)
    {
        var left = Suspects.Where(s => !mentions.Explain(s)).ToArray();
        return left.Length == Suspects.Count ? this : this with { Suspects = left };
    }

    /// <summary>A pass has read every page: what is still unexplained has drifted.</summary>
    public LinkDrift Established(DateTimeOffset now) =>
        Suspects.Count == 0 ? this : new LinkDrift { Events = Events + Suspects.Count, LastAt = now };

    /// <summary>What is stored is as it was read just now.</summary>
    public LinkDrift Unsuspecting() => Suspects.Count == 0 ? this : this with { Suspects = [] };

    public LinkDrift Suspecting(IReadOnlyList<DriftSuspect> found) =>
        found.Count == 0 ? this : this with { Suspects = [.. Suspects, .. found] };

    public bool Equals(LinkDrift? other) =>
        other is not null && Events == other.Events && LastAt == other.LastAt && Suspects.SequenceEqual(other.Suspects);

    public override int GetHashCode() => HashCode.Combine(Events, LastAt, Suspects.Count);
}

/// <summary>One event that differed.</summary>
/// <param name="Uid">Of an occurrence: a report about its series explains it, and names another item.</param>
public sealed record DriftSuspect(string ItemId, string? Uid);

/// <summary>What the change reports of a pass named.</summary>
/// <param name="UnknownSeries">Something unknown was deleted: it may have been the series of any occurrence.</param>
public sealed record ChangeMentions(IReadOnlySet<string> ItemIds, IReadOnlySet<string> Uids, bool UnknownSeries)
{
    public static ChangeMentions Nothing { get; } = new(new HashSet<string>(), new HashSet<string>(), false);

    public bool Explain(DriftSuspect suspect) =>
        ItemIds.Contains(suspect.ItemId) || (suspect.Uid is { } uid && (UnknownSeries || Uids.Contains(uid)));

    public ChangeMentions And(ChangeMentions more) => new(
        ItemIds.Union(more.ItemIds, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
        Uids.Union(more.Uids, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
        UnknownSeries || more.UnknownSeries);
}
