using System.Data;
using System.Runtime.CompilerServices;
using CleanSync.Application.AuditLog;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>An action of the audit log: its two rows as one, without the names that stand beside them.</summary>
internal sealed record AuditRow
{
    /// <summary>Every action; a condition may follow. In older entries the second row holds the note of the first.</summary>
    public const string Actions = """
        select b.id, e.id as end_id, b.happened_at as at, e.happened_at as ended_at,
            b.actor_kind, b.actor_id, b.actor_name, b.actor_name_place, b.came_from,
            b.action, coalesce(e.subject, b.subject) as subject, b.asked, b.dry_run, b.note, nullif(e.note, b.note) as end_note,
            b.view as before, e.view as after, coalesce(e.outcome, 'Unfinished') as outcome, e.refusal
        from audit_entries b left join audit_entries e on e.begun_id = b.id and e.begun_id is not null
        where b.begun_id is null
        """;

    private const string NotExported = "(name not exported)";

    private const int AtOnce = 200;

    public Guid Id { get; init; }
    public Guid? EndId { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string ActorKind { get; init; } = "";
    public string ActorId { get; init; } = "";
    public string ActorName { get; init; } = "";
    public int? ActorNamePlace { get; init; }
    public string? CameFrom { get; init; }
    public string Action { get; init; } = "";
    public string Subject { get; init; } = "";
    public string? Asked { get; init; }
    public bool DryRun { get; init; }
    public string? Note { get; init; }
    public string? EndNote { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string Outcome { get; init; } = "";
    public string? Refusal { get; init; }

    /// <summary>The actions with their names put back; without names, a reader sees staff ids only.</summary>
    public static async Task<IReadOnlyList<AuditEntryView>> Views(
        IDbConnection connection, IReadOnlyList<AuditRow> rows, bool withNames, CancellationToken ct)
    {
        const string sql = "select entry_id, place, name from audit_names where entry_id in @ids";
        var ids = rows.SelectMany(r => r.EndId is { } end ? new[] { r.Id, end } : [r.Id]).ToList();
        var stored = withNames && ids.Count > 0
            ? await connection.QueryAsync<NameRow>(new CommandDefinition(sql, new { ids = new KeyList<Guid>(ids) }, cancellationToken: ct))
            : [];
        var names = stored.ToDictionary(n => (n.EntryId, n.Place), n => n.Name);
        string? NameAt(Guid? entry, int place) => withNames ? names.GetValueOrDefault((entry ?? Guid.Empty, place)) : NotExported;
        return [.. rows.Select(r => r.ToView(NameAt))];
    }

    /// <summary>All that began before an instant, the oldest first.</summary>
    public static async IAsyncEnumerable<AuditEntryView> BegunBefore(
        IDbConnection connection, DateTimeOffset end, bool withNames, [EnumeratorCancellation] CancellationToken ct)
    {
        const string sql = Actions + """

                and b.happened_at < @end and (b.happened_at > @afterAt or (b.happened_at = @afterAt and b.id > @afterId))
            order by b.happened_at, b.id limit @take
            """;
        for (var (afterAt, afterId) = (DateTimeOffset.MinValue, Guid.Empty); ;)
        {
            var page = new CommandDefinition(sql, new { end, afterAt, afterId, take = AtOnce }, cancellationToken: ct);
            var rows = (await connection.QueryAsync<AuditRow>(page)).AsList();
            foreach (var view in await Views(connection, rows, withNames, ct)) yield return view;
            if (rows.Count < AtOnce) yield break;
            (afterAt, afterId) = (rows[^1].At, rows[^1].Id);
        }
    }

    private AuditEntryView ToView(Func<Guid?, int, string?> nameAt) => new(
        Id,
        At,
        EndedAt,
        new AuditActor(
            Enum.Parse<AuditActorKind>(ActorKind),
            ActorId,
            ActorNamePlace is { } place ? nameAt(Id, place) ?? AuditName.Erased : ActorName,
            CameFrom),
        Action,
        Subject,
        AuditName.PutBack(Asked, n => nameAt(Id, n)),
        DryRun,
        Note is null || EndNote is null ? Note ?? EndNote : $"{Note}; {EndNote}",
        AuditName.PutBack(Before, n => nameAt(Id, n)),
        AuditName.PutBack(After, n => nameAt(EndId, n)),
        Enum.Parse<AuditOutcome>(Outcome),
        Refusal is null ? null : $"urn:cleansync:{Refusal}");

    private sealed record NameRow
    {
        public Guid EntryId { get; init; }
        public int Place { get; init; }
        public string? Name { get; init; }
    }
}
