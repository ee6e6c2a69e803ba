using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Traffic;
using CleanSync.Infrastructure.Traffic.Shares;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>Exchange sees one limit of calls at once, however many nodes there are, and whatever becomes of them.</summary>
public abstract class CallShareContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly SyncOptions Options = new() { CallTimeout = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData(1, 2, 11)]
    [InlineData(1, 3, 12)]
    [InlineData(3, 2, 13)]
    [InlineData(5, 3, 14)]
    [InlineData(8, 2, 15)]
    public async Task All_nodes_together_never_make_more_calls_than_the_limit(int limit, int count, int seed)
    {
        var dice = new Random(seed);
        var nodes = Enumerable.Range(0, count).Select(_ => new ShareNode(this, limit)).ToList();
        var most = 0;
        for (var step = 0; step < 700; step++)
        {
            var node = nodes[dice.Next(count)];
            switch (dice.Next(20))
            {
                case 0:
                    node.FrozenUntil = Db.Time.GetUtcNow() + TimeSpan.FromSeconds(dice.Next(30));
                    break;
                case < 3:
                    Db.Time.Advance(TimeSpan.FromMilliseconds(dice.Next(1, 3000)));
                    break;
                case < 9:
                    await node.Review();
                    break;
                case < 15:
                    node.Begin();
                    break;
                default:
                    node.End(dice);
                    break;
            }

            foreach (var each in nodes) each.GoOn();
            var calls = nodes.Sum(n => n.CallsAtTheServer);
            Assert.True(calls <= limit, $"{calls} calls at once after step {step} with a limit of {limit}, seed {seed}.");
            most = Math.Max(most, calls);
        }

        Assert.InRange(most, Math.Min(limit, 5), limit);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    [InlineData(2, 5)]
    public async Task With_fewer_calls_than_nodes_every_node_has_its_turn(int limit, int count)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => new ShareNode(this, limit)).ToList();
        for (var review = 0; review < 60 * count; review++)
        {
            foreach (var node in nodes)
            {
                node.Begin();
                await node.Review();
                node.GoOn();
                node.EndAll();
            }

            Db.Time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.All(nodes, node => Assert.True(node.Made > 1, $"A node made {node.Made} calls."));
    }

    [Fact]
    public async Task What_a_dead_node_held_is_anothers_when_its_slots_and_the_calls_that_it_may_have_begun_have_ended()
    {
        var (dead, alive) = (new ShareNode(this, 1), new ShareNode(this, 1));
        dead.Begin();
        await dead.Review();
        dead.GoOn();
        Assert.Equal(1, dead.CallsAtTheServer);
        Db.Time.Advance(CallSlots.HeldFor + Options.CallTimeout - TimeSpan.FromMilliseconds(1));
        alive.Begin();
        await alive.Review();
        alive.GoOn();
        Assert.Equal(0, alive.CallsAtTheServer);
        Db.Time.Advance(TimeSpan.FromSeconds(2)); // its next turn, too
        await alive.Review();
        alive.GoOn();
        Assert.Equal(1, alive.CallsAtTheServer);
    }

    [Fact]
    public async Task A_node_that_wakes_up_after_its_slots_have_ended_begins_no_call()
    {
        var (frozen, other) = (new ShareNode(this, 1), new ShareNode(this, 1));
        frozen.Begin();
        await frozen.Review();
        Db.Time.Advance(CallSlots.HeldFor);
        Assert.False(frozen.Shares.Covers(Db.Integration.Id), "The call that was let in before may not be sent any more.");
        frozen.GoOn();
        Assert.Equal(0, frozen.CallsAtTheServer);
        Db.Time.Advance(Options.CallTimeout + TimeSpan.FromSeconds(6));
        other.Begin();
        await other.Review();
        other.GoOn();
        Assert.Equal(1, other.CallsAtTheServer);
        Assert.False(frozen.Shares.Covers(Db.Integration.Id));
    }

    [Fact]
    public async Task A_node_that_stops_gives_its_slots_back_at_once()
    {
        var (first, second) = (new ShareNode(this, 1), new ShareNode(this, 1));
        first.Begin();
        await first.Review();
        first.GoOn();
        first.EndAll();
        await first.Shares.Leave(Ct);
        second.Begin();
        await second.Review();
        second.GoOn();
        Assert.Equal(1, second.CallsAtTheServer);
    }

    private sealed class ShareNode
    {
        private readonly CallShareContract<TDatabase> test;
        private readonly IntegrationTraffic traffic;
        private readonly List<Task<CallSlot?>> entering = [];
        private readonly List<(CallSlot Slot, DateTimeOffset Begun)> calls = [];
        private int mailboxes;

        public ShareNode(CallShareContract<TDatabase> test, int limit)
        {
            this.test = test;
            Shares = new SharedCalls(new CallSlots(test.Db.Store, new NodeLife(Guid.NewGuid()), Options), test.Db.Time);
            traffic = new IntegrationTraffic(test.Db.Integration.Id, Shares, test.Db.Time) { Setting = limit };
            Shares.Watch(test.Db.Integration.Id, traffic);
        }

        public SharedCalls Shares { get; }

        public DateTimeOffset FrozenUntil { get; set; }

        public int Made { get; private set; }

        /// <summary>The server itself ends a call whose caller has given it up.</summary>
        public int CallsAtTheServer => calls.Count(c => test.Db.Time.GetUtcNow() < c.Begun + Options.CallTimeout);

        private bool IsFrozen => test.Db.Time.GetUtcNow() < FrozenUntil;

        public Task Review() => IsFrozen ? Task.CompletedTask : Shares.Review(Ct);

        public void Begin()
        {
            if (!IsFrozen && entering.Count < 12) entering.Add(traffic.Gate.Enter($"mailbox-{mailboxes++}", mayBeCut: false, Ct));
        }

        /// <summary>Whoever was let in sends, if the share still covers it.</summary>
        public void GoOn()
        {
            if (IsFrozen) return;
            foreach (var timedOut in calls.Where(c => test.Db.Time.GetUtcNow() >= c.Begun + Options.CallTimeout).ToList()) End(timedOut);
            var given = traffic.Gate.InUse - calls.Count;
            SpinWait.SpinUntil(() => entering.Count(e => e.IsCompleted) >= given); // whoever was let in goes on in the thread pool
            foreach (var entered in entering.Where(e => e.IsCompleted).ToList())
            {
                entering.Remove(entered);
                var slot = entered.Result;
                if (slot is null) continue;
                slot.Answered();
                if (Shares.Covers(test.Db.Integration.Id))
                {
                    calls.Add((slot, test.Db.Time.GetUtcNow()));
                    Made++;
                }
                else
                {
                    slot.Dispose();
                }
            }
        }

        public void End(Random dice)
        {
            if (!IsFrozen && calls.Count > 0) End(calls[dice.Next(calls.Count)]);
        }

        public void EndAll()
        {
            foreach (var call in calls.ToList()) End(call);
        }

        private void End((CallSlot Slot, DateTimeOffset Begun) call)
        {
            calls.Remove(call);
            call.Slot.Dispose();
        }
    }
}
