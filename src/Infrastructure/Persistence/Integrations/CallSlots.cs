using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Traffic.Shares;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>
/// An integration's call slots among the nodes: each is a lease with an end, judged by the database's clock. The rows of one integration
/// are locked while a node decides which of them it holds.
/// </summary>
internal sealed class CallSlots(Database database, NodeLife life, SyncOptions options)
{
    /// <summary>As many as an integration can have calls at once.</summary>
    public const int Most = 20;

    /// <summary>How long a slot is held when it is taken or renewed.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What this node holds from now on, for <see cref="HeldFor"/> from before the question; nothing when the integration is gone.
    /// </summary>
    public async Task<SlotChanges> Share(
        Guid integrationId,
        int limit,
        int wanted,
        int inUse,
        CancellationToken ct)
    {
        const string slots = "select slot, holder, held_until from call_slots where integration_id = @integrationId order by slot";
        const string demands = "select node, wanted, seen_at from call_demands where integration_id = @integrationId";
        const string demand = """
            insert into call_demands (integration_id, node, wanted, seen_at)
            select id, @me, @wanted, @now from exchange_integrations where id = @integrationId
            on conflict (integration_id, node) do update set wanted = excluded.wanted, seen_at = excluded.seen_at
            """;
        const string hold = "update call_slots set holder = @me, held_until = @until where integration_id = @integrationId and slot in @numbers";
        const string giveBack = "update call_slots set holder = null, held_until = null where integration_id = @integrationId and slot in @numbers";
        var changes = new SlotChanges(0, [], []);
        await database.Write(
            async transaction =>
            {
                var stored = await transaction.QueryLocked<CallSlotRow>(slots, new { integrationId });
                if (stored.Count == 0) stored = await Make(integrationId, transaction);
                var now = await transaction.Now();
                await transaction.Execute(demand, new { integrationId, me = life.Id, wanted, now });
                var wanting = await transaction.Query<CallDemand>(demands, new { integrationId });
                changes = SharePlan.Decide(stored, wanting, life.Id, now, limit, inUse, options.CallTimeout);
                var (held, given) = (new KeyList<int>(changes.Hold), new KeyList<int>(changes.GiveBack));
                if (changes.Hold.Count > 0)
                    await transaction.Execute(hold, new { integrationId, me = life.Id, until = now + HeldFor, numbers = held });
                if (changes.GiveBack.Count > 0) await transaction.Execute(giveBack, new { integrationId, numbers = given });
                return true;
            },
            ct);
        return changes;
    }

    /// <summary>Gives back all that this node holds, when it stops and none of its calls is under way any more.</summary>
    public Task GiveBackAll(CancellationToken ct)
    {
        const string sql = """
            update call_slots set holder = null, held_until = null where holder = @me;
            delete from call_demands where node = @me;
            """;
        return database.Write(async transaction => await transaction.Execute(sql, new { me = life.Id }) >= 0, ct);
    }

    private static async Task<IReadOnlyList<CallSlotRow>> Make(Guid integrationId, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into call_slots (integration_id, slot)
            select id, @slot from exchange_integrations where id = @integrationId
            on conflict do nothing
            """;
        const string made = "select slot, holder, held_until from call_slots where integration_id = @integrationId order by slot";
        await transaction.Execute(sql, Enumerable.Range(1, Most).Select(slot => new { integrationId, slot }));
        return await transaction.QueryLocked<CallSlotRow>(made, new { integrationId });
    }
}
