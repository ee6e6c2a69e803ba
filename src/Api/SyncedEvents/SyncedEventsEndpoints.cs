using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Application.SyncedEvents;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using MediatR;

namespace CleanSync.Api.SyncedEvents;

internal static class SyncedEventsEndpoints
{
    public static void MapSyncedEvents(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/staff/{staffId}/calendar").WithTags("Staff calendars");
        group.MapGet("", Read)
            .WithName("getStaffCalendar")
            .Shows(CalendarExamples.Calendar)
            .Produces<StaffCalendarView>()
            .Refuses<StaffMemberIsNotLinked>();
        group.MapGet("/events/{id}", Get)
            .WithName("getStaffEvent")
            .Shows(CalendarExamples.Meeting)
            .Produces<CalendarEntry>()
            .Refuses<StaffMemberIsNotLinked>()
            .Refuses<EventNotFound>();
        group.MapPost("/events/{id}/response", Respond)
            .WithName("respondToMeeting")
            .Example(MeetingAnswer.Example)
            .Shows(CalendarExamples.Answered)
            .Produces<MeetingAnswerView>()
            .Refuses<StaffMemberIsNotLinked>()
            .Refuses<EventNotFound>()
            .Refuses<EventIsNotAMeeting>()
            .Refuses<MeetingIsTheirOwn>()
            .Refuses<MeetingIsCancelled>()
            .Refuses<ResponseWasRefused>()
            .Refuses<ChangedMeanwhile>()
            .Refuses<LinkIsDisabled>()
            .RefusesWhileStill()
            .Refuses<CalendarIsBusy>()
            .RefusesForExchange().RefusesForMailbox();
    }

    /// <summary>
    /// A staff member's calendar: their appointments and what Exchange says is busy, in order of start, with how fresh it is.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="from" example="2026-12-07T00:00:00Z">ISO 8601 with offset; what ends at or before it is left out.</param>
    /// <param name="to" example="2026-12-14T00:00:00Z">ISO 8601 with offset; what starts at or after it is left out. At most 400 days after
    /// 'from'.</param>
    private static async Task<IResult> Read(
        string staffId,
        Instant from,
        Instant to,
        IMediator mediator,
        CancellationToken ct)
    {
        return (await mediator.Send(new GetStaffCalendar(staffId, from.Value, to.Value), ct)).OkOrProblem();
    }

    /// <summary>One Exchange event of a staff member's calendar.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="id">The event's id, from the calendar.</param>
    private static async Task<IResult> Get(string staffId, Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new GetStaffEvent(staffId, id), ct)).OkOrProblem();
    }

    /// <summary>
    /// Accepts, tentatively accepts or declines a meeting in the staff member's name; Exchange mails the response to the organiser.
    /// Repeating an answer sends nothing.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="id">The event's id, from the calendar, where myResponse is NotResponded, Accepted or Tentative.</param>
    private static async Task<IResult> Respond(
        string staffId,
        Guid id,
        MeetingAnswer body,
        IMediator mediator,
        CancellationToken ct)
    {
        var result = await mediator.Send(new RespondToMeeting(staffId, id, body.Response, body.Scope), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal);
        var shown = result.Value.EventId is { } eventId ? await mediator.Send(new GetStaffEvent(staffId, eventId), ct) : null;
        return TypedResults.Ok(new MeetingAnswerView(result.Value.Response, shown is { IsRefused: false } ? shown.Value : null));
    }
}
