namespace CleanSync.Domain.SyncedEvents;

public sealed record EventNotFound(Guid Id)
    : NotFound($"There is no Exchange event {Id} in this calendar. An event that leaves Exchange, or is declined, leaves here too: read the calendar again.");

public sealed record EventIsNotAMeeting()
    : Conflict("This event is no meeting that somebody else invited to, so there is nothing to answer.");

public sealed record MeetingIsTheirOwn()
    : Conflict("The staff member made this event or organises this meeting. Only an invitation by somebody else can be answered.");

public sealed record MeetingIsCancelled()
    : Conflict("The organiser has cancelled this meeting, so it cannot be answered any more.");

/// <param name="Impersonates">Then no permission on the folder is missing.</param>
public sealed record ResponseWasRefused(string ExchangeCode, bool Impersonates)
    : Conflict($"Exchange did not take the response ({ExchangeCode}). {(Impersonates ? "Answer" : Needed)} the meeting in Outlook.")
{
    private const string Needed = "Under delegate access the service account needs Editor on the calendar; otherwise answer";
}
