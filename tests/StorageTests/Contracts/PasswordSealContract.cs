using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Security;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>The sealing key is replaced by another one, while nodes work on the database.</summary>
public abstract class PasswordSealContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private const string Password = "Correct-Horse-7";

    private static readonly string Former = Convert.ToBase64String(new byte[32]), Present = Convert.ToBase64String([.. new byte[31], 1]);

    [Fact]
    public async Task Every_password_is_sealed_anew_and_whoever_has_read_a_row_before_cannot_write_the_former_seal_back()
    {
        var (one, other) = (await Sealed(Db.Integration), await Sealed(Sample.Integration()));
        var node = With(Present, Former); // started again with both keys
        Assert.Equal(Password, node.Open(one.Id, one.Account.SealedPassword).Value);
        Assert.Equal(2, (await new PasswordSeals(Db.Store, node).SealAnew(Ct)).Value.Passwords);
        foreach (var before in new[] { one, other })
        {
            var now = (await Db.Integrations.Find(before.Id, Ct))!;
            Assert.Equal(Password, node.Open(now.Id, now.Account.SealedPassword).Value);
            Assert.Equal(Password, With(Present, null).Open(now.Id, now.Account.SealedPassword).Value);
            Assert.True(With(Former, null).Open(now.Id, now.Account.SealedPassword).IsRefused);
            Assert.Equal(before.Account.CredentialVersion, now.Account.CredentialVersion);
            Assert.True((await Db.Integrations.Save(before with { DisplayName = "Stale" }, Ct)).IsRefused);
        }
    }

    [Fact]
    public async Task One_that_does_not_open_stops_it_and_none_is_changed()
    {
        var (one, _) = (await Sealed(Db.Integration), await Db.Integrated(Sample.Integration())); // three bytes that no key has sealed
        var refused = await new PasswordSeals(Db.Store, With(Present, Former)).SealAnew(Ct);
        Assert.IsType<PasswordCannotBeOpened>(refused.Refusal);
        Assert.Equal(one.Account.SealedPassword, (await Db.Integrations.Find(one.Id, Ct))!.Account.SealedPassword);
    }

    private async Task<ExchangeIntegration> Sealed(ExchangeIntegration integration)
    {
        var box = With(Former, null).Seal(integration.Id, Password).Value;
        return await Db.Integrated(integration with { Account = integration.Account with { SealedPassword = box } });
    }

    private static SecretVault With(string key, string? former) => new(new SecretOptions { Key = key, FormerKey = former, KeyFile = "" });
}
