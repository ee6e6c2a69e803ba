namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>What happens to an integration, each as the integration that follows.</summary>
public sealed partial record ExchangeIntegration
{
    /// <summary>A new integration as an admin entered it.</summary>
    public static ExchangeIntegration Draft(Guid id, IntegrationSettings settings, byte[] sealedPassword) => new()
    {
        Id = id,
        DisplayName = settings.DisplayName,
        ServerAddress = settings.ServerAddress,
        Authentication = settings.Authentication,
        Account = new ServiceAccount(settings.UserName, sealedPassword, 1),
        ExchangeVersion = settings.ExchangeVersion,
        UseImpersonation = settings.UseImpersonation,
        ShowEventTitles = settings.ShowEventTitles,
        HorizonMonths = settings.HorizonMonths,
        ReminderMinutes = settings.ReminderMinutes,
        Trust = settings.Trust,
    };

    /// <summary>
    /// The status stays: whoever changes the connection of an integration that runs tries it before. Refused in every status when the
    /// stored password would go where it was not given for; with a new one it may.
    /// </summary>
    /// <param name="sealedPassword">A new password; null to keep the stored one.</param>
    public Result<ExchangeIntegration> With(IntegrationSettings settings, byte[]? sealedPassword = null)
    {
        if (sealedPassword is not null) return Changed(settings).WithPassword(sealedPassword);
        var changes = settings.PasswordScope.ChangesFrom(PasswordScope);
        return changes.Count == 0 ? Changed(settings) : new PasswordIsNeeded(string.Join(", ", changes));
    }

    private ExchangeIntegration Changed(IntegrationSettings settings) => this with
    {
        DisplayName = settings.DisplayName,
        ServerAddress = settings.ServerAddress,
        Authentication = settings.Authentication,
        Account = Account with { UserName = settings.UserName },
        ExchangeVersion = settings.ExchangeVersion,
        UseImpersonation = settings.UseImpersonation,
        ShowEventTitles = settings.ShowEventTitles,
        HorizonMonths = settings.HorizonMonths,
        ReminderMinutes = settings.ReminderMinutes,
        Trust = settings.Trust,
        SettingsVersion = SettingsVersion + 1,
        ProjectionVersion = settings.ShowEventTitles && !ShowEventTitles ? ProjectionVersion + 1 : ProjectionVersion,
        IdentityVersion = settings.ServerAddress != ServerAddress || settings.UseImpersonation != UseImpersonation
            ? IdentityVersion + 1
            : IdentityVersion,
    };

    /// <summary>A new password. Whoever gives it to an integration that was not a draft tries it before.</summary>
    public ExchangeIntegration WithPassword(byte[] sealedPassword) => this with
    {
        Account = Account with { SealedPassword = sealedPassword, CredentialVersion = Account.CredentialVersion + 1 },
        PasswordExpiry = PasswordExpiry.NotRead,
        SettingsVersion = SettingsVersion + 1,
    };

    /// <summary>A logon with its password works: it runs, or its disconnection goes on.</summary>
    public ExchangeIntegration Authorized(string? accountCalendarId) => this with
    {
        LifeCycle = LifeCycle is LifeCycle.Disconnecting ? LifeCycle : new LifeCycle.Active(),
        Credential = new CredentialState.Works(),
        AccountCalendarId = accountCalendarId,
    };

    /// <summary>Nothing is sent any more; what is under way at Exchange ends. Refused unless it runs, or is paused already.</summary>
    public Result<ExchangeIntegration> Paused(string reason, DateTimeOffset? until) =>
        Status is not (IntegrationStatus.Active or IntegrationStatus.Paused) ? BlockedBy! : this with
        {
            LifeCycle = new LifeCycle.Paused(
                until is { } end ? $"{reason} (until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC)" : reason, until),
        };

    /// <summary>Goes on after a pause.</summary>
    public Result<ExchangeIntegration> Resumed() => Status switch
    {
        IntegrationStatus.Active => this,
        IntegrationStatus.Paused => this with { LifeCycle = new LifeCycle.Active() },
        _ => BlockedBy!,
    };

    /// <summary>
    /// From now on nothing is read and no appointment is written; what CleanSync made is removed. A refused credential stays refused.
    /// </summary>
    public ExchangeIntegration Leaving(DateTimeOffset now) => LifeCycle is LifeCycle.Disconnecting ? this : this with
    {
        LifeCycle = new LifeCycle.Disconnecting(now),
        SettingsVersion = SettingsVersion + 1,
    };

    /// <summary>Stops everything after a refused logon, unless a newer password has arrived since.</summary>
    public ExchangeIntegration LogonRefused(int credentialVersion, Error? refusal = null) => credentialVersion != Account.CredentialVersion
        ? this
        : this with
        {
            Credential = new CredentialState.Refused(
                refusal is CredentialOrExtendedProtectionRefused or AccountIsLocked or AccountIsDisabled
                    ? refusal.Message
                    : $"Exchange refused the password of {Account.UserName}. Nothing more is sent, so that the account is not locked. "
                        + "Enter the new password: it is tried once, and everything goes on when it works."),
        };

    /// <summary>Nothing runs without the password. What does not run anyway stays as it is, until it would send something.</summary>
    /// <param name="why">Null when it opens: what stopped for this goes on.</param>
    public ExchangeIntegration PasswordIsShut(string? why) => (why, LifeCycle, Credential) switch
    {
        (null, _, CredentialState.Unreadable) => Authorized(AccountCalendarId),
        (null, _, _) or (_, _, CredentialState.Refused) or (_, LifeCycle.Draft or LifeCycle.Paused, _) => this,
        (_, _, CredentialState.Unreadable(var known)) when known == why => this,
        _ => this with { Credential = new CredentialState.Unreadable(why) },
    };

    /// <summary>CleanSync itself noted since that the password does not work; nobody has changed anything.</summary>
    public bool OnlyStoppedSince(ExchangeIntegration before) =>
        Credential is CredentialState.Refused or CredentialState.Unreadable
        && Account.CredentialVersion == before.Account.CredentialVersion
        && this with
        {
            Credential = before.Credential,
            Account = before.Account,
            PasswordExpiry = before.PasswordExpiry,
            Trouble = before.Trouble,
            Version = before.Version,
        } == before;

    /// <summary>All calendars are to be read again from scratch.</summary>
    public Result<ExchangeIntegration> ResyncAsked(DateTimeOffset now) =>
        BlockedBy is { } still ? still : this with { ResyncAskedAt = now };

    /// <summary>How staff members begin who are linked from now on.</summary>
    public ExchangeIntegration WithManualSyncing(bool manual) => manual == ManualSyncing ? this : this with { ManualSyncing = manual };

    /// <summary>What Exchange said of the password just now.</summary>
    public ExchangeIntegration Expiring(PasswordExpiry expiry) => this with { PasswordExpiry = expiry };

    /// <summary>As it is once this was stored.</summary>
    public ExchangeIntegration Saved() => this with { Version = Version + 1 };
}
