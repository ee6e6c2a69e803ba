using CleanSync.Api.OpenApi;
using CleanSync.Api.Wire;
using CleanSync.Application.SyncedEvents;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Api.SyncedEvents;

internal static class SyncedEventsEndpoints
{
    public static void MapSyncedEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/staff/{staffId}/calendar", Read).WithTags("Staff calendars").WithName("getStaffCalendar").Produces<StaffCalendarView>()
            .Refuses<StaffMemberIsNotLinked>();

    /// <summary>A staff member's calendar: their appointments and what Exchange says is busy, in order of start, with how fresh it is.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member, 1 to 64 characters.</param>
    /// <param name="from" example="2026-12-07T00:00:00Z">ISO 8601 with offset; what ends at or before it is left out.</param>
    /// <param name="to" example="2026-12-14T00:00:00Z">ISO 8601 with offset; what starts at or after it is left out. At most 400 days after 'from'.</param>
    private static async Task<IResult> Read(string staffId, Instant from, Instant to, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(new GetStaffCalendar(staffId, from.Value, to.Value), ct);
        return result.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(result.Value);
    }
}
