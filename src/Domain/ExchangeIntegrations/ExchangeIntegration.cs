namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>The connection to one Exchange organisation through one service account, and its life cycle.</summary>
public sealed record ExchangeIntegration
{
    public required Guid Id { get; init; }

    /// <summary>Title of this integration's version column in the user accounts list.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Address of Exchange's web services, such as <c>https://mail.contoso.example/EWS/Exchange.asmx</c>.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>Whose certificate is believed there.</summary>
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

    /// <summary>
    /// Exchange's id of the service account's own calendar, which no staff member may be linked to; null when it has none.
    /// </summary>
    public string? AccountCalendarId { get; init; }

    public IntegrationStatus Status { get; init; } = IntegrationStatus.Draft;

    /// <summary>Why the integration does not run, in words for an admin; null while it runs.</summary>
    public string? StatusReason { get; init; }

    /// <summary>True: a new staff member starts switched off, and each is switched on by hand.</summary>
    public bool ManualSyncing { get; init; }

    /// <summary>When a paused integration goes on by itself; null until an admin resumes it.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Since when it is being disconnected, also while a refused credential holds that up; null as a rule.</summary>
    public DateTimeOffset? DisconnectingSince { get; init; }

    /// <summary>When an admin last had all calendars read again from scratch; null before the first time.</summary>
    public DateTimeOffset? ResyncAskedAt { get; init; }

    /// <summary>Rises when Exchange's ids may mean something else from now on: another address, or another manner of access.</summary>
    public int IdentityVersion { get; init; } = 1;

    /// <summary>When the password expires, as Exchange last said of this very password. Saving an integration leaves it as it is.</summary>
    public PasswordExpiry PasswordExpiry { get; init; } = PasswordExpiry.NotRead;

    /// <summary>What last went wrong with a job of it; null when they go well. Saving an integration leaves it as it is.</summary>
    public JobTrouble? Trouble { get; init; }

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

    /// <summary>Why nothing is sent to Exchange for its calendars; null while passes and pushes run.</summary>
    public Error? BlockedBy => Status switch
    {
        IntegrationStatus.Active => null,
        IntegrationStatus.Paused => new IntegrationIsPaused(StatusReason ?? ""),
        IntegrationStatus.Disconnecting => new IntegrationIsBeingDisconnected(),
        IntegrationStatus.PasswordUnreadable when DisconnectingSince is null => new PasswordCannotBeOpened(StatusReason ?? ""),
        _ when DisconnectingSince is not null => new IntegrationIsBeingDisconnected(),
        _ => new IntegrationIsNotAuthorized(Status.ToString()),
    };

    /// <summary>Where the stored password may go, and how.</summary>
    public CredentialScope PasswordScope => new(ServerAddress, Authentication, Account.UserName, Trust);

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

    public ExchangeIntegration Authorized(string? accountCalendarId) =>
        this with
        {
            Status = DisconnectingSince is null ? IntegrationStatus.Active : IntegrationStatus.Disconnecting,
            StatusReason = null,
            AccountCalendarId = accountCalendarId
        };

    /// <summary>Nothing is sent any more; what is under way at Exchange ends. Refused unless it runs, or is paused already.</summary>
    public Result<ExchangeIntegration> Paused(string reason, DateTimeOffset? until) =>
        Status is IntegrationStatus.Active or IntegrationStatus.Paused
        ? this with
        {
            Status = IntegrationStatus.Paused,
            StatusReason = until is { } end ? $"{reason} (until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC)" : reason,
            PausedUntil = until
        }
        : (Result<ExchangeIntegration>)BlockedBy!;

    /// <summary>Goes on after a pause.</summary>
    public Result<ExchangeIntegration> Resumed() => Status switch
    {
        IntegrationStatus.Active => this,
        IntegrationStatus.Paused => this with { Status = IntegrationStatus.Active, StatusReason = null, PausedUntil = null },
        _ => BlockedBy!,
    };

    /// <summary>
    /// From now on nothing is read and no appointment is written; what CleanSync made is removed. A refused credential stays refused.
    /// </summary>
    public ExchangeIntegration Leaving(DateTimeOffset now) => DisconnectingSince is not null ? this : this with
    {
        DisconnectingSince = now,
        PausedUntil = null,
        SettingsVersion = SettingsVersion + 1,
        Status = HasNoPassword ? Status : IntegrationStatus.Disconnecting,
        StatusReason = HasNoPassword ? StatusReason : null,
    };

    /// <summary>Stops everything after a refused logon, unless a newer password has arrived since.</summary>
    public ExchangeIntegration LogonRefused(int credentialVersion, Error? refusal = null) => credentialVersion != Account.CredentialVersion
        ? this
        : this with
        {
            Status = IntegrationStatus.CredentialRefused,
            StatusReason = refusal is CredentialOrExtendedProtectionRefused or AccountIsLocked or AccountIsDisabled
                ? refusal.Message
                : $"Exchange refused the password of {Account.UserName}. Nothing more is sent, so that the account is not locked. "
                + "Enter the new password: it is tried once, and everything goes on when it works.",
        };

    /// <summary>Nothing runs without the password. What does not run anyway stays as it is, until it would send something.</summary>
    /// <param name="why">Null when it opens: what stopped for this goes on.</param>
    public ExchangeIntegration PasswordIsShut(string? why) => (why, Status) switch
    {
        (null, IntegrationStatus.PasswordUnreadable) => Authorized(AccountCalendarId),
        (not null, IntegrationStatus.Active or IntegrationStatus.Disconnecting or IntegrationStatus.PasswordUnreadable)
            when why != StatusReason => this with { Status = IntegrationStatus.PasswordUnreadable, StatusReason = why },
        _ => this,
    };

    /// <summary>CleanSync itself noted since that the password does not work; nobody has changed anything.</summary>
    public bool OnlyStoppedSince(ExchangeIntegration before) =>
        Status is IntegrationStatus.CredentialRefused or IntegrationStatus.PasswordUnreadable
        && Account.CredentialVersion == before.Account.CredentialVersion
        && this with
        {
            Status = before.Status,
            StatusReason = before.StatusReason,
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

    private bool HasNoPassword => Status is IntegrationStatus.CredentialRefused or IntegrationStatus.PasswordUnreadable;

    /// <summary>Whether settings lead to the same server, as the same account, in the same manner.</summary>
    public bool Reaches(IntegrationSettings settings) =>
        settings.ServerAddress == ServerAddress
        && settings.Authentication == Authentication
        && settings.UserName == Account.UserName
        && settings.Trust == Trust
        && settings.ExchangeVersion == ExchangeVersion
        && settings.UseImpersonation == UseImpersonation;
}
