using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.StorageTests.Databases;
using CleanSync.StorageTests.Rules;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IRemovalLog"/> promises; what counts as present is in <see cref="FuseCountRule{TDatabase}"/>.</summary>
public abstract class RemovalLogContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset Since = Now.AddHours(-24);

    [Fact]
    public async Task Where_nothing_left_and_nothing_is_there_both_counts_are_none() =>
        Assert.Equal(new RemovalCount(0, 0), await Count(Db.Link));

    [Fact]
    public async Task Removals_count_from_the_first_instant_to_the_last_and_none_before_or_after()
    {
        await Left(Db.Link, ("before", Since.AddMicroseconds(-1)), ("first", Since), ("last", Now), ("after", Now.AddMicroseconds(1)));
        Assert.Equal(2, (await Count(Db.Link)).Removed);
        await Left(Db.Link, ("between", Now.AddHours(-1)));
        Assert.Equal(3, (await Count(Db.Link)).Removed);
    }

    [Fact]
    public async Task A_unit_counts_once_however_often_it_left_or_was_told_and_units_that_differ_in_case_are_two()
    {
        await Left(Db.Link, ("item:AAMk", Now.AddHours(-2)), ("item:AAMk", Now.AddHours(-1)));
        await Left(Db.Link, ("item:AAMk", Now.AddHours(-1)));
        Assert.Equal(1, (await Count(Db.Link)).Removed);
        await Left(Db.Link, ("item:AAMK", Now.AddHours(-1)));
        Assert.Equal(2, (await Count(Db.Link)).Removed);
    }

    [Fact]
    public async Task What_is_there_counts_until_its_end()
    {
        foreach (var end in new[] { Now, Now.AddSeconds(1), Now.AddDays(1) })
        {
            var times = EventTimes.Timed(Now.AddDays(-1), end, "UTC");
            await Db.Kept(Sample.External(Db.Link.Id, $"{end:O}") with { Uid = null, Times = times });
        }

        Assert.Equal(new RemovalCount(0, 2), await Count(Db.Link));
    }

    [Fact]
    public async Task Another_link_counts_its_own()
    {
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        await Left(bert, ("item:a", Now), ("item:b", Now));
        await Db.Kept(Sample.External(bert.Id, "c"));
        Assert.Equal(new RemovalCount(0, 0), await Count(Db.Link));
        Assert.Equal(new RemovalCount(2, 1), await Count(bert));
    }

    private async Task Left(StaffCalendarLink link, params (string Unit, DateTimeOffset At)[] units) => Assert.True(await Db.Commit(
        new ChangeSet { Removals = [.. units.Select(u => new Removal(link.Id, u.Unit, u.At))], KeepsHistory = true }));

    private Task<RemovalCount> Count(StaffCalendarLink link) => new RemovalLog(Db.Store).Count(link.Id, Since, Now, Ct);
}
