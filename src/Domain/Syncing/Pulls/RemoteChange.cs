namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>What a pass learned about one item.</summary>
public abstract record RemoteChange
{
    private RemoteChange()
    {
    }

    /// <summary>The item is in the calendar, and this is how it looks now.</summary>
    /// <param name="IsSought">A search for a copy found it: what it was taken for until now does not count.</param>
    public sealed record Seen(RemoteEvent Event, bool IsSought = false) : RemoteChange;

    /// <summary>The master of a series is in the calendar; its occurrences come through the window.</summary>
    public sealed record SeriesSeen(string ItemId, string ChangeKey, string? Uid) : RemoteChange
    {
        /// <summary>The code with which Exchange refused the master, so that nobody knows whether it has our tag; null as a rule.</summary>
        public string? UnreadableCode { get; init; }
    }

    /// <summary>The item is as we last saw or wrote it: our own echo, or a replay.</summary>
    public sealed record Echo(Guid EventId, string? Uid) : RemoteChange;

    /// <summary>The item is in the calendar, and Exchange does not even give its times.</summary>
    /// <param name="ChangeKey">Null when the version was not told.</param>
    public sealed record Unreadable(string ItemId, string? ChangeKey, string Code) : RemoteChange;

    /// <summary>The item left the folder, says one page; a later page may bring it back.</summary>
    public sealed record Staged(Guid EventId) : RemoteChange;

    /// <summary>A stored item is no longer in the calendar, and for a copy: a search by its tag found nothing there either.</summary>
    public sealed record Left(Guid EventId) : RemoteChange
    {
        /// <summary>Of a copy that was found in Deleted Items: its UID there, by which it is known if its owner restores it.</summary>
        public string? Uid { get; init; }

        /// <summary>The attempt that made that item.</summary>
        public Guid? Attempt { get; init; }
    }

    /// <summary>A copy is not where it should be, but nothing proves that a person deleted it.</summary>
    public sealed record Lost(Guid EventId) : RemoteChange;
}
