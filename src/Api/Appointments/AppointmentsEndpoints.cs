using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CleanSync.Api.Appointments;

internal static class AppointmentsEndpoints
{
    public static void MapAppointments(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/appointments").WithTags("Appointments");
        group.MapPost("", Book)
            .WithName("bookAppointment")
            .Example(Booking.Example)
            .Shows(AppointmentExamples.Booked)
            .Produces<AppointmentView>(201)
            .SendsETag()
            .Refuses<IdempotencyKeyWasUsed>().Refuses<BookingWasErased>().Refuses<ChangedMeanwhile>();
        group.MapGet("/{id}", Get)
            .WithName("getAppointment")
            .Shows(AppointmentExamples.Written)
            .Produces<AppointmentView>()
            .SendsETag()
            .Refuses<AppointmentNotFound>();
        group.MapPost("/{id}/move", Move)
            .WithName("moveAppointment")
            .Example(AppointmentMove.Example)
            .Shows(AppointmentExamples.Moved)
            .Produces<AppointmentView>()
            .SendsETag()
            .Refuses<EndIsNotAfterStart>().Refuses<AppointmentNotFound>()
            .Refuses<AppointmentIsCancelled>().Refuses<AppointmentIsErased>().Refuses<ChangedMeanwhile>();
        group.MapPut("/{id}/details", ChangeDetails)
            .WithName("changeAppointmentDetails")
            .Example(AppointmentDetails.Example)
            .Shows(AppointmentExamples.Changed)
            .Produces<AppointmentView>()
            .SendsETag()
            .Refuses<AppointmentNotFound>().Refuses<AppointmentIsCancelled>().Refuses<AppointmentIsErased>().Refuses<ChangedMeanwhile>();
        group.MapPut("/{id}/staff", ChangeStaff)
            .WithName("changeAppointmentStaff")
            .Example(AppointmentStaff.Example)
            .Shows(AppointmentExamples.WithMoreStaff)
            .Produces<AppointmentView>()
            .SendsETag()
            .Refuses<AppointmentNotFound>().Refuses<AppointmentIsCancelled>().Refuses<AppointmentIsErased>().Refuses<ChangedMeanwhile>();
        group.MapPost("/{id}/cancel", Cancel)
            .WithName("cancelAppointment")
            .Shows(AppointmentExamples.Cancelled)
            .Produces<AppointmentView>()
            .SendsETag()
            .Refuses<AppointmentNotFound>().Refuses<ChangedMeanwhile>();
    }

    /// <summary>Books an appointment. Its copies go to Outlook at once; 'copies' of the answer tells how far each has got.</summary>
    /// <param name="idempotencyKey">Any text of at most 200 characters that is new for each booking. Repeating a request with its key
    /// answers with the first booking instead of making a second one.</param>
    private static async Task<IResult> Book(
        Booking body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var booked = await mediator.Send(body.ToCommand(idempotencyKey), ct);
        if (booked.Refusal is { } refusal) return Problems.Of(refusal);
        var result = await mediator.Send(new GetAppointment(booked.Value), ct);
        if (result.Refusal is { } gone) return Problems.Of(gone);
        http.SendVersion(result.Value.Version);
        return TypedResults.Created($"/api/v1/appointments/{result.Value.Id}", result.Value);
    }

    /// <summary>One appointment, with a receipt for each copy in Exchange.</summary>
    /// <param name="id">The appointment's id, from booking it.</param>
    private static async Task<IResult> Get(Guid id, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var result = await mediator.Send(new GetAppointment(id), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal);
        http.SendVersion(result.Value.Version);
        return TypedResults.Ok(result.Value);
    }

    /// <summary>Moves an appointment, and with it all its copies in Outlook.</summary>
    /// <param name="id">The appointment's id, from booking it.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused.</param>
    private static async Task<IResult> Move(
        Guid id,
        AppointmentMove body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var moved = await mediator.Send(new MoveAppointment(id, body.Start, body.End, body.TimeZone, ifMatch?.Version), ct);
        return moved.Refusal is { } refusal ? Problems.Of(refusal, ifMatch) : await Get(id, mediator, http, ct);
    }

    /// <summary>
    /// Replaces title, location, notes and client. In Outlook only what differs is written: what staff changed in other fields of their
    /// copies stays.
    /// </summary>
    /// <param name="id">The appointment's id, from booking it.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused.</param>
    private static async Task<IResult> ChangeDetails(
        Guid id,
        AppointmentDetails body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var changed = await mediator.Send(
            new ChangeAppointmentDetails(id, body.Title, body.Location, body.Notes, body.Client?.ToClient(), ifMatch?.Version), ct);
        return changed.Refusal is { } refusal ? Problems.Of(refusal, ifMatch) : await Get(id, mediator, http, ct);
    }

    /// <summary>
    /// Replaces the staff who take the appointment. Whoever is new and linked gets a copy in Outlook; the copy of whoever is left out is
    /// removed.
    /// </summary>
    /// <param name="id">The appointment's id, from booking it.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused.</param>
    private static async Task<IResult> ChangeStaff(
        Guid id,
        AppointmentStaff body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var changed = await mediator.Send(new ChangeAppointmentStaff(id, body.StaffIds, ifMatch?.Version), ct);
        return changed.Refusal is { } refusal ? Problems.Of(refusal, ifMatch) : await Get(id, mediator, http, ct);
    }

    /// <summary>Cancels an appointment and removes its copies from Outlook. Cancelling twice is done once.</summary>
    /// <param name="id">The appointment's id, from booking it.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused.</param>
    private static async Task<IResult> Cancel(
        Guid id,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var cancelled = await mediator.Send(new CancelAppointment(id, ifMatch?.Version), ct);
        return cancelled.Refusal is { } refusal ? Problems.Of(refusal, ifMatch) : await Get(id, mediator, http, ct);
    }
}
