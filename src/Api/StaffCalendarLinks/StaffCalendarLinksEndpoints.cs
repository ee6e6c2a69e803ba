using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CleanSync.Api.StaffCalendarLinks;

internal static class StaffCalendarLinksEndpoints
{
    public static void MapStaffCalendarLinks(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/staff").WithTags("Staff calendar links");
        group.MapGet("", List).WithName("listStaffLinks").Shows(StaffExamples.List).Produces<StaffLinkList>();
        group.MapGet("/{staffId}", Get)
            .WithName("getStaffLink")
            .Shows(StaffExamples.Link)
            .Produces<StaffLinkView>()
            .SendsETag()
            .Refuses<StaffMemberIsNotLinked>();
        group.MapPut("/{staffId}/link", Put)
            .WithName("putStaffLink")
            .Example(StaffLink.Example)
            .Shows(StaffExamples.Link)
            .Shows(StaffExamples.New, 201)
            .Produces<StaffLinkView>()
            .Produces<StaffLinkView>(201)
            .SendsETag()
            .Refuses<IntegrationNotFound>()
            .Refuses<IntegrationIsBeingDisconnected>()
            .Refuses<MailboxIsLinkedAlready>()
            .Refuses<LinkIsBeingDeleted>()
            .Refuses<ChangedMeanwhile>();
        group.MapDelete("/{staffId}/link", Delete).WithName("deleteStaffLink").Shows(StaffExamples.Deleting).Produces<LinkDeletionView>()
            .Refuses<StaffMemberIsNotLinked>().Refuses<ChangedMeanwhile>().Refuses<IntegrationIsBeingDisconnected>();
        group.MapPut("/{staffId}/link/enabled", Enable)
            .WithName("enableStaffLink")
            .Example(new LinkSwitch(false, CopiesDecision.Keep))
            .Shows(StaffExamples.Off)
            .Produces<StaffLinkView>()
            .SendsETag()
            .Refuses<StaffMemberIsNotLinked>()
            .Refuses<ChangedMeanwhile>()
            .Refuses<LinkIsBeingDeleted>()
            .Refuses<IntegrationIsBeingDisconnected>();
        group.MapGet("/{staffId}/runs", Runs)
            .WithName("listSyncRuns")
            .Shows(StaffExamples.Runs)
            .Produces<SyncRunList>()
            .Refuses<StaffMemberIsNotLinked>();
        group.MapGet("/{staffId}/conflicts", Conflicts)
            .WithName("listConflicts")
            .Shows(StaffExamples.Conflicts)
            .Produces<ConflictList>()
            .Refuses<StaffMemberIsNotLinked>();
        group.MapGet("/{staffId}/held-deletions", Held)
            .WithName("listHeldDeletions")
            .Shows(StaffExamples.Held)
            .Produces<HeldDeletionList>()
            .Refuses<StaffMemberIsNotLinked>();
        group.MapPost("/{staffId}/held-deletions/decision", Decide)
            .WithName("decideHeldDeletions")
            .Example(new HeldDeletionsChoice(HeldDeletionsDecision.Release))
            .Shows(StaffExamples.Link)
            .Produces<StaffLinkView>()
            .Refuses<StaffMemberIsNotLinked>()
            .Refuses<LinkIsDisabled>()
            .RefusesWhileStill()
            .Refuses<CalendarIsBusy>();
        group.MapPost("/{staffId}/sync", Sync).WithName("syncStaffCalendar").Produces(204)
            .Refuses<StaffMemberIsNotLinked>().Refuses<LinkIsDisabled>().RefusesWhileStill().Refuses<CalendarIsBusy>()
            .RefusesForExchange().RefusesForMailbox();
        group.MapPost("/{staffId}/resync", Resync)
            .WithName("resyncStaffCalendar")
            .Shows(StaffExamples.ReadAgain)
            .Produces<StaffLinkView>(202)
            .Refuses<StaffMemberIsNotLinked>().Refuses<LinkIsDisabled>().Refuses<IntegrationNotFound>().RefusesWhileStill();
    }

    /// <summary>
    /// The user accounts list, page by page: every staff member with state and reason, grouped by state (error, warning, syncing, off),
    /// then by name.
    /// </summary>
    /// <remarks>
    /// The counts obey integrationId and search, and not state, so that each can stand beside its filter. A page begins behind the staff
    /// member that ended the one before: others who come, leave or are renamed shift nothing. Who changes state between two pages may be
    /// seen twice, or not at all.
    /// </remarks>
    /// <param name="integrationId">Only the staff of this integration.</param>
    /// <param name="state">Only this state: Error, Warning, Syncing or Off.</param>
    /// <param name="search">Only names that hold every one of these words, whatever their case and accents: "oz" finds "Özil".</param>
    /// <param name="cursor">nextCursor of the page before, as it was.</param>
    /// <param name="limit">Staff members on a page, 1 to 200; 50 when left out.</param>
    private static async Task<IResult> List(
        Guid? integrationId,
        AccountState? state,
        string? search,
        string? cursor,
        int? limit,
        IMediator mediator,
        CancellationToken ct) =>
        TypedResults.Ok(
            await mediator.Send(new ListStaffLinks(integrationId, state, search, cursor, limit ?? ListStaffLinks.UsualLimit), ct));

