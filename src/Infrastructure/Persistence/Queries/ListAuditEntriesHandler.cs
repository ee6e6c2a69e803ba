using CleanSync.Application.AuditLog;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class ListAuditEntriesHandler(Database database) : IRequestHandler<ListAuditEntries, AuditLogPage>
{
    public async Task<AuditLogPage> Handle(ListAuditEntries query, CancellationToken ct)
    {
        const string sql = AuditRow.Actions + """

                and b.happened_at >= @from and b.happened_at < @to
                and (@Actor is null or b.actor_id = @Actor or b.actor_name = @Actor
                    or exists (select 1 from audit_names n where n.entry_id = b.id and n.place = b.actor_name_place and n.name = @Actor))
                and (@Subject is null or coalesce(e.subject, b.subject) = @Subject)
                and (b.happened_at < @afterAt or (b.happened_at = @afterAt and b.id < @afterId))
            order by b.happened_at desc, b.id desc limit @take
            """;
        var cursor = AuditCursor.Read(query.Cursor);
        var arguments = new
        {
            from = query.From ?? DateTimeOffset.MinValue,
            to = query.To ?? DateTimeOffset.MaxValue,
            query.Actor,
            query.Subject,
            afterAt = cursor?.At ?? DateTimeOffset.MaxValue,
            afterId = cursor?.Id ?? Guid.Empty,
            take = query.Limit + 1,
        };
        await using var connection = await database.Read(ct);
        var rows = (await connection.QueryAsync<AuditRow>(new CommandDefinition(sql, arguments, cancellationToken: ct))).AsList();
        var page = rows.Take(query.Limit).ToList();
        var next = rows.Count > page.Count ? new AuditCursor(page[^1].At, page[^1].Id).Write() : null;
        return new AuditLogPage(await AuditRow.Views(connection, page, withNames: true, ct), next);
    }
}
