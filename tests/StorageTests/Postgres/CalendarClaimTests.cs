using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Persistence.Postgres.Nodes;
using CleanSync.StorageTests.Databases;
using Npgsql;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>Which node's queue a calendar stands in.</summary>
public sealed class CalendarClaimTests : FreshDatabase<TemporaryPostgres>
{
    private static readonly SyncOptions Options = new() { Parallelism = 2 };

    [Fact]
    public async Task Of_many_due_calendars_each_stands_in_one_queue_and_a_node_claims_no_more_than_keeps_it_busy()
    {
        var due = await Links(20);
        var (north, south) = (Node(), Node());
        var first = await north.Claim(due, Ct);
        Assert.Equal((8, false), (first.Links.Count, first.AreAll));
        Assert.Equal(due.Take(8).ToHashSet(), first.Links);
        Assert.Empty((await south.Claim([.. first.Links], Ct)).Links);
        var next = await south.Claim(due, Ct);
        Assert.Equal(due.Skip(8).Take(8).ToHashSet(), next.Links);
        var rest = await south.Claim([.. due.Skip(16)], Ct);
        Assert.Equal((4, true), (rest.Links.Count, rest.AreAll));
        Assert.Equal(first.Links, (await north.Claim([.. first.Links], Ct)).Links);
    }

    [Fact]
    public async Task A_claim_ends_with_the_work_when_the_node_stops_and_after_a_while()
    {
        var due = await Links(3);
        var (north, south) = (Node(), Node());
        Assert.Equal(3, (await north.Claim(due, Ct)).Links.Count);
        await Db.Leases.Release((await Db.Leases.TryTake(due[0], "north", Options.LeaseFor, Ct))!, Ct);
        Assert.Equal([due[0]], (await south.Claim(due, Ct)).Links);
        await north.GiveBackAll(Ct);
        Assert.Equal(3, (await south.Claim(due, Ct)).Links.Count);
        await Db.Store.Execute("update mailbox_leases set claimed_until = clock_timestamp()", new { }, Ct);
        Assert.Equal(3, (await north.Claim(due, Ct)).Links.Count);
    }

    [Fact]
    public async Task A_calendar_that_somebody_works_on_is_not_claimed()
    {
        var due = await Links(2);
        Db.Time.SetUtcNow(TimeProvider.System.GetUtcNow().AddHours(1)); // the lease ends by the database's clock, which is a stand-in here
        Assert.NotNull(await Db.Leases.TryTake(due[1], "south", Options.LeaseFor, Ct));
        Assert.Equal([due[0]], (await Node().Claim(due, Ct)).Links);
    }

    [Fact]
    public async Task A_calendar_into_which_somebody_stores_an_event_just_now_is_claimed_all_the_same()
    {
        var due = await Links(1);
        await using var connection = await Db.Store.Writer(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var busy = new NpgsqlCommand(
            "insert into sync_runs (id, link_id, started_at, ended_at, changes) values (gen_random_uuid(), $1, now(), now(), 0)",
            connection,
            transaction)
        { Parameters = { new NpgsqlParameter { Value = due[0] } } };
        await busy.ExecuteNonQueryAsync(Ct);
        Assert.Equal(due.ToHashSet(), (await Node().Claim(due, Ct)).Links);
    }

    [Fact]
    public async Task Rows_that_another_node_is_claiming_just_now_are_passed_over()
    {
        var due = await Links(2);
        var node = Node();
        await node.Claim(due, Ct);
        await node.GiveBackAll(Ct);
        await using var connection = await Db.Store.Writer(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var locked = new NpgsqlCommand(
            "select 1 from mailbox_leases where link_id = $1 for no key update", connection, transaction)
        { Parameters = { new NpgsqlParameter { Value = due[0] } } };
        await locked.ExecuteNonQueryAsync(Ct);
        Assert.Equal([due[1]], (await Node().Claim(due, Ct)).Links);
    }

    private CalendarClaims Node() => new(Db.Store, new NodeLife(Guid.NewGuid()), Options);

    private async Task<IReadOnlyList<Guid>> Links(int count)
    {
        var links = new List<Guid>();
        for (var i = 0; i < count; i++) links.Add((await Db.Linked(Sample.Link(Db.Integration.Id, $"claimed-{i}"))).Id);
        return links;
    }
}
