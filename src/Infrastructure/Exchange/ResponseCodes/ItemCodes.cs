using static CleanSync.Infrastructure.Exchange.ResponseCodes.CodeWords;

namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>Of one item: its id, its version, its content, and what may be done with it.</summary>
internal static class ItemCodes
{
    private const string Foreign = "Nothing: an id from before a migration, or of another server, is looked for anew.";
    private const string ReadAgain = "Nothing: the item is read and merged.";
    private const string MoveTimes = "Correct the appointment's times in the booking product.";
    private const string Occurrence = "Nothing: the series is read anew.";
    private const string Shorten = "Shorten the appointment's notes in the booking product.";

    public static IReadOnlyList<CodeWords> Rows { get; } =
    [
        new(
            "ErrorItemNotFound",
            "The item does not exist under this id, or the account may not see it. Some servers say so of a folder as well.",
            "Nothing: it is looked for by its tag."),
        new("ErrorInvalidId", "The id means nothing to this server.", Foreign),
        new("ErrorInvalidIdEmpty", "The id is empty.", Foreign),
        new("ErrorInvalidIdMalformed", "The id has no form that this server knows.", Foreign),
        new("ErrorInvalidIdMalformedEwsLegacyIdFormat", "The id has the form of Exchange 2007 and cannot be read.", Foreign),
        new("ErrorInvalidIdMonikerTooLong", "The id names a mailbox that is too long.", Foreign),
        new("ErrorInvalidIdNotAnItemAttachmentId", "The id is that of an attachment that is no item.", Foreign),
        new("ErrorInvalidIdReturnedByResolveNames", "The id is that of a directory entry.", Foreign),
        new("ErrorInvalidIdStoreObjectIdTooLong", "The id is longer than any.", Foreign),
        new("ErrorInvalidIdTooManyAttachmentLevels", "The id leads through too many attachments.", Foreign),
        new("ErrorInvalidIdXml", "The id cannot be read as XML.", Foreign),
        new("ErrorInvalidChangeKey", "The change key is malformed.", ReadAgain),
        new("ErrorIrresolvableConflict", "Somebody changed the item since it was read.", ReadAgain),
        new("ErrorStaleObject", "The change key is not one of this item any more.", ReadAgain),
        new("ErrorChangeKeyRequiredForWriteOperations", "A write needs the change key of the item.", ReadAgain),
        new("ErrorChangeKeyRequired", "The call needs the change key of the item.", ReadAgain),
        new("ErrorItemCorrupt", "The item is damaged.", OpenAndSave),
        new("ErrorCorruptData", "Data of an item are damaged.", OpenAndSave),
        new("ErrorContentConversionFailed", "The texts of the item cannot be converted.", OpenAndSave),
        new("ErrorItemPropertyRequestFailed", "A property of the item cannot be given.", OpenAndSave),

        new(
            "ErrorItemSave", "The store did not save the item.",
            "Nothing at first. If it stays, give this code to whoever runs the Exchange server."),
        new(
            "ErrorItemSavePropertyError", "The store did not save one of the item's properties.",
            "Nothing at first. If it stays, give this code to whoever runs the Exchange server."),
        new(
            "ErrorPropertyUpdate", "One of the item's properties cannot be changed.",
            "Nothing at first. If it stays, give this code to whoever runs the Exchange server."),
        new(
            "ErrorCannotDeleteObject",
            "The item cannot be deleted so; a delegate may not move items of the owner's to Deleted Items by deleting them.",
            "Grant the account the right on the owner's Deleted Items, or use impersonation."),
        new("ErrorMoveCopyFailed", "The item could not be moved.", ItPasses),
        new("ErrorMessageSizeExceeded", "The item is larger than the mailbox takes.", Shorten),
        new("ErrorDataSizeLimitExceeded", "A text of the item is longer than the server takes.", Shorten),
        new(
            "ErrorTimeZone", "The server does not know the time zone.",
            "Have the time zone updates of Windows installed on the Exchange server; meanwhile a zone of the same offsets stands in."),
        new(
            "ErrorCalendarInvalidTimeZone", "The time zone is not valid.",
            "Have the time zone updates of Windows installed on the Exchange server; meanwhile a zone of the same offsets stands in."),
        new("ErrorCalendarEndDateIsEarlierThanStartDate", "The end lies before the start.", MoveTimes),
        new("ErrorCalendarDurationIsTooLong", "The event is longer than Exchange allows, which is five years.", MoveTimes),
        new("ErrorCalendarOutOfRange", "A time lies outside what Exchange can keep.", MoveTimes),
        new("ErrorCalendarInvalidPropertyValue", "A property of the event has a value that Exchange does not take.", Tell),
        new("ErrorCalendarInvalidRecurrence", "The recurrence of the series is not valid.", OpenAndSave),
        new(
            "ErrorCalendarCannotUpdateDeletedItem", "The item lies in Deleted Items and is not changed there.",
            "Nothing: the next pass sees that it was deleted."),
        new("ErrorOccurrenceCrossingBoundary", "The occurrence would move past its neighbour.", "Move it in Outlook to another time."),
        new("ErrorCalendarOccurrenceIsDeletedFromRecurrence", "The occurrence was deleted from its series.", Occurrence),
        new("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", "The series has no such occurrence.", Occurrence),
        new("ErrorCalendarCannotUseIdForOccurrenceId", "The id is not that of an occurrence.", Occurrence),
        new("ErrorCalendarCannotUseIdForRecurringMasterId", "The id is not that of a series.", Occurrence),
    ];
}
