using CleanSync.Infrastructure.Persistence;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What the clock said last, by which a restart judges it.</summary>
public abstract class ClockRecordContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private ClockRecords Records => new(Db.Store);

    [Fact]
    public async Task Before_the_first_look_nothing_is_known_and_afterwards_the_last_one_to_the_tick()
    {
        Assert.Null(await Records.Find(Ct));
        var calm = new ClockReading { SeenAt = Now.AddMicroseconds(7) };
        await Records.Save(calm, Ct);
        Assert.Equal(calm, await Records.Find(Ct));
        var jumped = new ClockReading { SeenAt = Now.AddYears(40), JumpedAt = Now.AddMicroseconds(9), JumpedBySeconds = -86_400.1234567 };
        await Records.Save(jumped, Ct);
        Assert.Equal(jumped, await Records.Find(Ct));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_believed_as_the_last_one_and_a_jump_is_forgotten_with_it()
    {
        await Records.Save(new ClockReading { SeenAt = Now, JumpedAt = Now, JumpedBySeconds = 5 }, Ct);
        var earlier = new ClockReading { SeenAt = Now.AddDays(-1) };
        await Records.Save(earlier, Ct);
        Assert.Equal(earlier, await Records.Find(Ct));
    }
}
