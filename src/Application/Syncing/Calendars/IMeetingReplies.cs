using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>Answers meeting requests in the staff member's name; the organiser is told. Throws <see cref="CalendarFailure"/>.</summary>
public interface IMeetingReplies
{
    /// <summary>
    /// Carried out only if the meeting still has the change key that it was read with. After a failure with an unknown outcome it may have
    /// been carried out: read the meeting before anything is sent again.
    /// </summary>
    Task<ReplyOutcome> Send(OpenCalendar calendar, RemoteEvent meeting, MeetingReply reply, CancellationToken ct);
}

public abstract record ReplyOutcome
{
    private ReplyOutcome()
    {
    }

    /// <param name="ItemId">The item's id from now on; null when Exchange named none, as after a decline.</param>
    public sealed record Sent(string? ItemId) : ReplyOutcome;

    /// <summary>Somebody changed or removed the item meanwhile: read it again before deciding.</summary>
    public sealed record ChangedMeanwhile : ReplyOutcome;

    /// <summary>This meeting cannot be answered.</summary>
    public sealed record Refused(Error Refusal) : ReplyOutcome;
}
