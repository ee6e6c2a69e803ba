using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Erasures;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>
/// What <see cref="IIdempotencyRecords"/> promises; that a key is taken once is in <see cref="SyncStoreContract{TDatabase}"/>.
/// </summary>
public abstract class IdempotencyRecordContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private const string Key = "Key-1/é";

    [Fact]
    public async Task A_record_comes_back_to_the_tick_under_its_very_key()
    {
        Assert.Null(await Db.Records.Find(Key, Ct));
        var record = await Remembered(new IdempotencyRecord(Key, "mark", Guid.CreateVersion7(), Now.AddMicroseconds(7)));
        var other = await Remembered(new IdempotencyRecord(Key.ToLowerInvariant(), "other", Guid.CreateVersion7(), Now.AddMicroseconds(-7)));
        Assert.Equal([record, other], [await Db.Records.Find(record.Key, Ct), await Db.Records.Find(other.Key, Ct)]);
        Assert.False(record.IsErased);
        foreach (var unknown in new[] { Key.ToUpperInvariant(), Key + " ", "Key-1/e", "" }) Assert.Null(await Db.Records.Find(unknown, Ct));
    }

    [Fact]
    public async Task Of_an_erased_client_every_key_stays_without_its_mark_and_other_keys_keep_theirs()
    {
        var (erased, other) = (await Db.Booked(Sample.Appointment("anna")), await Db.Booked(Sample.Appointment("anna")));
        var one = await Remembered(new IdempotencyRecord("one", "mark", erased.Id, Now));
        var two = await Remembered(new IdempotencyRecord("two", "mark", erased.Id, Now.AddDays(1)));
        var stays = await Remembered(new IdempotencyRecord("three", "mark", other.Id, Now));
        var erasure = new Erasure { Id = Guid.CreateVersion7(), AskedAt = Now };
        await new Infrastructure.Persistence.Erasing.Erasures(Db.Store, Db.DeletedBytes).Begin(erasure, [erased.Id], Ct);
        Assert.True(await Db.Commit(new ChangeSet { Erased = new ErasedAppointment(erasure.Id, erased.Id, GivenUp: false) }));
        Assert.Equal(one with { RequestMark = "" }, await Db.Records.Find("one", Ct));
        Assert.Equal(two with { RequestMark = "" }, await Db.Records.Find("two", Ct));
        Assert.Equal(stays, await Db.Records.Find("three", Ct));
        Assert.True((await Db.Records.Find("one", Ct))!.IsErased);
    }

    private async Task<IdempotencyRecord> Remembered(IdempotencyRecord record)
    {
        Assert.True(await Db.Commit(new ChangeSet { Idempotency = record }));
        return record;
    }
}
