namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>Of answers to meetings, and of being told of changes.</summary>
internal static class MeetingAndSubscriptionCodes
{
    private const string Own = "Nothing: one's own meeting is not answered.";
    private const string Cancelled = "Remove the meeting from the calendar in Outlook.";
    private const string Delegated = "The delegate answers it.";
    private const string Anew = "Nothing: CleanSync subscribes anew and reads the calendar.";
    private const string Polled = "Nothing: the calendar is polled.";

    public static IReadOnlyList<CodeWords> Rows { get; } =
    [
        new("ErrorCalendarIsOrganizerForAccept", "The staff member is the meeting's organiser and cannot accept it.", Own),
        new("ErrorCalendarIsOrganizerForDecline", "The staff member is the meeting's organiser and cannot decline it.", Own),
        new("ErrorCalendarIsOrganizerForTentative", "The staff member is the meeting's organiser and cannot accept it tentatively.", Own),
        new("ErrorCalendarIsOrganizerForRemove", "The staff member is the meeting's organiser and cannot remove it so.", Own),
        new("ErrorCalendarIsNotOrganizer", "Only the organiser of the meeting may do this.", "The organiser does it in Outlook."),
        new("ErrorCalendarIsCancelledForAccept", "The meeting is cancelled and cannot be accepted.", Cancelled),
        new("ErrorCalendarIsCancelledForDecline", "The meeting is cancelled and cannot be declined.", Cancelled),
        new("ErrorCalendarIsCancelledForTentative", "The meeting is cancelled and cannot be accepted tentatively.", Cancelled),
        new("ErrorCalendarIsDelegatedForAccept", "The meeting was delegated and cannot be accepted by the staff member.", Delegated),
        new("ErrorCalendarIsDelegatedForDecline", "The meeting was delegated and cannot be declined by the staff member.", Delegated),
        new(
            "ErrorCalendarIsDelegatedForTentative", "The meeting was delegated and cannot be accepted tentatively by the staff member.",
            Delegated),
        new(
            "ErrorCalendarMeetingRequestIsOutOfDate", "The meeting has changed since this request.",
            "Read the calendar again, and answer what it shows."),

        new("ErrorSubscriptionNotFound", "The server does not know the subscription: it ended, or another server has it.", Anew),
        new("ErrorInvalidSubscription", "The subscription is not valid any more.", Anew),
        new("ErrorExpiredSubscription", "The subscription has expired.", Anew),
        new("ErrorSubscriptionUnsubscribed", "The subscription was ended.", Anew),
        new("ErrorMissedNotificationEvents", "Changes were not told in time.", Anew),
        new("ErrorReadEventsFailed", "The server could not read what has changed.", Anew),
        new("ErrorInvalidWatermark", "The place in the row of changes is not known any more.", Anew),
        new("ErrorNewEventStreamConnectionOpened", "Another stream was opened for the subscription.", Anew),
        new("ErrorProxiedSubscriptionCallFailure", "The server that has the subscription did not answer the one that was asked.", Anew),
        new("ErrorSubscriptionDelegateAccessNotSupported", "A delegate cannot subscribe to another's calendar.", Polled),
        new("ErrorSubscriptionAccessDenied", "The account may not subscribe to this calendar.", Polled),
    ];
}
