using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CleanSync.Api.ExchangeIntegrations;

internal static class ExchangeIntegrationsEndpoints
{
    public static void MapExchangeIntegrations(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/integrations").WithTags("Exchange integrations");
        group.MapGet("/versions", Versions)
            .WithName("listExchangeVersions")
            .Shows(ListExchangeVersions.Offered)
            .Produces<ExchangeVersionList>();
        group.MapGet("", List)
            .WithName("listIntegrations")
            .Shows(new[] { IntegrationExamples.Active }).Produces<IReadOnlyList<IntegrationView>>();
        group.MapPost("", Connect)
            .WithName("connectExchange")
            .Example(IntegrationExamples.New)
            .Shows(IntegrationExamples.Saved)
            .Produces<IntegrationView>(201)
            .SendsETag()
            .Refuses<SealingKeyIsMissing>();
        group.MapGet("/{id}", Get)
            .WithName("getIntegration")
            .Shows(IntegrationExamples.Active)
            .Produces<IntegrationView>()
            .SendsETag()
            .Refuses<IntegrationNotFound>();
        group.MapPut("/{id}", Change)
            .WithName("changeIntegration")
            .Example(IntegrationExamples.Change)
            .Shows(IntegrationExamples.Changed)
            .Produces<IntegrationView>()
            .SendsETag()
            .Refuses<IntegrationNotFound>().Refuses<ChangedMeanwhile>().Refuses<NewPasswordIsRefused>()
            .Refuses<NewConnectionDoesNotWork>().Refuses<NewConnectionIsUnreachable>().Refuses<ServiceAccountHasNoMailbox>()
            .Refuses<PasswordIsNeeded>().Refuses<TooManyWrongPasswords>().Refuses<SealingKeyIsMissing>();
        group.MapPut("/{id}/password", Password).WithName("changePassword").Example(new NewPassword("the account's new password"))
            .Shows(IntegrationExamples.Active).Produces<IntegrationView>().SendsETag()
            .Refuses<IntegrationNotFound>().Refuses<ChangedMeanwhile>().Refuses<NewPasswordIsRefused>()
            .Refuses<NewConnectionDoesNotWork>().Refuses<NewConnectionIsUnreachable>()
            .Refuses<ServiceAccountHasNoMailbox>().Refuses<TooManyWrongPasswords>().Refuses<SealingKeyIsMissing>();
        group.MapGet("/{id}/traffic", Traffic)
            .WithName("getTraffic")
            .Shows(LifeExamples.Traffic)
            .Produces<TrafficView>()
            .Refuses<IntegrationNotFound>();
        group.MapDelete("/{id}/traffic/pauses", LiftPauses).WithName("liftPauses")
            .Shows(LifeExamples.TrafficWithoutPauses).Produces<TrafficView>().Refuses<IntegrationNotFound>();
        group.MapPost("/{id}/authorize", Authorize).WithName("authorizeIntegration").Example(new LogonTry())
            .Shows(IntegrationExamples.Authorized).Produces<AuthorizationReport>()
            .Refuses<IntegrationNotFound>()
            .Refuses<ChangedMeanwhile>()
            .Refuses<IntegrationIsPaused>()
            .Refuses<IntegrationIsBeingDisconnected>()
            .RefusesForExchange().Refuses<ServiceAccountHasNoMailbox>();
    }

    /// <summary>The Exchange versions to choose from, with what to choose when the server's own name is not among them.</summary>
    private static async Task<IResult> Versions(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListExchangeVersions(), ct));

    /// <summary>All integrations of the organisation.</summary>
    private static async Task<IResult> List(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListIntegrations(), ct));

    /// <summary>Connects Exchange: saves a new integration as a draft.</summary>
    /// <remarks>Nothing is sent to Exchange before the integration is authorized.</remarks>
    private static async Task<IResult> Connect(NewIntegration body, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var result = await mediator.Send(body.ToCommand(), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal);
        http.SendVersion(result.Value.Version);
        return TypedResults.Created($"/api/v1/integrations/{result.Value.Id}", result.Value);
    }

    /// <summary>One integration; its password is never shown.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Get(Guid id, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var result = await mediator.Send(new GetIntegration(id), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal);
        http.SendVersion(result.Value.Version);
        return TypedResults.Ok(result.Value);
    }

    /// <summary>Replaces an integration's settings, and its password when a new one is given.</summary>
    /// <remarks>
    /// A changed connection or password of an integration that was authorized is tried with one logon before it replaces what works; if it
    /// does not work, or the server cannot be reached, nothing is changed. A draft is tried when it is authorized, a paused integration
    /// when it is resumed. In every status the stored password stays where it was given for: another server, account, kind of logon or
    /// trust needs <c>password</c> in the same request.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused; without it, it is
    /// overwritten.</param>
    private static async Task<IResult> Change(
        Guid id,
        IntegrationChange body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var result = await mediator.Send(body.ToCommand(id, ifMatch?.Version), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal, ifMatch);
        http.SendVersion(result.Value.Version);
        return TypedResults.Ok(result.Value);
    }

    /// <summary>Replaces the service account's password, and nothing else.</summary>
    /// <remarks>
    /// The new password of an integration that was authorized is tried with one logon before it replaces what is stored; one that does not
    /// work changes nothing.
    /// A draft is tried when it is authorized, a paused integration when it is resumed.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    /// <param name="ifMatch">
    /// The ETag of the version that was read. With it, a version changed meanwhile is refused; without it, it is overwritten.
    /// </param>
    private static async Task<IResult> Password(
        Guid id,
        NewPassword body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var result = await mediator.Send(new ChangePassword(id, body.Password, body.TryAnyway, ifMatch?.Version), ct);
        if (result.Refusal is { } refusal) return Problems.Of(refusal, ifMatch);
        http.SendVersion(result.Value.Version);
        return TypedResults.Ok(result.Value);
    }

    /// <summary>How calls to Exchange flow just now: under way, waiting, and paused because Exchange asked for it.</summary>
    /// <remarks>
    /// Nothing is sent to a mailbox, or to the whole server, before the time that it named, an hour at the most; this holds over a restart,
    /// and for new bookings too.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Traffic(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new GetTraffic(id), ct)).OkOrProblem();
    }

    /// <summary>Ends every pause that Exchange, or a proxy before it, asked for.</summary>
    /// <remarks>
    /// For a pause that was asked for by mistake. One call goes alone first; when it goes well the others follow, otherwise the next one
    /// waits for a minute, and for longer each time. A pause that an admin made is ended by resuming.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> LiftPauses(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new LiftPauses(id), ct)).OkOrProblem();
    }

    /// <summary>
    /// Checks the integration against Exchange; when the account itself works it becomes active and the first sync begins.
    /// </summary>
    /// <remarks>
    /// Logs on once, so that a wrong password cannot lock the account, and reports for each enabled staff member whether the account may
    /// read and write the calendar. A problem of the account or of the connection leaves the integration inactive and says what to do.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    /// <param name="estimate">True: the report also says, for up to 20 calendars, what the first sync will do on each side. It reads them
    /// for that, which takes longer.</param>
    private static async Task<IResult> Authorize(
        Guid id,
        LogonTry? body,
        IMediator mediator,
        CancellationToken ct,
        bool estimate = false)
    {
        return (await mediator.Send(new AuthorizeIntegration(id, estimate, body?.TryAnyway ?? false), ct)).OkOrProblem();
    }
}
