namespace CleanSync.Domain.Syncing.CleanUp;

/// <summary>An item that stays in Exchange although its integration is disconnected, with the reason.</summary>
/// <param name="Code">Stable: one of <see cref="StayReason"/>, or the code of the failure.</param>
/// <param name="Reason">In words for an admin. Never a title.</param>
public sealed record Leftover(
    Guid Id,
    Guid IntegrationId,
    Guid LinkId,
    string MailboxAddress,
    Guid? AppointmentId,
    DateTimeOffset? StartsAt,
    string Code,
    string Reason,
    DateTimeOffset At)
{
    public static Leftover Of(
        CleanUpItem copy,
        Guid id,
        Guid integrationId,
        StayReason why,
        DateTimeOffset now) =>
        new(id, integrationId, copy.LinkId, copy.Mailbox.Address, copy.AppointmentId, copy.StartsAt, why.Code, why.Text, now);
}

/// <summary>Why an item is not removed.</summary>
public sealed record StayReason(string Code, string Text)
{
    public static StayReason HasAttendees { get; } =
        new("has-attendees", "Its owner invited others. Removing it would be for them to hear of: cancel it in Outlook.");

    public static StayReason IsASeries { get; } =
        new("is-a-series", "Its owner made a series of it. Delete the series in Outlook if it is not wanted any more.");

    public static StayReason IsNotProven { get; } =
        new("is-not-proven-ours", "The item does not carry CleanSync's mark, so nothing proves that CleanSync made it.");

    public static StayReason IsPrivate { get; } = new(
        "item-is-private",
        "Its owner made it private, and the account may not see private items there, so nothing proves that CleanSync made it. Delete it in Outlook.");

    public static StayReason IsNotThere { get; } =
        new(
            "is-not-in-the-calendar",
            "It is in the calendar no more: its owner deleted it for good, or moved it into another folder. There it stays.");

    public static StayReason NotCleanedUp { get; } =
        new(
            "not-cleaned-up",
            "The integration was finished without cleaning up. The item may still be in the calendar: delete it in Outlook.");

    public static StayReason CannotBeTold { get; } = new(
        "several-candidates",
        "Several items there carry CleanSync's mark, and nothing tells which of them CleanSync made and which its owner copied. Delete in Outlook what is not wanted.");

    public static StayReason OutOfReach { get; } = new(
        "out-of-reach",
        "Its mailbox or its calendar could not be reached for 30 days, so nobody tries any more. If it is still there, delete it in Outlook.");

    /// <summary>Why an item that proves to be ours is not removed all the same; null when it may go.</summary>
    public static StayReason? Of(RemoteEvent ours) => ours switch
    {
        { Type: not RemoteItemType.Single } => IsASeries,
        { HasAttendees: true } => HasAttendees,
        _ => null,
    };
}
