using System.Text.Json.Nodes;
using CleanSync.Application.AuditLog;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class ListAuditEntriesHandler(Database database) : IRequestHandler<ListAuditEntries, AuditLogPage>
{
    public async Task<AuditLogPage> Handle(ListAuditEntries query, CancellationToken ct)
    {
        const string sql = """
            select b.id, b.happened_at as at, e.happened_at as ended_at, b.actor_kind, b.actor_id, b.actor_name, b.came_from, b.action,
                coalesce(e.subject, b.subject) as subject, b.note, b.view as before, e.view as after, coalesce(e.outcome, 'Unfinished') as outcome, e.refusal
            from audit_entries b left join audit_entries e on e.begun_id = b.id and e.begun_id is not null
            where b.begun_id is null
                and (@From is null or b.happened_at >= @From)
                and (@To is null or b.happened_at < @To)
                and (@Actor is null or b.actor_id = @Actor or b.actor_name = @Actor)
                and (@Subject is null or coalesce(e.subject, b.subject) = @Subject)
                and (@afterAt is null or b.happened_at < @afterAt or (b.happened_at = @afterAt and b.id < @afterId))
            order by b.happened_at desc, b.id desc limit @take
            """;
        var cursor = AuditCursor.Read(query.Cursor);
        var arguments = new { query.From, query.To, query.Actor, query.Subject, afterAt = cursor?.At, afterId = cursor?.Id, take = query.Limit + 1 };
        using var connection = await database.Read(ct);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: ct))).AsList();
        var page = rows.Take(query.Limit).ToList();
        var next = rows.Count > page.Count ? new AuditCursor(page[^1].At, page[^1].Id).Write() : null;
        return new AuditLogPage([.. page.Select(r => r.ToView())], next);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public DateTimeOffset At { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string ActorKind { get; init; } = "";
        public string ActorId { get; init; } = "";
        public string ActorName { get; init; } = "";
        public string? CameFrom { get; init; }
        public string Action { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Note { get; init; }
        public string? Before { get; init; }
        public string? After { get; init; }
        public string Outcome { get; init; } = "";
        public string? Refusal { get; init; }

        public AuditEntryView ToView() => new(
            Id, At, EndedAt, new AuditActor(Enum.Parse<AuditActorKind>(ActorKind), ActorId, ActorName, CameFrom), Action, Subject, Note,
            Json(Before), Json(After), Enum.Parse<AuditOutcome>(Outcome), Refusal is null ? null : $"urn:cleansync:{Refusal}");

        private static JsonObject? Json(string? view) => view is null ? null : JsonNode.Parse(view)?.AsObject();
    }
}
