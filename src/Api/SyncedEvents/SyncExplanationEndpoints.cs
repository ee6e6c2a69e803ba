using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Application.SyncedEvents;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Api.SyncedEvents;

internal static class SyncExplanationEndpoints
{
    public static void MapSyncExplanation(this IEndpointRouteBuilder api)
    {
        api.MapGet("/staff/{staffId}/why", Why)
            .WithTags("Staff calendars")
            .WithName("explainSync")
            .Shows(CalendarExamples.Why)
            .Produces<SyncExplanation>()
            .Refuses<StaffMemberIsNotLinked>().Refuses<AppointmentNotFound>().RefusesForExchange().RefusesForMailbox();
        api.MapGet("/sync-rules", Rules)
            .WithTags("Staff calendars")
            .WithName("listSyncRules")
            .Shows(CalendarExamples.Rules)
            .Produces<SyncRuleList>();
    }

    /// <summary>Why is this not synced? Names the rule that leaves something out, and what to do; or says that it is synced.</summary>
    /// <remarks>
    /// Ask about one thing: an item of Exchange, an appointment, or a span of time. What Exchange has is asked for now. Titles of private
    /// events, and all with the integration's toggle off, read "Busy".
    /// </remarks>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="itemId">Exchange's id of the item.</param>
    /// <param name="appointmentId">The appointment of which the copy is missing in Outlook.</param>
    /// <param name="from">ISO 8601 with offset; with 'to'. Everything that Exchange has in the span is explained.</param>
    /// <param name="to">ISO 8601 with offset; at most 31 days after 'from'.</param>
    private static async Task<IResult> Why(
        string staffId,
        string? itemId,
        Guid? appointmentId,
        Instant? from,
        Instant? to,
        IMediator mediator,
        CancellationToken ct)
    {
        var explained = await mediator.Send(new ExplainSync(staffId, itemId, appointmentId, from?.Value, to?.Value), ct);
        return explained.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(NextCalls.With(explained.Value));
    }

    /// <summary>Every rule that keeps something from being synced, by its stable id, with what to do.</summary>
    private static async Task<IResult> Rules(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(new SyncRuleList([.. (await mediator.Send(new ListSyncRules(), ct)).Rules.Select(NextCalls.With)]));
}
