namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>One try to create a copy in Exchange, committed before it is sent.</summary>
/// <param name="Id">Travels with the item as its CleanSyncAttempt property.</param>
/// <param name="Deadline">When the call is given up; null once the outcome is known.</param>
/// <param name="Uid">The UID that was sent with the create, until Exchange told the item's. Null when neither is known.</param>
/// <param name="UidIsTold">Exchange told it; a server may give a UID of its own instead of the one that was sent.</param>
/// <param name="SentStart">The start that was sent.</param>
/// <param name="Before">What both sides had agreed on when it was opened: an item of an earlier attempt knows no more.</param>
public sealed record CreateAttempt(
    Guid Id,
    DateTimeOffset? Deadline,
    string? Uid,
    bool UidIsTold,
    DateTimeOffset? SentStart,
    Agreement? Before = null)
{
    private const string OfOurs = "@cleansync";

    public bool IsOpen => Deadline is not null;

    /// <summary>Exchange gave the item another UID than the one that was sent.</summary>
    public bool GotAnotherUid => UidIsTold && Uid != Sent(Id);

    public static CreateAttempt Opened(Guid id, DateTimeOffset deadline) => new(id, deadline, Sent(id), false, null);

    public DateTimeOffset OpenedAt => TimeOrderedId.GivenAt(Id);

    /// <summary>The UID that a create of this attempt sends.</summary>
    public static string Sent(Guid id) => $"{id:D}{OfOurs}";

    /// <summary>Whether a create of ours sends such a UID; a later state of this database may have been the one to send it.</summary>
    public static bool IsSent(string uid) =>
        uid.EndsWith(OfOurs, StringComparison.Ordinal) && Guid.TryParseExact(uid.AsSpan(0, uid.Length - OfOurs.Length), "D", out _);
}
