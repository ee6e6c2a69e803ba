using System.Text;
using CleanSync.Application;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Security;
using Xunit;

namespace CleanSync.UnitTests.Security;

public sealed class SecretVaultTests : IDisposable
{
    private const string Password = "Grüße, p4ssw0rd!";
    private static readonly Guid Integration = Guid.CreateVersion7();
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-").FullName;

    private string KeyFile => Path.Combine(folder, "keys", "cleansync.key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_sealed_opens_also_after_a_restart() =>
        Assert.Equal(Password, Vault().Open(Integration, Vault().Seal(Integration, Password).Value).Value);

    [Fact]
    public void Nothing_of_the_password_shows_and_no_two_seals_are_alike()
    {
        var vault = Vault();
        var box = vault.Seal(Integration, Password).Value;
        Assert.DoesNotContain("p4ss", Encoding.Latin1.GetString(box), StringComparison.Ordinal);
        Assert.NotEqual(box, vault.Seal(Integration, Password).Value);
        Assert.Equal(1 + 4 + 12 + 16 + Encoding.UTF8.GetByteCount(Password), box.Length);
    }

    [Fact]
    public void A_password_does_not_open_for_another_integration()
    {
        var vault = Vault();
        var refused = vault.Open(Guid.CreateVersion7(), vault.Seal(Integration, Password).Value).Refusal;
        Assert.DoesNotContain("p4ss", Assert.IsType<PasswordCannotBeOpened>(refused).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_byte_can_be_altered()
    {
        var vault = Vault();
        var box = vault.Seal(Integration, Password).Value;
        for (var at = 0; at < box.Length; at++)
        {
            var altered = box.ToArray();
            altered[at] ^= 1;
            Assert.IsType<PasswordCannotBeOpened>(vault.Open(Integration, altered).Refusal);
        }

        Assert.IsType<PasswordCannotBeOpened>(vault.Open(Integration, box[..20]).Refusal);
    }

    [Fact]
    public void Another_key_is_named_as_the_reason()
    {
        var box = Vault().Seal(Integration, Password).Value;
        File.Delete(KeyFile);
        Assert.Contains("another key", Vault().Open(Integration, box).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_former_key_still_opens_what_it_sealed_and_seals_nothing_any_more()
    {
        string former = Convert.ToBase64String(new byte[32]), present = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]);
        SecretVault With(string key, string? before) => new(new SecretOptions { Key = key, FormerKey = before, KeyFile = KeyFile });
        var old = With(former, null).Seal(Integration, Password).Value;
        var both = With(present, former);
        Assert.Equal(Password, both.Open(Integration, old).Value);
        Assert.False(both.IsKeyOfOthers([old]));
        Assert.True(With(present, null).IsKeyOfOthers([old]));
        var anew = both.Seal(Integration, Password).Value;
        Assert.Equal(Password, With(present, null).Open(Integration, anew).Value);
        Assert.IsType<PasswordCannotBeOpened>(With(former, null).Open(Integration, anew).Refusal);
        Assert.Contains(
            "Secrets:FormerKey", Assert.Throws<StartRefused>(() => With(present, "abc").Open(Integration, old)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_key_leaves_no_file()
    {
        var options = new SecretOptions { Key = Convert.ToBase64String(new byte[32]), KeyFile = KeyFile };
        var box = new SecretVault(options).Seal(Integration, Password).Value;
        Assert.Equal(Password, new SecretVault(options).Open(Integration, box).Value);
        Assert.False(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void A_configured_key_that_is_none_says_what_is_expected(string key)
    {
        var vault = new SecretVault(new SecretOptions { Key = key, KeyFile = KeyFile });
        Assert.Contains(
            "32 random bytes", Assert.Throws<StartRefused>(() => vault.Seal(Integration, Password)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_file_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        Vault().Seal(Integration, Password);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    private SecretVault Vault()
    {
        var vault = new SecretVault(new SecretOptions { KeyFile = KeyFile });
        vault.MakeKey();
        return vault;
    }
}
