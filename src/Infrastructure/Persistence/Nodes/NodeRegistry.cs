using CleanSync.Application;
using CleanSync.Application.Syncing;

namespace CleanSync.Infrastructure.Persistence.Nodes;

/// <summary>
/// The nodes that work on this database, each under a name of its own, by which administrators tell them apart. A node tells that it lives,
/// for as long as a lease lasts each time, by the clock that the nodes share.
/// </summary>
internal sealed class NodeRegistry(Database database, NodeLife life, SyncOptions options)
{
    /// <summary>Takes this node's name.</summary>
    /// <exception cref="StartRefused">Another node lives under it, or did a moment ago.</exception>
    public async Task Enter(CancellationToken ct)
    {
        // What was seen later than a lease from now was stamped by a clock that was wrong: it holds nobody up.
        const string enter = """
            insert into nodes (name, life, started_at, seen_at, lives_until) values (@name, @life, @now, @now, @until)
            on conflict (name) do update set
                life = excluded.life, started_at = excluded.started_at, seen_at = excluded.seen_at, lives_until = excluded.lives_until
            where nodes.life = excluded.life or nodes.lives_until <= @now or nodes.seen_at > @until
            """;
        const string other = "select seen_at, lives_until from nodes where name = @name";
        var now = default(DateTimeOffset);
        var seen = default(NodeRow);
        var entered = await database.Write(
            async transaction =>
            {
                now = await transaction.Now();
                var arguments = new { name = options.NodeName, life = life.Id, now, until = now + options.LeaseFor };
                if (await transaction.Execute(enter, arguments) == 1) return true;
                seen = await transaction.QuerySingleOrDefault<NodeRow>(other, arguments);
                return false;
            },
            ct);
        if (!entered) throw Refused(now, seen!);
    }

    /// <summary>This node lives on. False when another one has taken its name, because it stood still for longer than a lease.</summary>
    public async Task<bool> Beat(CancellationToken ct)
    {
        const string sql = "update nodes set seen_at = @now, lives_until = @until where name = @name and life = @life";
        int? beaten = null;
        await database.Note(
            async transaction =>
            {
                var now = await transaction.Now();
                beaten = await transaction.Execute(
                    sql, new { name = options.NodeName, life = life.Id, now, until = now + options.LeaseFor });
            },
            ct);
        return beaten is not 0; // while the database takes no writes nobody takes a name either
    }

    /// <summary>Gives the name up.</summary>
    public Task Leave(CancellationToken ct)
    {
        const string sql = "delete from nodes where name = @name and life = @life";
        return database.Note(transaction => transaction.Execute(sql, new { name = options.NodeName, life = life.Id }), ct);
    }

    private StartRefused Refused(DateTimeOffset now, NodeRow other) => new(
        $"Another node works on this database as {options.NodeName}: it was seen {(now - other.SeenAt).TotalSeconds:0} seconds ago. "
        + "Give this one its own name with Sync:NodeName, or stop the other one; one that was killed counts until "
        + $"{other.LivesUntil:u}.");

    private sealed record NodeRow
    {
        public DateTimeOffset SeenAt { get; init; }
        public DateTimeOffset LivesUntil { get; init; }
    }
}

/// <summary>One life of a node, from the start of its process to the end.</summary>
internal sealed record NodeLife(Guid Id);
