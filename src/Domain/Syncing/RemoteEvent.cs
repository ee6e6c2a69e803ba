using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>One item of a calendar as Exchange gave it, in calendar words. Texts are at most 255 characters.</summary>
public sealed record RemoteEvent
{
    public required string ItemId { get; init; }

    public required string ChangeKey { get; init; }

    public RemoteItemType Type { get; init; }

    public string? Uid { get; init; }

    /// <summary>Of an occurrence: its slot in the pattern.</summary>
    public DateTimeOffset? OriginalStart { get; init; }

    public required EventTimes Times { get; init; }

    public string Title { get; init; } = "";

    public string Location { get; init; } = "";

    public FreeBusy FreeBusy { get; init; }

    /// <summary>Any sensitivity but Normal.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>
    /// Exchange holds back what would tell whose it is: a private item before an account that may not see private ones. Its title, place
    /// and tag are then no more known than before (docs/exchange.md, "Private items").
    /// </summary>
    public bool IsWithheld { get; init; }

    public bool IsCancelled { get; init; }

    public MeetingResponse MyResponse { get; init; }

    /// <summary>Others are invited, or its owner is. Only reading the item itself tells; a window does not.</summary>
    public bool HasAttendees { get; init; }

    public CopyTag? Tag { get; init; }

    /// <summary>The code with which Exchange refused everything but the times; null as a rule. Then the texts are empty.</summary>
    public string? UnreadableCode { get; init; }

    public UnreadableItem? Unreadable => UnreadableCode is { } code ? new UnreadableItem(code, ChangeKey) : null;

    /// <summary>Whether anybody may read its texts: never those of a private event, and none with the integration's toggle off.</summary>
    public bool MayBeShown(bool showTitles) =>
        EventTitle.MayBeShown(showTitles, IsPrivate) && UnreadableCode is null;

    public bool IsOccurrence => Type is RemoteItemType.Occurrence or RemoteItemType.Exception;

    /// <summary>
    /// It is the series that its owner made of this copy, and that stayed when the copy went; also where its owner made it single again.
    /// </summary>
    public bool StayedOf(SyncedEvent copy) => Uid is { } uid && uid == copy.LeftSeries;

    /// <summary>
    /// Another event of the same calendar has the same UID and slot, as imported calendars bring it about: the item id tells them apart.
    /// </summary>
    public bool Collides { get; init; }

    /// <summary>An occurrence is its series and its slot, because its item id may change; anything else is its item id.</summary>
    public string Identity => IsOccurrence && Uid is not null && OriginalStart is { } slot
        ? $"occurrence:{Uid}|{slot.UtcDateTime:yyyyMMdd'T'HHmmss}{(Collides ? $"|{ItemId}" : "")}"
        : $"item:{ItemId}";

    /// <summary>Whether this is its <see cref="Identity"/>, without making that text for each item of a large calendar.</summary>
    public bool Is(string identity) => IsOccurrence
        ? identity == Identity
        : identity.StartsWith("item:", StringComparison.Ordinal) && identity.AsSpan("item:".Length).SequenceEqual(ItemId);

    /// <summary>A title must not reach a log by way of a record.</summary>
    public override string ToString() => $"{Type} {Identity}";
}
