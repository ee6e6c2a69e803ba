using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using CleanSync.Infrastructure.Persistence;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IApiKeyRepository"/> promises.</summary>
public abstract class ApiKeyRepositoryContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    private readonly ApiKeyRepository keys = new(db.Store);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_comes_back_as_it_was_saved_by_its_id_and_by_its_beginning()
    {
        var key = Key(1) with { Role = Role.Staff, StaffId = "anna", ExpiresAt = TemporaryDatabase.Now.AddDays(1) };
        Assert.False((await keys.Save(key, Ct)).IsRefused);
        foreach (var found in new[] { await keys.Find(key.Id, Ct), await keys.FindByLookup(key.Lookup, Ct), (await keys.All(Ct))
            .Single(k => k.Id == key.Id) })
        {
            Assert.Equal(key.Hash, found!.Hash);
            Assert.Equal(key with { Version = 1 }, found with { Hash = key.Hash });
        }
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_second_is_refused()
    {
        await keys.Save(Key(2), Ct);
        Assert.IsType<ChangedMeanwhile>((await keys.Save(Key(2), Ct)).Refusal);
        var read = (await keys.FindByLookup(Key(2).Lookup, Ct))!;
        Assert.False((await keys.Save(read.Revoked(TemporaryDatabase.Now), Ct)).IsRefused);
        Assert.IsType<ChangedMeanwhile>((await keys.Save(read with { RevokedAt = null }, Ct)).Refusal);
    }

    [Fact]
    public async Task Noting_a_use_keeps_the_version_and_never_goes_back()
    {
        await keys.Save(Key(3), Ct);
        await keys.NoteUse(Key(3).Id, TemporaryDatabase.Now, Ct);
        await keys.NoteUse(Key(3).Id, TemporaryDatabase.Now.AddHours(-1), Ct);
        var read = (await keys.Find(Key(3).Id, Ct))!;
        Assert.Equal((TemporaryDatabase.Now, 1), (read.LastUsedAt, read.Version));
    }

    private static ApiKey Key(byte number)
    {
        var text = KeyText.Of([.. Enumerable.Repeat(number, KeyText.RandomLength)]);
        return new ApiKey
        {
            Id = new Guid(number, 0, 0, new byte[8]),
            Lookup = text.Lookup,
            Hash = text.Hash,
            Name = $"key {number}",
            Role = Role.Admin,
            CreatedAt = TemporaryDatabase.Now
        };
    }
}
