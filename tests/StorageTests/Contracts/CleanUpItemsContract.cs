using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="ICleanUpItems"/> promises.</summary>
public abstract class CleanUpItemsContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private CleanUpItems former = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        former = new CleanUpItems(Db.Store);
    }

    [Fact]
    public async Task A_former_copy_comes_back_as_it_was_stored()
    {
        var stored = await Stored("old", Now);
        Assert.Equal(stored with { Version = 1 }, Assert.Single(await former.Due(Db.Link.Id, Now, Ct)));
        Assert.Equal([Db.Link.Id], await former.DueLinks(Now, Ct));
        Assert.Single(await former.In(Db.Link.Id, "old", Ct));
        Assert.Empty(await former.In(Db.Link.Id, "OLD", Ct));
    }

    [Fact]
    public async Task One_that_failed_is_due_later_and_one_that_is_done_is_forgotten()
    {
        await Stored("old", Now);
        var failed = (await former.Due(Db.Link.Id, Now, Ct))[0].Failed(Now.AddHours(1));
        Assert.True(await Db.SyncStore.Commit(new ChangeSet { Former = [failed] }, Ct));
        Assert.Empty(await former.DueLinks(Now, Ct));
        var later = Assert.Single(await former.Due(Db.Link.Id, Now.AddHours(1), Ct));
        Assert.Equal(1, later.Tries);
        Assert.False(await Db.SyncStore.Commit(new ChangeSet { ForgetFormer = [failed] }, Ct)); // stale
        Assert.True(await Db.SyncStore.Commit(new ChangeSet { ForgetFormer = [later] }, Ct));
        Assert.Empty(await former.In(Db.Link.Id, "old", Ct));
    }

    private async Task<CleanUpItem> Stored(string calendar, DateTimeOffset due)
    {
        var copy = new CleanUpItem
        {
            Id = Guid.CreateVersion7(),
            LinkId = Db.Link.Id,
            EventId = Guid.CreateVersion7(),
            Attempt = Guid.CreateVersion7(),
            Uid = "uid",
            Mailbox = new FormerMailbox(Db.Integration.Id, "anna@contoso.example"),
            CalendarId = calendar,
            ItemId = "Item",
            Since = Now,
            NextTryAt = due,
        };
        Assert.True(await Db.SyncStore.Commit(new ChangeSet { Former = [copy] }, Ct));
        return copy;
    }
}
