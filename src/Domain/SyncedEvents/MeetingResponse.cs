namespace CleanSync.Domain.SyncedEvents;

/// <summary>How a calendar's owner stands to an event.</summary>
public enum MeetingResponse
{
    /// <summary>Exchange says nothing: as a rule an event of their own, without others.</summary>
    None,

    /// <summary>Their own: a meeting that they organise, or an event that they made.</summary>
    Organizer,

    /// <summary>Invited by somebody else, and not answered yet.</summary>
    NotResponded,

    Accepted,

    Tentative,

    Declined,
}
