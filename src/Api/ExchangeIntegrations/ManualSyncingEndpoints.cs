using System.Text.Json.Serialization;
using CleanSync.Api.OpenApi;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Api.ExchangeIntegrations;

internal static class ManualSyncingEndpoints
{
    public static void MapManualSyncing(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/integrations/{id}/manual-syncing").WithTags("Exchange integrations");
        group.MapGet("", Get)
            .WithName("getManualSyncing")
            .Shows(LifeExamples.ManualSyncing)
            .Produces<ManualSyncingView>()
            .Refuses<IntegrationNotFound>();
        group.MapPut("", Change)
            .WithName("changeManualSyncing")
            .Example(new ManualSyncingChoice(true))
            .Shows(LifeExamples.ManualSyncing)
            .Produces<ManualSyncingView>()
            .Refuses<IntegrationNotFound>();
    }

    /// <summary>Whether staff members are switched on by hand, and what the other choice would do: read it before you choose.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Get(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new GetManualSyncing(id), ct)).OkOrProblem();
    }

    /// <summary>
    /// Turns manual user syncing on or off. Who syncs stays as they are; it decides how staff members begin who are linked from now on.
    /// </summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> Change(Guid id, ManualSyncingChoice body, IMediator mediator, CancellationToken ct)
    {
        var changed = await mediator.Send(new ChangeManualSyncing(id, body.ManualSyncing), ct);
        return changed.Refusal is { } refusal ? Problems.Of(refusal) : await Get(id, mediator, ct);
    }
}

/// <param name="ManualSyncing">true: a new staff member starts switched off. false: a new staff member syncs at once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ManualSyncingChoice(bool ManualSyncing);
