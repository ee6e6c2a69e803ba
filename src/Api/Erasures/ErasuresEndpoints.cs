using CleanSync.Api.OpenApi;
using CleanSync.Application.Erasures;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using MediatR;

namespace CleanSync.Api.Erasures;

internal static class ErasuresEndpoints
{
    private const string OneOfBoth = "Give either appointmentIds or staffId.";

    public static void MapErasures(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/erasures").WithTags("Erasures");
        group.MapPost("/search", Search).WithName("findClientAppointments")
            .Example(ClientToFind.Example).Shows(ErasureExamples.Found).Produces<FoundAppointments>();
        group.MapPost("", Erase).WithName("beginErasure")
            .Example(ErasureRequest.Example).Shows(ErasureExamples.Begun).Produces<ErasureView>(202)
            .Refuses<AppointmentNotFound>().Refuses<AppointmentsAreStillToCome>();
        group.MapGet("", List).WithName("listErasures")
            .Shows(new[] { ErasureExamples.Finished with { NotRewritten = [] } }).Produces<IReadOnlyList<ErasureView>>();
        group.MapGet("/{id}", Get).WithName("getErasure")
            .Shows(ErasureExamples.Finished).Produces<ErasureView>().Refuses<ErasureNotFound>();
        group.MapPost("/{id}/finish", Finish).WithName("finishErasure")
            .Shows(ErasureExamples.Begun).Produces<ErasureView>().Refuses<ErasureNotFound>();
    }

    /// <summary>Finds the appointments of a client. Nothing is changed: it says which ids an erasure would take.</summary>
    /// <remarks>What is searched for goes in the body, so that it stands in no address; it is stored and logged nowhere, and the answer
    /// does not repeat it.</remarks>
    private static async Task<IResult> Search(ClientToFind body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new FindClientAppointments(body.Name, body.Phone, body.Email), ct));

    /// <summary>Erases the clients of appointments, or a staff member, here and in Exchange.</summary>
    /// <remarks>
    /// Answers at once; the address of the erasure shows how far it is, and is its report afterwards. It goes on by itself, also after a
    /// restart. Client, notes, undo entries and idempotency marks go, and items in Outlook are rewritten without the client. Of a staff
    /// member the link goes with its events and with CleanSync's items in the calendar, and their names go wherever they stand. It cannot
    /// be taken back.
    /// </remarks>
    private static async Task<IResult> Erase(ErasureRequest body, IMediator mediator, CancellationToken ct)
    {
        if (body.AppointmentIds is null == body.StaffId is null)
            return Problems.Of(
                new InvalidRequest(new Dictionary<string, string[]> { ["appointmentIds"] = [OneOfBoth], ["staffId"] = [OneOfBoth] }));
        IRequest<Result<ErasureView>> erase = body.StaffId is { } staffId
            ? new EraseStaffMember(staffId, body.CancelFuture)
            : new EraseAppointments(body.AppointmentIds!, body.CancelFuture);
        var result = await mediator.Send(erase, ct);
        return result.Refusal is { } refusal
            ? Problems.Of(refusal)
            : TypedResults.Accepted($"/api/v1/erasures/{result.Value.Id}", result.Value);
    }

    /// <summary>
    /// All erasures whose reports are kept, the newest first, at most 200, with their counts; each one's own address lists what waits and
    /// what stays.
    /// </summary>
    private static async Task<IResult> List(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListErasures(), ct));

    /// <summary>How far an erasure is; when it has ended, its report. It holds ids and counts, and nothing of a client.</summary>
    /// <param name="id">The erasure's id, from beginning it or from the list.</param>
    private static async Task<IResult> Get(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetErasure(id), ct)).OkOrProblem();

    /// <summary>
    /// Ends an erasure without waiting any longer, as when a calendar is out of reach for good: everything here is erased, and what stays
    /// in Exchange is listed.
    /// </summary>
    /// <remarks>Appointments that are still to come stay as they are. By itself an erasure waits for 30 days.</remarks>
    /// <param name="id">The erasure's id, from beginning it or from the list.</param>
    private static async Task<IResult> Finish(Guid id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new FinishErasure(id), ct)).OkOrProblem();
}
