namespace CleanSync.Domain.SyncedEvents;

/// <summary>What can be answered to a meeting request.</summary>
public enum MeetingReply
{
    Accept,
    Tentative,
    Decline,
}

public static class MeetingReplyMeaning
{
    /// <summary>How the calendar's owner stands to the meeting once the reply is carried out.</summary>
    public static MeetingResponse Meaning(this MeetingReply reply) => reply switch
    {
        MeetingReply.Accept => MeetingResponse.Accepted,
        MeetingReply.Tentative => MeetingResponse.Tentative,
        _ => MeetingResponse.Declined,
    };
}
