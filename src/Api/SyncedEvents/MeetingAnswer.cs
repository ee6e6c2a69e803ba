using System.Text.Json.Serialization;
using CleanSync.Application.SyncedEvents;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Api.SyncedEvents;

/// <summary>The staff member's answer to a meeting request.</summary>
/// <param name="Response">Accept, Tentative or Decline.</param>
/// <param name="Scope">Of a recurring meeting: Occurrence answers this one, Series all of it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MeetingAnswer(MeetingReply Response, ResponseScope Scope = ResponseScope.Occurrence)
{
    internal static MeetingAnswer Example { get; } = new(MeetingReply.Accept);
}

/// <summary>What came of an answer to a meeting request.</summary>
/// <param name="Response">What Exchange took.</param>
/// <param name="Event">The event as the calendar shows it now; its id can be new. Null when it has left the calendar, as declined events
/// do.</param>
public sealed record MeetingAnswerView(MeetingResponse Response, CalendarEntry? Event);
