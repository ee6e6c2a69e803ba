using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>A start has the data folder to itself.</summary>
public sealed class StartTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await db.Migrate();
        Assert.NotNull(await db.Links.Find(db.Link.Id, Ct));
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_told_so()
    {
        using var second = new SqliteDatabase(db.Options);
        var refused = await Assert.ThrowsAsync<StartRefused>(
            () => new DatabaseMigration(second, db.Options, new ExchangeTitles(second, new DeletedBytes(second))).Run(Ct));
        Assert.Contains(db.Folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_frees_every_lease_because_the_folder_is_ours_alone()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "freed"));
        var before = (await db.Leases.TryTake(link.Id, "node", TimeSpan.FromMinutes(5), Ct))!;
        await db.Migrate();
        Assert.Contains(link.Id, (await db.Links.Due(Now, Ct)).Select(d => d.LinkId));
        Assert.False(await db.Leases.Renew(before, TimeSpan.FromMinutes(5), Ct));
    }
}
