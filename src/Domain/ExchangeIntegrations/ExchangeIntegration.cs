namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>The connection to one Exchange organisation through one service account, and its life cycle.</summary>
public sealed record ExchangeIntegration
{
    public required Guid Id { get; init; }

    /// <summary>Title of this integration's version column in the user accounts list.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Address of Exchange's web services, such as <c>https://mail.contoso.example/EWS/Exchange.asmx</c>.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>Whose certificate is believed there. Changing it is no new connection: until the certificate is believed, no logon is sent.</summary>
    public ServerTrust Trust { get; init; } = ServerTrust.OfTheMachine;

    public required AuthenticationType Authentication { get; init; }

    public required ServiceAccount Account { get; init; }

    public required ExchangeVersion ExchangeVersion { get; init; }

    /// <summary>True: ApplicationImpersonation. False: delegate access to each calendar.</summary>
    public required bool UseImpersonation { get; init; }

    /// <summary>False: every Exchange event reads "Busy", and no title of one is stored.</summary>
    public required bool ShowEventTitles { get; init; }

    /// <summary>How far ahead calendars are kept the same, in months, 1 to 24.</summary>
    public int HorizonMonths { get; init; } = 12;

    /// <summary>Reminder of a pushed event, in minutes before its start.</summary>
    public int ReminderMinutes { get; init; } = 15;

    /// <summary>Exchange's id of the service account's own calendar, which no staff member may be linked to; null when it has none.</summary>
    public string? AccountCalendarId { get; init; }

    public IntegrationStatus Status { get; init; } = IntegrationStatus.Draft;

    /// <summary>Why the integration does not run, in words for an admin; null while it runs.</summary>
    public string? StatusReason { get; init; }

    /// <summary>When the password expires, as Exchange last said of this very password. Saving an integration leaves it as it is.</summary>
    public PasswordExpiry PasswordExpiry { get; init; } = PasswordExpiry.NotRead;

    /// <summary>Rises with every change of settings; a commit that was planned under older settings is refused.</summary>
    public int SettingsVersion { get; init; } = 1;

    /// <summary>Rises when stored events must be read again, such as when titles may be shown from now on.</summary>
    public int ProjectionVersion { get; init; } = 1;

    /// <summary>Version of the stored row; 0 before the first save.</summary>
    public int Version { get; init; }

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

    public ExchangeIntegration With(IntegrationSettings settings) => this with
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
        Status = Status is IntegrationStatus.Active && Reaches(settings) ? IntegrationStatus.Active : IntegrationStatus.Draft,
        StatusReason = Status is IntegrationStatus.Active && Reaches(settings)
            ? null
            : "The connection was changed. Authorize the integration to start syncing.",
    };

    /// <summary>A new password; a stopped integration stays stopped until it is authorized with it.</summary>
    public ExchangeIntegration WithPassword(byte[] sealedPassword) => this with
    {
        Account = Account with { SealedPassword = sealedPassword, CredentialVersion = Account.CredentialVersion + 1 },
        PasswordExpiry = PasswordExpiry.NotRead,
        SettingsVersion = SettingsVersion + 1,
    };

    public ExchangeIntegration Authorized(string? accountCalendarId) =>
        this with { Status = IntegrationStatus.Active, StatusReason = null, AccountCalendarId = accountCalendarId };

    /// <summary>Stops everything after a refused logon, unless a newer password has arrived since.</summary>
    public ExchangeIntegration LogonRefused(int credentialVersion, Error? refusal = null) => credentialVersion != Account.CredentialVersion
        ? this
        : this with
        {
            Status = IntegrationStatus.CredentialRefused,
            StatusReason = refusal is CredentialOrExtendedProtectionRefused ? refusal.Message : $"Exchange refused the password of {Account.UserName}. Nothing more is sent, so that the account is not locked. "
                + "Enter the new password, then authorize again.",
        };

    private bool Reaches(IntegrationSettings settings) =>
        settings.ServerAddress == ServerAddress
        && settings.Authentication == Authentication
        && settings.UserName == Account.UserName
        && settings.ExchangeVersion == ExchangeVersion
        && settings.UseImpersonation == UseImpersonation;
}
