using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IIntegrationTroubles"/> promises; who is told of it is in <see cref="AlertContract{TDatabase}"/>.</summary>
public abstract class IntegrationTroubleContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly JobTrouble Resumption = new("resumption", new Reason("unexpected", "why: 7%"), Now.AddMicroseconds(7));

    private IntegrationTroubles Troubles => new(new IntegrationAlerts(Db.Store, Db.Alerts));

    [Fact]
    public async Task Trouble_stands_beside_the_settings_and_makes_nobody_stale()
    {
        await Troubles.Note(Db.Integration.Id, Resumption, Ct);
        var (before, noted) = (Db.Integration, await Stored(Db.Integration));
        Assert.Equal((Resumption, before.Version, before.SettingsVersion), (noted.Trouble, noted.Version, noted.SettingsVersion));
        Assert.False((await Db.Integrations.Save(Db.Integration with { DisplayName = "Renamed" }, Ct)).IsRefused);
        Assert.Equal(("Renamed", Resumption), ((await Stored(Db.Integration)).DisplayName, (await Stored(Db.Integration)).Trouble));
    }

    [Fact]
    public async Task The_latest_trouble_replaces_another_and_ends_with_its_own_job_only()
    {
        await Troubles.Note(Db.Integration.Id, Resumption, Ct);
        var expiry = new JobTrouble("password-expiry", new Reason("unexpected", "again"), Now.AddHours(1));
        await Troubles.Note(Db.Integration.Id, expiry, Ct);
        Assert.Equal(expiry, (await Stored(Db.Integration)).Trouble);
        await Troubles.End(Db.Integration.Id, Resumption.Job, Ct);
        Assert.Equal(expiry, (await Stored(Db.Integration)).Trouble);
        for (var times = 0; times < 2; times++)
        {
            await Troubles.End(Db.Integration.Id, expiry.Job, Ct);
            Assert.Null((await Stored(Db.Integration)).Trouble);
        }
    }

    [Fact]
    public async Task Another_integration_keeps_its_own_and_one_that_is_gone_has_none()
    {
        var office = await Db.Integrated(Sample.Integration());
        await Troubles.Note(office.Id, Resumption, Ct);
        Assert.Null((await Stored(Db.Integration)).Trouble);
        await Troubles.Note(Db.Integration.Id, Resumption, Ct);
        await Troubles.End(Db.Integration.Id, Resumption.Job, Ct);
        Assert.Equal(Resumption, (await Stored(office)).Trouble);
        await Troubles.Note(Guid.CreateVersion7(), Resumption, Ct);
        await Troubles.End(Guid.CreateVersion7(), Resumption.Job, Ct);
        Assert.Equal(Resumption, (await Stored(office)).Trouble);
    }

    private async Task<ExchangeIntegration> Stored(ExchangeIntegration integration) =>
        (await Db.Integrations.Find(integration.Id, Ct))!;
}
