using System.Text.Json.Serialization;
using CleanSync.Api.OpenApi;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Api.StaffCalendarLinks;

internal static class RecheckEndpoints
{
    public static void MapRechecks(this IEndpointRouteBuilder api)
    {
        var one = api.MapGroup("/staff/{staffId}/recheck").WithTags("Staff calendar links");
        one.MapPost("", AskOne).WithName("recheckStaffLink").Shows(StaffExamples.Asked).Produces<StaffRecheckView>(202)
            .Refuses<StaffMemberIsNotLinked>().Refuses<LinkIsDisabled>().Refuses<IntegrationIsNotAuthorized>();
        one.MapGet("", GetOne)
            .WithName("getStaffRecheck")
            .Shows(StaffExamples.Checked)
            .Produces<StaffRecheckView>()
            .Refuses<StaffMemberIsNotLinked>();
        var many = api.MapGroup("/integrations/{id}/recheck").WithTags("Staff calendar links");
        many.MapPost("", AskMany)
            .WithName("recheckIntegration")
            .Example(new RecheckChoice(RecheckScope.Failed))
            .Shows(StaffExamples.ManyAsked)
            .Produces<RecheckView>(202)
            .Refuses<IntegrationNotFound>().Refuses<IntegrationIsNotAuthorized>();
        many.MapGet("", GetMany)
            .WithName("getRecheck")
            .Shows(StaffExamples.ManyChecked)
            .Produces<RecheckView>()
            .Refuses<IntegrationNotFound>();
    }

    /// <summary>
    /// Has one staff member's mailbox opened and read anew as soon as its turn comes; GET on the same address shows the result.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> AskOne(string staffId, IMediator mediator, CancellationToken ct)
    {
        if ((await mediator.Send(new RecheckStaffLink(staffId), ct)).Refusal is { } refusal) return Problems.Of(refusal);
        var view = await mediator.Send(new GetStaffRecheck(staffId), ct);
        return view.Refusal is { } gone
            ? Problems.Of(gone)
            : TypedResults.Accepted($"/api/v1/staff/{Uri.EscapeDataString(staffId)}/recheck", view.Value);
    }

    /// <summary>How the check of one staff member stands: whether it is still to come, and what was found.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> GetOne(string staffId, IMediator mediator, CancellationToken ct)
    {
        var view = await mediator.Send(new GetStaffRecheck(staffId), ct);
        return view.OkOrProblem();
    }

    /// <summary>Has the mailboxes of the failed, or of all, staff members checked; GET on the same address shows the progress.</summary>
    /// <remarks>
    /// Each is checked when its turn comes, within the calls that the integration may make at once. It goes on after a restart. A refused
    /// password stops it; nothing is tried again before the integration is authorized.
    /// </remarks>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> AskMany(Guid id, RecheckChoice body, IMediator mediator, CancellationToken ct)
    {
        if ((await mediator.Send(new RecheckIntegration(id, body.Which), ct)).Refusal is { } refusal) return Problems.Of(refusal);
        var view = await mediator.Send(new GetRecheck(id), ct);
        return view.Refusal is { } gone ? Problems.Of(gone) : TypedResults.Accepted($"/api/v1/integrations/{id}/recheck", view.Value);
    }

    /// <summary>How the latest check of many staff members stands: how many have a result, and how those stand now.</summary>
    /// <param name="id">The integration's id, from connecting it or from the list.</param>
    private static async Task<IResult> GetMany(Guid id, IMediator mediator, CancellationToken ct)
    {
        var view = await mediator.Send(new GetRecheck(id), ct);
        return view.OkOrProblem();
    }
}

/// <param name="Which">Failed: who shows a warning or an error of their own. All: everybody who is switched on.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RecheckChoice(RecheckScope Which);
