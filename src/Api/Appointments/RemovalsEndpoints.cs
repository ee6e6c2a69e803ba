using System.Text.Json.Serialization;
using CleanSync.Api.OpenApi;
using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Api.Appointments;

internal static class RemovalsEndpoints
{
    public static void MapRemovals(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/staff/{staffId}/removals").WithTags("Appointments");
        group.MapGet("", List)
            .WithName("listRemovals")
            .Shows(new RemovalList([AppointmentExamples.Removal]))
            .Produces<RemovalList>()
            .Refuses<StaffMemberIsNotLinked>();
        group.MapPost("/{id}/restore", Restore).WithName("restoreRemoval").Example(new RemovalRestoring(false)).Produces(204)
            .Refuses<StaffMemberIsNotLinked>().Refuses<RemovalNotFound>().Refuses<RemovalIsPast>().Refuses<TimeIsTaken>()
            .Refuses<AppointmentNotFound>().Refuses<AppointmentIsCancelled>().Refuses<AppointmentIsErased>().Refuses<ChangedMeanwhile>();
    }

    /// <summary>
    /// What deletions in Outlook took away from one staff member within 30 days: appointments and Exchange events, newest first, at most
    /// 200.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> List(string staffId, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ListRemovals(staffId), ct)).OkOrProblem();
    }

    /// <summary>
    /// Takes a removal back. An appointment is booked again for this staff member and written to Exchange again; an Exchange event blocks
    /// time again, in CleanSync only, until it passes or comes back. Restoring twice is done once.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="id">The removal's id, from the list.</param>
    private static async Task<IResult> Restore(
        string staffId,
        Guid id,
        RemovalRestoring body,
        IMediator mediator,
        CancellationToken ct)
    {
        var restored = await mediator.Send(new RestoreRemoval(staffId, id, body.EvenIfBusy), ct);
        return restored.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}

/// <param name="EvenIfBusy">true books an appointment again although something else takes its time by now.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RemovalRestoring(bool EvenIfBusy);
