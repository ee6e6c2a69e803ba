using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IExchangeIntegrationRepository"/> promises.</summary>
public abstract class IntegrationRepositoryContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    [Fact]
    public async Task An_integration_comes_back_as_it_was_saved()
    {
        var saved = Sample.Integration() with { AccountCalendarId = null };
        Assert.False((await db.Integrations.Save(saved, Ct)).IsRefused);
        var found = (await db.Integrations.Find(saved.Id, Ct))!;
        Assert.Equal(saved.Account.SealedPassword, found.Account.SealedPassword);
        Assert.Equal(saved with { Version = 1 }, found with { Account = saved.Account });
        Assert.Contains(await db.Integrations.All(Ct), i => i.Id == saved.Id);
    }

    [Fact]
    public async Task A_second_save_of_the_same_version_is_refused()
    {
        var saved = Sample.Integration();
        await db.Integrations.Save(saved, Ct);
        Assert.IsType<ChangedMeanwhile>((await db.Integrations.Save(saved, Ct)).Refusal);
        var read = (await db.Integrations.Find(saved.Id, Ct))!;
        Assert.False((await db.Integrations.Save(read with { DisplayName = "First" }, Ct)).IsRefused);
        Assert.IsType<ChangedMeanwhile>((await db.Integrations.Save(read with { DisplayName = "Second" }, Ct)).Refusal);
        Assert.Equal("First", (await db.Integrations.Find(saved.Id, Ct))!.DisplayName);
    }
}
