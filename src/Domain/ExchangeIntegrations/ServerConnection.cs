namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>
/// How the server of an integration is called: where, as whom, and in what manner, as its settings were when it was told. The password is
/// not in it; whoever opens a connection asks for the one of this version.
/// </summary>
/// <param name="Scope">Where the password may go.</param>
/// <param name="CredentialVersion">Of the password that the calls log on with.</param>
/// <param name="UseImpersonation">True: ApplicationImpersonation. False: delegate access to each calendar.</param>
/// <param name="Status">A call that is sent later finds out whether the integration was stopped meanwhile.</param>
public sealed record ServerConnection(
    Guid IntegrationId,
    CredentialScope Scope,
    int CredentialVersion,
    ExchangeVersion ExchangeVersion,
    bool UseImpersonation,
    int SettingsVersion,
    IntegrationStatus Status)
{
    public Uri ServerAddress => Scope.ServerAddress;

    public ServerTrust Trust => Scope.Trust;

    public AuthenticationType Authentication => Scope.Authentication;

    public string UserName => Scope.UserName;

    /// <summary>The name under which wrong passwords are counted.</summary>
    public string CountedAs => ServiceAccount.CountedName(UserName);
}
