using CleanSync.Application.Syncing.Notifications;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Nodes;

/// <summary>One row for each calendar that some node listens to, written in the order of the links.</summary>
internal sealed class NotificationNews(Database database, NodeLife life) : INotificationNews
{
    public async Task Tell(IReadOnlyList<HeardCalendar> heard, CancellationToken ct)
    {
        const string sql = """
            insert into link_notifications (link_id, node, mode, reason, as_of)
            select id, @Node, @Mode, @Reason, @AsOf from staff_calendar_links where id = @LinkId
            on conflict (link_id) do update set
                node = excluded.node, mode = excluded.mode, reason = excluded.reason, as_of = excluded.as_of
            """;
        foreach (var few in heard.OrderBy(h => h.LinkId).Chunk(500))
        {
            await database.Write(
                async transaction => await transaction.Execute(
                    sql, few.Select(h => new { h.LinkId, Node = life.Id, Mode = h.Mode.ToString(), h.Reason, h.AsOf })) >= 0,
                ct);
        }
    }

    public async Task Forget(IReadOnlyCollection<Guid> linkIds, CancellationToken ct)
    {
        const string sql = "delete from link_notifications where link_id = @linkId and node = @node";
        if (linkIds.Count == 0) return;
        await database.Write(
            async transaction => await transaction.Execute(
                sql, linkIds.Order().Select(linkId => new { linkId, node = life.Id })) >= 0,
            ct);
    }

    /// <summary>Of a node that is dead nothing holds any more.</summary>
    public async Task<IReadOnlyList<HeardCalendar>> OfOthers(CancellationToken ct)
    {
        const string sql = """
            select h.link_id, h.mode, h.reason, h.as_of from link_notifications h
            join nodes n on n.life = h.node and n.lives_until > @now
            where h.node <> @node
            """;
        var now = await database.Now(ct);
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, new { node = life.Id, now }, cancellationToken: ct));
        return [.. rows.Select(r => new HeardCalendar(r.LinkId, Enum.Parse<NotificationMode>(r.Mode), r.Reason, r.AsOf))];
    }

    private sealed record Row
    {
        public Guid LinkId { get; init; }
        public string Mode { get; init; } = "";
        public string? Reason { get; init; }
        public DateTimeOffset? AsOf { get; init; }
    }
}
