namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>Everything an admin can set on an integration but the password.</summary>
public sealed record IntegrationSettings(
    string DisplayName,
    Uri ServerAddress,
    AuthenticationType Authentication,
    string UserName,
    ExchangeVersion ExchangeVersion,
    bool UseImpersonation,
    bool ShowEventTitles,
    int HorizonMonths,
    int ReminderMinutes,
    ServerTrust Trust)
{
    /// <summary>Where the password goes under these settings, and how.</summary>
    public CredentialScope PasswordScope => new(ServerAddress, Authentication, UserName, Trust);

    /// <summary>How the server would be called under these settings, before they are saved.</summary>
    public ServerConnection Server(Guid id) =>
        new(id, PasswordScope, CredentialVersion: 1, ExchangeVersion, UseImpersonation, SettingsVersion: 1, IntegrationStatus.Draft);
}
