using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Domain.Syncing.CleanUp;

/// <summary>An item that stays in Exchange although its integration is disconnected, with the reason.</summary>
/// <param name="Reason">One of <see cref="StayReason"/>, or that of the failure.</param>
public sealed record Leftover(
    Guid Id,
    Guid IntegrationId,
    Guid LinkId,
    string MailboxAddress,
    Guid? AppointmentId,
    DateTimeOffset? StartsAt,
    Reason Reason,
    DateTimeOffset At)
{
    public static Leftover Of(
        CleanUpItem copy,
        Guid id,
        Guid integrationId,
        Reason why,
        DateTimeOffset now) =>
        new(id, integrationId, copy.LinkId, copy.Mailbox.Address, copy.AppointmentId, copy.StartsAt, why, now);
}

/// <summary>Why an item is not removed.</summary>
public static class StayReason
{
    public static Reason HasAttendees { get; } =
        new("has-attendees", "Its owner invited others. Removing it would be for them to hear of: cancel it in Outlook.");

    public static Reason IsASeries { get; } =
        new("is-a-series", "Its owner made a series of it. Delete the series in Outlook if it is not wanted any more.");

    public static Reason IsNotProven { get; } =
        new("is-not-proven-ours", "The item does not carry CleanSync's mark, so nothing proves that CleanSync made it.");

    public static Reason IsPrivate { get; } = new(
        ItemIsPrivate.Name,
        "Its owner made it private, and the account may not see private items there, so nothing proves that CleanSync made it. Delete it in Outlook.");

    public static Reason IsNotThere { get; } =
        new(
            "is-not-in-the-calendar",
            "It is in the calendar no more: its owner deleted it for good, or moved it into another folder. There it stays.");

    public static Reason NotCleanedUp { get; } =
        new(
            "not-cleaned-up",
            "The integration was finished without cleaning up. The item may still be in the calendar: delete it in Outlook.");

    public static Reason CannotBeTold { get; } = new(
        "several-candidates",
        "Several items there carry CleanSync's mark, and nothing tells which of them CleanSync made and which its owner copied. Delete in Outlook what is not wanted.");

    public static Reason OutOfReach { get; } = new(
        "out-of-reach",
        "Its mailbox or its calendar could not be reached for 30 days, so nobody tries any more. If it is still there, delete it in Outlook.");

    /// <summary>Why an item that proves to be ours is not removed all the same; null when it may go.</summary>
    public static Reason? Of(RemoteEvent ours) => ours switch
    {
        { Type: not RemoteItemType.Single } => IsASeries,
        { HasAttendees: true } => HasAttendees,
        _ => null,
    };
}
