using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Domain.Syncing.Rules;

/// <summary>Something an admin should know about one event of a link; the pass went on.</summary>
public sealed record SyncWarning(Reason Reason, Guid? EventId)
{
    private SyncWarning(string code, string text, Guid? eventId)
        : this(new Reason(code, text), eventId)
    {
    }

    /// <summary>Ends when the appointment is a single event again, or is gone.</summary>
    public const string SeriesCode = "appointment-became-series";

    /// <summary>Ends when nothing is held any more.</summary>
    public const string HeldCode = "deletions-held";

    /// <summary>Ends when the item can be read, or is gone.</summary>
    public const string UnreadableCode = "item-unreadable";

    public static SyncWarning BecameSeries(Guid eventId) => new(
        SeriesCode,
        "Outlook made a recurring series out of an appointment. The appointment keeps its own time; make further bookings in the booking product.",
        eventId);

    public static SyncWarning CopyWasLost(Guid eventId) => new(
        "copy-was-lost",
        "A copy of an appointment was missing in Exchange and nothing shows that somebody deleted it. It is written again.",
        eventId);

    public static SyncWarning RestoredTooLate(Guid eventId) => new(
        "restored-copy-removed",
        "A deleted appointment was restored in Outlook, but its time is taken or it was cancelled in the booking product. The restored copy is removed.",
        eventId);

    public static SyncWarning DeletionsHeld(int units) => new(
        HeldCode,
        $"{units} events disappeared from Exchange at once. They are kept here and go on blocking time until an admin releases or rejects their removal.",
        null);

    /// <summary>Nothing was adopted, and nothing deleted.</summary>
    public static SyncWarning SeveralCandidates(Guid eventId) => new(
        "several-candidates",
        "An event left Exchange while several others with its identity are there or came. CleanSync cannot tell which is which: the former one is held and blocks its time until an admin releases or rejects its removal.",
        eventId);

    public static SyncWarning SeriesStays(Guid eventId) => new(
        "series-stays-in-outlook",
        "An appointment that Outlook had made a recurring series of is to go. Only the occurrence at the appointment's own time was removed; the series stays, because its owner made it. Delete it in Outlook if it is not wanted.",
        eventId);

    /// <summary>The clean-up of a calendar that the link has left ends with it.</summary>
    public static SyncWarning FormerItemStays(CleanUpItem item, Reason why) => new(
        "former-item-stays",
        $"An appointment{(item.StartsAt is { } start ? $" of {start.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")} stays in a calendar of {item.Mailbox.Address} that this staff member has left. {why.Text}",
        item.EventId);

    public static SyncWarning CalendarReplaced() => new(
        "calendar-was-replaced",
        "The mailbox opens another calendar folder than before. Everything is read again from the new one, and appointments are written into it.",
        null);

    public static SyncWarning DriftHealed(int events) => new(
        "drift-healed",
        $"The nightly comparison found {events} {(events == 1 ? "event" : "events")} otherwise than stored, and Exchange had reported no change. The difference is healed. If this comes back, an Exchange server or a program that writes into the mailbox is at fault.",
        null);

    public static SyncWarning ChangesUnreadable(string code) => new(
        "changes-unreadable",
        $"Exchange cannot tell what changed in this calendar, because of one item that it cannot give ({code}). "
            + "The whole window is read in its place, and the changes are tried again every hour. "
            + "Find the item in Outlook and save or delete it, or have the mailbox repaired with New-MailboxRepairRequest.",
        null);

    /// <param name="blocksTime">Its times are known.</param>
    public static SyncWarning PoisonItem(string reason, Guid eventId, bool blocksTime) => new(
        UnreadableCode,
        $"Exchange could not give an item of this calendar ({reason}). {(blocksTime ? "It blocks its time without a title" : "Not even its times are known, so it blocks none")}; everything else is in sync. Open the item in Outlook and save it, or delete it.",
        eventId);
}
