namespace CleanSync.Domain.Erasures;

/// <summary>What an erasure waits for, or why something stays: a stable code, in words where it is our own.</summary>
public static class Obstacle
{
    public const string IsToCome = "is-still-to-come";
    public const string AttemptIsOpen = "attempt-is-open";
    public const string RemovalWaits = "removal-waits";
    public const string CleanUpWaits = "clean-up-waits";
    public const string CalendarIsBusy = "calendar-is-busy";
    public const string BytesWait = "bytes-wait";
    public const string PushWaits = "push-waits";
    public const string IsASeries = "is-a-series";
    public const string NotCleanedUp = "not-cleaned-up";

    /// <summary>Never a name, an address or a title.</summary>
    public static string Words(string code) => code switch
    {
        IsToCome => "The appointment is still to come. Cancel it, or wait until it is over.",
        AttemptIsOpen =>
            "It is not known yet what became of an item that was being made in Exchange. "
            + "CleanSync finds out by itself, as soon as the calendar can be read.",
        RemovalWaits =>
            "An item waits to be removed from Exchange, which CleanSync does as soon as the calendar can be reached; "
            + "or its removal is held until you decide on it.",
        CleanUpWaits =>
            "An item waits to be removed from a calendar that its staff member has left. "
            + "CleanSync removes it by itself, as soon as that can be reached.",
        CalendarIsBusy =>
            "Another process works on the calendar, or its integration is being disconnected. It goes on by itself afterwards.",
        BytesWait =>
            "It is gone from the tables, but not yet from the bytes of the files: something reads the database, such as an export or a "
            + "backup, or the disk is full. CleanSync tries again by itself.",
        PushWaits => "The item waits to be rewritten. CleanSync does it by itself, as soon as the calendar can be reached.",
        IsASeries => "Its owner made a series of it, which CleanSync does not write into. Correct or delete it in Outlook.",
        NotCleanedUp => "The item may still be in the calendar as it was. Correct or delete it in Outlook.",
        "link-is-disabled" => "The staff member is switched off. Switch them on, or end the erasure and correct the item in Outlook.",
        "integration-is-not-active" =>
            "The integration does not run. Resume or authorize it, or end the erasure and correct the item in Outlook.",
        "has-attendees" => "Its owner invited others. Correct or cancel it in Outlook.",
        "is-not-proven-ours" => "The item does not carry CleanSync's mark, so nothing proves that CleanSync made it.",
        "item-is-private" => "Its owner made it private, and the account may not see private items there. Correct or delete it in Outlook.",
        "is-not-in-the-calendar" =>
            "It is in the calendar no more: its owner deleted it for good, or moved it into another folder. There it stays.",
        _ => "Exchange did not allow it. Look the code up, correct or delete the item in Outlook.",
    };
}
