using CleanSync.Api.OpenApi;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>What happens to an integration after it was authorized: pause, resync, disconnection.</summary>
internal static class IntegrationLifeEndpoints
{
    public static void MapIntegrationLife(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/integrations/{id}").WithTags("Exchange integrations");
        group.MapPost("/test", Test).WithName("testIntegration").Example(new LogonTry()).Shows(LifeExamples.Tested)
            .Produces<ConnectionTest>()
            .Refuses<IntegrationNotFound>().Refuses<IntegrationIsPaused>().RefusesForExchange().Refuses<ServiceAccountHasNoMailbox>();
        group.MapPost("/pause", Pause)
            .WithName("pauseIntegration")
            .Example(new IntegrationPause("Exchange is updated", null))
            .Shows(LifeExamples.Paused)
            .Produces<IntegrationView>()
            .Refuses<IntegrationNotFound>().Refuses<IntegrationIsNotAuthorized>().Refuses<IntegrationIsBeingDisconnected>();
        group.MapPost("/resume", Resume).WithName("resumeIntegration").Shows(IntegrationExamples.Active).Produces<IntegrationView>()
            .Refuses<IntegrationNotFound>().Refuses<IntegrationIsNotAuthorized>().Refuses<IntegrationIsBeingDisconnected>();
        group.MapPost("/resync", Resync)
            .WithName("resyncIntegration")
            .Shows(LifeExamples.Resync)
            .Produces<ResyncProgress>(202)
            .Refuses<IntegrationNotFound>()
            .RefusesWhileStill();
        group.MapGet("/resync", GetResync)
            .WithName("getResync")
            .Shows(LifeExamples.Resync)
            .Produces<ResyncProgress>()
            .Refuses<IntegrationNotFound>();
        group.MapPost("/disconnect", Disconnect)
            .WithName("disconnectExchange")
            .Example(LifeExamples.AskFirst)
            .Shows(LifeExamples.ToConfirm)
            .Shows(LifeExamples.Disconnecting, 202)
            .Produces<DisconnectionView>()
            .Produces<DisconnectionView>(202)
            .Refuses<IntegrationNotFound>().Refuses<DisplayNameDiffers>();
        group.MapGet("/disconnection", GetDisconnection)
            .WithName("getDisconnection")
            .Shows(LifeExamples.Disconnected)
            .Produces<DisconnectionView>()
            .Refuses<DisconnectionNotFound>();
        group.MapPost("/disconnection/finish", Finish)
            .WithName("finishDisconnecting")
            .Example(new DisconnectionRequest("Contoso HQ"))
            .Shows(LifeExamples.Disconnected)
            .Produces<DisconnectionView>()
            .Refuses<DisconnectionNotFound>().Refuses<DisplayNameDiffers>().Refuses<NothingIsLeftToFinish>().Refuses<CalendarIsBusy>();
    }

    /// <summary>Tries the stored connection with one logon, also after Exchange refused the password.</summary>
    /// <remarks>When it works, an integration that was stopped by a refused password goes on where it was: nothing is read again. A draft
    /// stays one until it is authorized.</remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Test(Guid id, LogonTry? body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new TestIntegration(id, body?.TryAnyway ?? false), ct)).OkOrProblem();
    }

    /// <summary>Stops sending anything to Exchange, as for planned maintenance.</summary>
    /// <remarks>Bookings and edits go on and wait. Calls that are under way end. After the pause everything catches up: nothing is lost,
    /// and nothing is doubled.</remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Pause(Guid id, IntegrationPause body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new PauseIntegration(id, body.Reason, body.Until), ct)).OkOrProblem();
    }

    /// <summary>Goes on after a pause. An integration that runs is left as it is.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Resume(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ResumeIntegration(id), ct)).OkOrProblem();
    }

    /// <summary>Has every calendar read again from scratch and compared with what is stored.</summary>
    /// <remarks>Answers at once; the same address tells how far it is. No event is doubled and none is lost; until a calendar is read
    /// again, what is stored of it stays.</remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Resync(Guid id, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(new ResyncIntegration(id), ct);
        return result.Refusal is { } refusal
            ? Problems.Of(refusal)
            : TypedResults.Accepted($"/api/v1/integrations/{id}/resync", result.Value);
    }

    /// <summary>How many of how many calendars are read again since the latest resync of all.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> GetResync(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new GetResync(id), ct)).OkOrProblem();
    }

    /// <summary>
    /// Takes the integration out of Exchange and of the booking product. Without its display name: says what that would do, and does
    /// nothing.
    /// </summary>
    /// <remarks>
    /// Exchange's events leave the booking product, appointments' items leave Exchange, appointments stay in the booking product. Only
    /// single items without attendees that prove to be CleanSync's own are deleted; the rest is listed with the reason. The credentials go
    /// last. It goes on by itself, also after a restart.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Disconnect(Guid id, DisconnectionRequest body, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(new DisconnectExchange(id, body.DisplayName), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal);
        return result.Value.State is DisconnectionState.AwaitsConfirmation
            ? TypedResults.Ok(result.Value)
            : TypedResults.Accepted($"/api/v1/integrations/{id}/disconnection", result.Value);
    }

    /// <summary>How far a disconnection is; when it has ended, its report, which is kept.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> GetDisconnection(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new GetDisconnection(id), ct)).OkOrProblem();
    }

    /// <summary>
    /// Ends a disconnection without cleaning up the rest, as when the password is refused for good. What stays in Exchange is listed.
    /// </summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Finish(Guid id, DisconnectionRequest body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new FinishDisconnecting(id, body.DisplayName ?? ""), ct)).OkOrProblem();
    }
}
