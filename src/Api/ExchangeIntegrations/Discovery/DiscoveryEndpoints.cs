using CleanSync.Api.OpenApi;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Api.ExchangeIntegrations.Discovery;

internal static class DiscoveryEndpoints
{
    public static void MapDiscovery(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("").WithTags("Exchange integrations");
        group.MapPost("/server-discoveries", Discover).WithName("discoverServer").Example(DiscoveryExamples.New).Shows(
            DiscoveryExamples.Report)
            .Produces<DiscoveryReport>().Refuses<TooManyWrongPasswords>();
        group.MapPost("/integrations/{id}/discovery", Again)
            .WithName("discoverServerAgain")
            .Example(DiscoveryExamples.Again)
            .Shows(DiscoveryExamples.Report)
            .Produces<DiscoveryReport>()
            .Refuses<IntegrationNotFound>().Refuses<MailAddressIsNeeded>().Refuses<PasswordIsNeeded>()
            .Refuses<TooManyWrongPasswords>().Refuses<PasswordCannotBeOpened>();
    }

    /// <summary>Finds the server address for a service account (Autodiscover), before an integration is saved.</summary>
    /// <remarks>
    /// Asks the mail domain of the account, and answers with the proposed address and every step that was tried. Nothing is saved: confirm
    /// the address by connecting Exchange with it. The password goes over https only, to a server inside the mail domain or a host that you
    /// allow, and is sent no second time after one refused logon. This can take a minute, when hosts do not answer.
    /// </remarks>
    private static async Task<IResult> Discover(NewDiscovery body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(body.ToCommand(), ct)).OkOrProblem();
    }

    /// <summary>Finds the server address for a saved integration, with its stored password or one that is typed for it.</summary>
    /// <remarks>
    /// The stored password stays at the stored server and in the domain of the user name; a mail address of another domain, or hosts
    /// beyond that, need <c>password</c>.
    /// For a server that moved. The answer is a proposal: the stored address stays until the integration is changed. A password that
    /// Exchange refused before is not sent, and one that is refused now stops the integration.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Again(Guid id, RepeatedDiscovery body, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(body.ToCommand(id), ct)).OkOrProblem();
    }
}
