using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Application.AuditLog;
using MediatR;

namespace CleanSync.Api.AuditLog;

internal static class AuditLogEndpoints
{
    public static void MapAuditLog(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit-log", List)
            .WithTags("Audit log")
            .WithName("listAuditEntries")
            .Shows(AuditLogExamples.Page)
            .Produces<AuditLogPage>();

    /// <summary>
    /// What admins did, the newest first: who, what was asked for, from where, the subject before and after, and what came of it.
    /// </summary>
    /// <remarks>
    /// Nothing in it can be changed; whole months can be exported and removed by a command on the server. Secrets, titles and clients'
    /// details are not in it. Where an erasure blanked the name or the mailbox of a staff member, it reads (erased).
    /// </remarks>
    /// <param name="from">ISO 8601 with offset, such as 2026-12-01T00:00:00Z; what began before it is left out.</param>
    /// <param name="to">ISO 8601 with offset; what began at or after it is left out.</param>
    /// <param name="actor">Only actions of this one: the id or the name of an API key, or the subject of a token.</param>
    /// <param name="subject">Only actions about it, such as staff/anna, integration/… or api-key/….</param>
    /// <param name="cursor">The nextCursor of an earlier answer, to go on after it.</param>
    /// <param name="limit">How many at the most, 1 to 200; 50 when it is left out.</param>
    private static async Task<IResult> List(
        Instant? from,
        Instant? to,
        string? actor,
        string? subject,
        string? cursor,
        int? limit,
        IMediator mediator,
        CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListAuditEntries(from?.Value, to?.Value, actor, subject, cursor, limit ?? 50), ct));
}