    /// <summary>One staff member's link, with its last sync, pending pushes and latest warnings.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Get(string staffId, IMediator mediator, HttpContext http, CancellationToken ct)
    {
        var link = await mediator.Send(new GetStaffLink(staffId), ct);
        if (link.Refusal is { } refusal) return Problems.Of(refusal);
        http.SendVersion(link.Value.Version);
        return TypedResults.Ok(link.Value);
    }

    /// <summary>
    /// Links a staff member's calendar, or changes the link. Upcoming appointments of a new link are written to Exchange.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused; without it, it is
    /// overwritten.</param>
    private static async Task<IResult> Put(
        string staffId,
        StaffLink body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var put = await mediator.Send(
            new PutStaffLink(staffId, body.StaffName, body.IntegrationId, body.MailboxAddress, body.TimeZone, ifMatch?.Version), ct);
        if (put.Refusal is { } refusal) return Problems.Of(refusal, ifMatch);
        var link = await mediator.Send(new GetStaffLink(staffId), ct);
        if (link.Refusal is { } gone) return Problems.Of(gone);
        http.SendVersion(link.Value.Version);
        return put.Value ? TypedResults.Created($"/api/v1/staff/{Uri.EscapeDataString(staffId)}", link.Value) : TypedResults.Ok(link.Value);
    }

    /// <summary>
    /// Switches syncing of one staff member on or off. Off asks what becomes of the appointments in Outlook; 'pendingPushes' tells how many
    /// are still to be removed.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused.</param>
    private static async Task<IResult> Enable(
        string staffId,
        LinkSwitch body,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var switched = await mediator.Send(new EnableStaffLink(staffId, body.Enabled, body.Copies, ifMatch?.Version), ct);
        if (switched.Refusal is { } refusal) return Problems.Of(refusal, ifMatch);
        return await Get(staffId, mediator, http, ct);
    }

    /// <summary>
    /// Deletes a staff member's link. Their appointments stay in the booking product; what becomes of them in Outlook has to be said.
    /// </summary>
    /// <remarks>
    /// With Remove the link goes when the last copy has left Outlook: until then the answer has 'deleted' false, receipts of appointments
    /// say Withdrawing, and GET of the link counts what is left. It goes on after a restart. Deleting it again with Keep ends it there.
    /// What is kept in Outlook is an ordinary event from then on: choose Remove if the mailbox is to be linked again.
    /// </remarks>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    /// <param name="copies">Keep: the appointments stay in Outlook as they are. Remove: they are removed from Outlook, past ones
    /// too.</param>
    /// <param name="ifMatch">The ETag of the version that was read. With it, a version changed meanwhile is refused.</param>
    private static async Task<IResult> Delete(
        string staffId,
        CopiesDecision copies,
        [FromHeader(Name = "If-Match")] IfMatch? ifMatch,
        IMediator mediator,
        CancellationToken ct)
    {
        var deleted = await mediator.Send(new DeleteStaffLink(staffId, copies, ifMatch?.Version), ct);
        return deleted.Refusal is { } refusal ? Problems.Of(refusal, ifMatch) : TypedResults.Ok(deleted.Value);
    }

    /// <summary>The latest passes of one staff member that brought something in or failed, newest first, at most 50.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Runs(string staffId, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ListSyncRuns(staffId), ct)).OkOrProblem();
    }

    /// <summary>Conflicts: Outlook and the booking product had both changed an appointment, and the booking product won.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Conflicts(string staffId, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ListConflicts(staffId), ct)).OkOrProblem();
    }

    /// <summary>
    /// Removals that wait for a decision, because too much disappeared from Exchange at once. Until then the events go on blocking time.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Held(string staffId, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new ListHeldDeletions(staffId), ct)).OkOrProblem();
    }

    /// <summary>Decides about all held removals of one staff member.</summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Decide(
        string staffId,
        HeldDeletionsChoice body,
        IMediator mediator,
        HttpContext http,
        CancellationToken ct)
    {
        var decided = await mediator.Send(new DecideHeldDeletions(staffId, body.Decision), ct);
        return decided.Refusal is { } refusal ? Problems.Of(refusal) : await Get(staffId, mediator, http, ct);
    }

    /// <summary>Has one staff member's calendar read again from scratch; 'firstSyncDone' is true again when it was.</summary>
    /// <remarks>Answers at once. No event is doubled and none is lost; until the calendar is read again, what is stored of it
    /// stays.</remarks>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Resync(string staffId, IMediator mediator, CancellationToken ct)
    {
        var asked = await mediator.Send(new ResyncStaffCalendar(staffId), ct);
        if (asked.Refusal is { } refusal) return Problems.Of(refusal);
        var link = await mediator.Send(new GetStaffLink(staffId), ct);
        return link.Refusal is { } gone
            ? Problems.Of(gone)
            : TypedResults.Accepted($"/api/v1/staff/{Uri.EscapeDataString(staffId)}", link.Value);
    }

    /// <summary>
    /// Runs a pass for one staff member now, and answers when it has ended: with nothing when it ended well, else with its problem.
    /// </summary>
    /// <param name="staffId" example="anna">The booking product's id of the staff member: 1 to 64 visible characters, no slash.</param>
    private static async Task<IResult> Sync(string staffId, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(new SyncStaffCalendar(staffId), ct);
        return result.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }
}
