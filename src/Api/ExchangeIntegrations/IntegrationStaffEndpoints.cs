using CleanSync.Api.Appointments;
using CleanSync.Api.OpenApi;
using CleanSync.Application.Appointments;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>What an admin looks at over all staff of one integration.</summary>
internal static class IntegrationStaffEndpoints
{
    public static void MapIntegrationStaff(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/integrations/{id}").WithTags("Exchange integrations");
        group.MapPost("/preview", Preview).WithName("previewIntegration").Example(new LogonTry()).Shows(LifeExamples.Preview)
            .Produces<IntegrationPreview>()
            .Refuses<IntegrationNotFound>().RefusesWhileStill().RefusesForExchange().Refuses<ServiceAccountHasNoMailbox>();
        group.MapGet("/held-deletions", Held)
            .WithName("listHeldDeletionsOfIntegration")
            .Shows(LifeExamples.Held).Produces<IReadOnlyList<StaffHeldDeletions>>()
            .Refuses<IntegrationNotFound>();
        group.MapGet("/removals", Removals)
            .WithName("listRemovalsOfIntegration")
            .Shows(AppointmentExamples.OfIntegration).Produces<IReadOnlyList<StaffRemoval>>()
            .Refuses<IntegrationNotFound>();
    }

    /// <summary>
    /// Does everything that the first sync will do, without doing it, and says per staff member what will appear and what will be written.
    /// </summary>
    /// <remarks>Logs on once and reads the calendars that were not read yet, 20 at the most. Nothing is written in Exchange, and nothing is
    /// stored but that a refused password was refused.</remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Preview(Guid id, LogonTry? body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new PreviewIntegration(id, body?.TryAnyway ?? false), ct)).OkOrProblem();
    }

    /// <summary>Removals that wait for a decision, over all staff of the integration. The decision is made for each staff member.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Held(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ListHeldDeletionsOfIntegration(id), ct)).OkOrProblem();
    }

    /// <summary>
    /// What deletions in Outlook took away within 30 days, over all staff of the integration, newest first. It is restored for each staff
    /// member.
    /// </summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Removals(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ListRemovalsOfIntegration(id), ct)).OkOrProblem();
    }
}
