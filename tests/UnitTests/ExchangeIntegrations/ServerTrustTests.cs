using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

public sealed class ServerTrustTests
{
    [Theory]
    [InlineData("ab:cd:0F", "ABCD0F")]
    [InlineData("AB CD 0f", "ABCD0F")]
    [InlineData("ab-cd-0f", "ABCD0F")]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void A_fingerprint_is_read_however_it_is_written(string? entered, string? pin) =>
        Assert.Equal(new ServerTrust(null, pin), ServerTrust.Of(null, entered));

    [Theory]
    [InlineData(IntegrationStatus.Active)]
    [InlineData(IntegrationStatus.Draft)]
    public void A_changed_trust_needs_the_password_keeps_the_state_and_makes_older_plans_stale(IntegrationStatus status)
    {
        var integration = Sample.Integration().In(status);
        var settings = Settings(integration) with { Trust = ServerTrust.Of(null, new string('A', 64)) };
        Assert.IsType<PasswordIsNeeded>(integration.With(settings).Refusal);
        var changed = integration.With(settings, [9]).Value;
        Assert.Equal((status, integration.SettingsVersion + 2, new string('A', 64)), (
            changed.Status, changed.SettingsVersion, changed.Trust.Pin));
    }

    private static IntegrationSettings Settings(ExchangeIntegration i) => new(
        i.DisplayName,
        i.ServerAddress,
        i.Authentication,
        i.Account.UserName,
        i.ExchangeVersion,
        i.UseImpersonation,
        i.ShowEventTitles,
        i.HorizonMonths,
        i.ReminderMinutes,
        i.Trust);
}
