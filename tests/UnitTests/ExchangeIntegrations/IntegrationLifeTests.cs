using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

/// <summary>Which state follows which in an integration's life.</summary>
public sealed class IntegrationLifeTests
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private readonly ExchangeIntegration running = Sample.Integration();

    [Fact]
    public void Only_what_runs_can_be_paused_and_a_second_pause_replaces_the_first()
    {
        var paused = running.Paused("Update", Now.AddHours(1)).Value;
        Assert.Equal((IntegrationStatus.Paused, Now.AddHours(1)), (paused.Status, paused.PausedUntil));
        Assert.Null(paused.Paused("Longer", null).Value.PausedUntil);
        Assert.IsType<IntegrationIsNotAuthorized>(running.In(IntegrationStatus.Draft).Paused("Update", null).Refusal);
        Assert.IsType<IntegrationIsBeingDisconnected>(running.Leaving(Now).Paused("Update", null).Refusal);
    }

    [Fact]
    public void Resuming_ends_a_pause_and_changes_nothing_else()
    {
        Assert.Equal(running, running.Paused("Update", Now).Value.Resumed().Value);
        Assert.Same(running, running.Resumed().Value);
        Assert.IsType<IntegrationIsNotAuthorized>(running.In(IntegrationStatus.CredentialRefused).Resumed().Refusal);
    }

    [Fact]
    public void A_refused_password_does_not_end_a_disconnection_and_a_new_one_goes_on_with_it()
    {
        var refused = running.Leaving(Now).LogonRefused(running.Account.CredentialVersion);
        Assert.Equal((IntegrationStatus.CredentialRefused, Now), (refused.Status, refused.DisconnectingSince));
        Assert.IsType<IntegrationIsBeingDisconnected>(refused.BlockedBy);
        Assert.Equal(IntegrationStatus.Disconnecting, refused.WithPassword([9]).Authorized("AAA=").Status);
        Assert.Equal(IntegrationStatus.CredentialRefused, running.LogonRefused(running.Account.CredentialVersion).Leaving(Now).Status);
    }

    [Fact]
    public void A_password_that_does_not_open_stops_what_runs_and_what_was_stopped_for_it_goes_on_where_it_was()
    {
        var shut = running.PasswordIsShut("it was altered.");
        Assert.Equal((IntegrationStatus.PasswordUnreadable, "it was altered."), (shut.Status, shut.StatusReason));
        Assert.Same(shut, shut.PasswordIsShut("it was altered."));
        Assert.Equal(running, shut.PasswordIsShut(null));
        Assert.Equal(IntegrationStatus.Active, shut.WithPassword([9]).Authorized("AAA=").Status);

        var leaving = running.Leaving(Now).PasswordIsShut("it was altered.");
        Assert.Equal(IntegrationStatus.PasswordUnreadable, shut.Leaving(Now).Status);
        Assert.IsType<IntegrationIsBeingDisconnected>(leaving.BlockedBy);
        Assert.Equal(IntegrationStatus.Disconnecting, leaving.PasswordIsShut(null).Status);
        var paused = running.Paused("Update", null).Value;
        Assert.Same(paused, paused.PasswordIsShut("it was altered."));
    }

    [Theory]
    [InlineData(true, false, 2)]
    [InlineData(false, true, 2)]
    [InlineData(false, false, 1)]
    public void Ids_mean_something_else_at_another_address_and_in_another_manner_of_access(
        bool otherAddress,
        bool otherAccess,
        int expected)
    {
        var settings = new IntegrationSettings(
            "Another name", otherAddress
                ? new Uri("https://other.contoso.example/EWS/Exchange.asmx")
                : running.ServerAddress, AuthenticationType.Basic, "other@contoso.example",
            ExchangeVersion.Exchange2016, running.UseImpersonation != otherAccess, true, 6, 30, running.Trust);
        var changed = running.With(settings, [9]).Value;
        Assert.Equal((expected, IntegrationStatus.Active), (changed.IdentityVersion, changed.Status));
    }
}
