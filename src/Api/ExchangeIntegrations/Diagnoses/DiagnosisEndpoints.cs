using CleanSync.Api.OpenApi;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Api.ExchangeIntegrations.Diagnoses;

internal static class DiagnosisEndpoints
{
    public static void MapDiagnosis(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/integrations").WithTags("Exchange integrations");
        group.MapPost("/diagnosis", New)
            .WithName("diagnoseConnection")
            .Example(DiagnosisExamples.New)
            .Shows(DiagnosisExamples.Report)
            .Produces<DiagnosisReport>()
            .Refuses<SealingKeyIsMissing>();
        group.MapPost("/{id}/diagnosis", Saved)
            .WithName("diagnoseIntegration")
            .Example(new SavedDiagnosis())
            .Shows(DiagnosisExamples.Report)
            .Produces<DiagnosisReport>()
            .Refuses<IntegrationNotFound>()
            .Refuses<PasswordCannotBeOpened>();
    }

    /// <summary>Looks at a connection before it is saved: where the way to Exchange ends, why, and what to do about it.</summary>
    /// <remarks>
    /// Goes from the name to the certificate, the logon and the rights on calendars, and reports each step with what was seen, what it
    /// means, and the command for the Exchange Management Shell with its undo. It saves nothing and changes nothing in Exchange. A password
    /// that is refused is sent once, however many mailboxes there are.
    /// </remarks>
    private static async Task<IResult> New(NewDiagnosis body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(body.ToRequest(), ct)).OkOrProblem();
    }

    /// <summary>
    /// Looks at a saved integration with its stored password, and at the rights on a sample of its staff members' calendars.
    /// </summary>
    /// <remarks>
    /// A password that Exchange has refused is not sent again unless <c>tryCredential</c> asks for it; the report then says since when and
    /// why. A password that is refused now stops the integration, as any refused logon does. A successful logon of a stopped integration
    /// does not start it: authorize it for that.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Saved(Guid id, SavedDiagnosis body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new DiagnoseIntegration(id, body.TryCredential, body.SampleSize, body.TryAnyway), ct)).OkOrProblem();
    }
}
