using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>What was to go is dead for everybody, and its rows are taken out of the tables.</summary>
public sealed class PostgresDeletedBytesTests : FreshDatabase<TemporaryPostgres>
{
    [Fact]
    public async Task A_title_that_was_cleared_is_in_no_row_dead_or_alive()
    {
        await Db.Kept(Sample.External(Db.Link.Id, "secret", title: "Secret"));
        await Db.Events.ForgetTitles(Db.Integration.Id, Ct);
        Assert.Equal(0, await Dead());
        await using var connection = await Db.Store.Read(Ct);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from synced_events where title is not null"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(*) from pending_purges"));
    }

    [Fact]
    public async Task While_somebody_can_still_see_it_the_purge_is_not_done()
    {
        var kept = await Db.Kept(Sample.External(Db.Link.Id, "secret", title: "Secret"));
        await using (var reading = await Db.Store.ReadSnapshot(Ct))
        {
            await Db.Store.Execute("update synced_events set title = null where id = @Id", new { kept.Id }, Ct);
            await Db.DeletedBytes.BeginPurge(Ct);
            Assert.False(await Db.DeletedBytes.FinishPurge(Ct));
            await Assert.ThrowsAsync<DeletedBytesAreRead>(() => Db.DeletedBytes.Purge(Ct));
        }

        await using (var later = await Db.Store.ReadSnapshot(Ct)) Assert.True(await Db.DeletedBytes.FinishPurge(Ct));
        Assert.Equal(0, await Dead());
    }

    private async Task<long> Dead()
    {
        await using var connection = await Db.Store.Writer(Ct);
        await connection.ExecuteAsync("create extension if not exists pgstattuple");
        return await connection.ExecuteScalarAsync<long>("select dead_tuple_count from pgstattuple('synced_events')");
    }
}
