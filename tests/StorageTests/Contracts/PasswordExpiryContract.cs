using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IPasswordExpiryNotes"/> promises.</summary>
public abstract class PasswordExpiryContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    [Fact]
    public async Task What_is_known_is_kept_beside_the_integration_and_is_of_this_very_password_only()
    {
        var read = await Stored();
        var expiry = PasswordExpiry.On(Now.AddDays(6), Now).NoticedAt(Now);
        await Keep(read, expiry);
        var noted = await Stored();
        Assert.Equal((expiry, read.Version, read.SettingsVersion), (noted.PasswordExpiry, noted.Version, noted.SettingsVersion));
        Assert.False((await Db.Integrations.Save(read.WithPassword([1, 2, 3]), Ct)).IsRefused); // nobody's version was raised
        Assert.Equal(PasswordExpiry.NotRead, (await Stored()).PasswordExpiry);
    }

    [Fact]
    public async Task The_latest_replaces_what_was_known_and_another_integration_keeps_its_own()
    {
        var office = await Db.Integrated(Sample.Integration());
        await Keep(office, PasswordExpiry.Never(Now.AddMicroseconds(7)));
        foreach (var expiry in new[]
        {
            PasswordExpiry.On(Now.AddMicroseconds(9), Now.AddMicroseconds(8)) with { Notice = 0 }, PasswordExpiry.On(Now.AddDays(90), Now),
            PasswordExpiry.NotOffered(Now), PasswordExpiry.Never(Now), PasswordExpiry.NotRead,
        })
        {
            await Keep(Db.Integration, expiry);
            Assert.Equal(expiry, (await Stored()).PasswordExpiry);
        }

        Assert.Equal(PasswordExpiry.Never(Now.AddMicroseconds(7)), (await Db.Integrations.Find(office.Id, Ct))!.PasswordExpiry);
    }

    [Fact]
    public async Task An_answer_on_a_password_that_was_replaced_meanwhile_leaves_what_is_known_of_the_new_one()
    {
        var before = await Stored();
        Assert.False((await Db.Integrations.Save(before.WithPassword([1, 2, 3]), Ct)).IsRefused);
        var known = PasswordExpiry.On(Now.AddDays(90), Now);
        await Keep(await Stored(), known);
        await Keep(before, PasswordExpiry.On(Now.AddDays(1), Now));
        Assert.Equal(known, (await Stored()).PasswordExpiry);
        await Keep(before with { Account = before.Account with { UserName = "other" } }, PasswordExpiry.Never(Now));
        Assert.Equal(known, (await Stored()).PasswordExpiry);
    }

    [Fact]
    public async Task Of_an_integration_that_is_gone_nothing_is_kept()
    {
        await Keep(Sample.Integration(), PasswordExpiry.Never(Now));
        Assert.Equal(PasswordExpiry.NotRead, Assert.Single(await Db.Integrations.All(Ct)).PasswordExpiry);
    }

    private async Task<ExchangeIntegration> Stored() => (await Db.Integrations.Find(Db.Integration.Id, Ct))!;

    private Task Keep(ExchangeIntegration integration, PasswordExpiry expiry) =>
        new PasswordExpiryNotes(Db.Store).Keep(integration, expiry, Ct);
}
