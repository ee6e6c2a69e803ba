using System.Security.Cryptography;
using CleanSync.Application;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Security;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CleanSync.UnitTests.Security;

/// <summary>A database with stored passwords, started with the key that they were sealed under, with another one, or with none.</summary>
public sealed class SealedPasswordsTests(TemporarySqlite database) : IClassFixture<TemporarySqlite>, IAsyncLifetime
{
    private readonly NotedLog log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(database.Folder, "cleansync.key");

    public async ValueTask InitializeAsync()
    {
        File.Delete(KeyFile);
        var vault = Vault();
        vault.MakeKey();
        var stored = (await database.Integrations.Find(database.Integration.Id, Ct))!;
        var running = stored.WithPassword(vault.Seal(stored.Id, "pw").Value).In(IntegrationStatus.Active);
        await database.Integrations.Save(running, Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_missing_key_is_told_in_one_line_and_no_new_one_is_made()
    {
        File.Delete(KeyFile);
        var passwords = await Reviewed();
        Assert.IsType<SealingKeyIsMissing>((await passwords.Look(Ct)).WhyNot);
        Assert.Contains("no new one is made", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));
        Assert.Equal(IntegrationStatus.PasswordUnreadable, (await Stored()).Status);
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_one_line_and_the_right_one_sets_everything_going_again()
    {
        var right = await File.ReadAllTextAsync(KeyFile, Ct);
        await File.WriteAllTextAsync(KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Ct);
        Assert.IsType<SealingKeyIsAnother>((await (await Reviewed()).Look(Ct)).WhyNot);
        Assert.Single(log.Lines);
        Assert.IsType<PasswordCannotBeOpened>((await Stored()).BlockedBy);

        await File.WriteAllTextAsync(KeyFile, right, Ct);
        Assert.Null((await (await Reviewed()).Look(Ct)).WhyNot);
        Assert.Equal((IntegrationStatus.Active, null), ((await Stored()).Status, (await Stored()).StatusReason));
    }

    [Fact]
    public async Task One_password_that_does_not_open_is_its_integrations_trouble_and_nobody_elses()
    {
        var other = Sample.Integration() with { Id = Guid.CreateVersion7(), DisplayName = "Branch" };
        await database.Integrations.Save(other, Ct);
        var now = await (await Reviewed()).Look(Ct);
        Assert.Null(now.WhyNot);
        Assert.Equal([other.Id], now.ShutPasswords);
        Assert.Contains(other.Id.ToString(), Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Equal(IntegrationStatus.Active, (await Stored()).Status);
        var shut = await database.Integrations.Find(other.Id, Ct);
        Assert.Contains("Enter the password again", shut!.StatusReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("c2hvcnQ=")]
    public async Task A_key_that_is_none_does_not_start(string key)
    {
        await File.WriteAllTextAsync(KeyFile, key, Ct);
        var refused = await Assert.ThrowsAsync<StartRefused>(Reviewed);
        Assert.Contains("32 random bytes", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        var vault = new SecretVault(new SecretOptions { Key = key, KeyFile = KeyFile });
        var configured = new SealedPasswords(database.Integrations, vault, log.CreateLogger<SealedPasswords>());
        await Assert.ThrowsAsync<StartRefused>(() => configured.Review(Ct));
    }

    [Fact]
    public void Files_that_others_can_read_are_named_with_the_command_that_closes_them()
    {
        if (OperatingSystem.IsWindows()) return;
        var permissions = new FilePermissions(database.Options, KeyFile, log.CreateLogger<FilePermissions>());
        permissions.Warn();
        Assert.Empty(log.Lines);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.SetUnixFileMode(database.Options.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        permissions.Warn();
        Assert.Equal(2, log.Lines.Count);
        Assert.Contains($"chmod 600 '{database.Options.Path}'", log.Lines[0], StringComparison.Ordinal);
        Assert.Contains($"chmod 600 '{KeyFile}'", log.Lines[1], StringComparison.Ordinal);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(database.Options.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<SealedPasswords> Reviewed()
    {
        var passwords = new SealedPasswords(database.Integrations, Vault(), log.CreateLogger<SealedPasswords>());
        await passwords.Review(Ct);
        return passwords;
    }

    private async Task<ExchangeIntegration> Stored() => (await database.Integrations.Find(database.Integration.Id, Ct))!;

    private SecretVault Vault() => new(new SecretOptions { KeyFile = KeyFile });
}
