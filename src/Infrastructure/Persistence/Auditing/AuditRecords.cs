using CleanSync.Application.AuditLog;

namespace CleanSync.Infrastructure.Persistence.Auditing;

internal sealed class AuditRecords(Database database) : IAuditLog, IAuditNames
{
    public Task Append(AuditEntry entry, CancellationToken ct)
    {
        const string sql = """
            insert into audit_entries (
                id, begun_id, happened_at, actor_kind, actor_id, actor_name, actor_name_place, came_from,
                action, subject, asked, dry_run, note, view, outcome, refusal)
            values (
                @Id, @BegunId, @At, @ActorKind, @ActorId, @ActorName, @ActorNamePlace, @From,
                @Action, @Subject, @Asked, @DryRun, @Note, @View, @Outcome, @Refusal)
            """;
        const string name = "insert into audit_names (entry_id, place, staff_id, name) values (@EntryId, @Place, @StaffId, @Name)";
        var row = new
        {
            entry.Id,
            entry.BegunId,
            entry.At,
            ActorKind = entry.Actor.Kind.ToString(),
            ActorId = entry.Actor.Id,
            ActorName = entry.ActorNamePlace is null ? entry.Actor.Name : "",
            entry.ActorNamePlace,
            entry.Actor.From,
            entry.Action,
            entry.Subject,
            entry.Asked,
            entry.DryRun,
            entry.Note,
            entry.View,
            Outcome = entry.Outcome?.ToString(),
            entry.Refusal,
        };
        var names = entry.Names.Select(n => new { EntryId = entry.Id, n.Place, n.StaffId, n.Name }).ToList();
        return database.Write(
            async transaction =>
            {
                await transaction.Execute(sql, row);
                await transaction.Execute(name, names);
                return true;
            },
            ct);
    }

    public Task Blank(string staffId, CancellationToken ct)
    {
        const string sql = """
            update audit_names set name = null
            where name is not null and (staff_id = @staffId or (staff_id is null and lower(name) in (
                select lower(n.name) from audit_names n where n.staff_id = @staffId and n.name is not null
                union select lower(l.mailbox_address) from staff_calendar_links l
                where l.staff_id = @staffId and l.mailbox_address is not null
                union select lower(l.former_mailbox_address) from staff_calendar_links l
                where l.staff_id = @staffId and l.former_mailbox_address is not null
                union select lower(f.mailbox_address) from clean_up_items f
                join staff_calendar_links l on l.id = f.link_id where l.staff_id = @staffId)))
            """;
        return database.Write(
            async transaction =>
            {
                await transaction.Execute(sql, new { staffId });
                return true;
            },
            ct);
    }
}
