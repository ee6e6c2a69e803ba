using CleanSync.Application.AuditLog;
using Dapper;

namespace CleanSync.Infrastructure.Persistence;

internal sealed class AuditRecords(Database database) : IAuditLog
{
    public Task Append(AuditEntry entry, CancellationToken ct)
    {
        const string sql = """
            insert into audit_entries (id, begun_id, happened_at, actor_kind, actor_id, actor_name, came_from, action, subject, note, view, outcome, refusal)
            values (@Id, @BegunId, @At, @ActorKind, @ActorId, @ActorName, @From, @Action, @Subject, @Note, @View, @Outcome, @Refusal)
            """;
        var row = new
        {
            entry.Id,
            entry.BegunId,
            entry.At,
            ActorKind = entry.Actor.Kind.ToString(),
            ActorId = entry.Actor.Id,
            ActorName = entry.Actor.Name,
            entry.Actor.From,
            entry.Action,
            entry.Subject,
            entry.Note,
            entry.View,
            Outcome = entry.Outcome?.ToString(),
            entry.Refusal,
        };
        return database.Write(transaction => transaction.Connection!.Execute(sql, row, transaction) == 1, ct);
    }
}
