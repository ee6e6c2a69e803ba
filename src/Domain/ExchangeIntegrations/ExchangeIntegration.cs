using CleanSync.Domain.ExchangeIntegrations.Troubles;

namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>The connection to one Exchange organisation through one service account, and its life cycle.</summary>
public sealed partial record ExchangeIntegration
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

    public LifeCycle LifeCycle { get; init; } = new LifeCycle.Draft();

    public CredentialState Credential { get; init; } = new CredentialState.Unproven();

    /// <summary>True: a new staff member starts switched off, and each is switched on by hand.</summary>
    public bool ManualSyncing { get; init; }

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

    /// <summary>Both in one word, as an admin sees it: a password that does not work comes first.</summary>
    public IntegrationStatus Status => (LifeCycle, Credential) switch
    {
        (_, CredentialState.Refused) => IntegrationStatus.CredentialRefused,
        (_, CredentialState.Unreadable) => IntegrationStatus.PasswordUnreadable,
        (LifeCycle.Draft, _) => IntegrationStatus.Draft,
        (LifeCycle.Active, _) => IntegrationStatus.Active,
        (LifeCycle.Paused, _) => IntegrationStatus.Paused,
        _ => IntegrationStatus.Disconnecting,
    };

    /// <summary>Why the integration does not run, in words for an admin; null while it runs.</summary>
    public string? StatusReason => (LifeCycle, Credential) switch
    {
        (_, CredentialState.Refused(var reason)) => reason,
        (_, CredentialState.Unreadable(var reason)) => reason,
        (LifeCycle.Paused(var reason, _), _) => reason,
        _ => null,
    };

    /// <summary>When a paused integration goes on by itself; null until an admin resumes it.</summary>
    public DateTimeOffset? PausedUntil => (LifeCycle as LifeCycle.Paused)?.Until;

    /// <summary>Since when it is being disconnected, also while a refused credential holds that up; null as a rule.</summary>
    public DateTimeOffset? DisconnectingSince => (LifeCycle as LifeCycle.Disconnecting)?.Since;

    /// <summary>Why nothing is sent to Exchange for its calendars; null while passes and pushes run.</summary>
    public Error? BlockedBy => (LifeCycle, Credential) switch
    {
        (LifeCycle.Disconnecting, _) => new IntegrationIsBeingDisconnected(),
        (_, CredentialState.Unreadable(var reason)) => new PasswordCannotBeOpened(reason),
        (_, CredentialState.Refused) or (LifeCycle.Draft, _) => new IntegrationIsNotAuthorized(Status.ToString()),
        (LifeCycle.Paused(var reason, _), _) => new IntegrationIsPaused(reason),
        _ => null,
    };

    /// <summary>Where the stored password may go, and how.</summary>
    public CredentialScope PasswordScope => new(ServerAddress, Authentication, Account.UserName, Trust);

    /// <summary>How its server is called, as things are now.</summary>
    public ServerConnection Server => new(
        Id, PasswordScope, Account.CredentialVersion, ExchangeVersion, UseImpersonation, SettingsVersion, Status);

    /// <summary>What its calendars are synced by, as things are now.</summary>
    public SyncSettings SyncSettings => new(
        HorizonMonths, ReminderMinutes, ShowEventTitles, IdentityVersion, ProjectionVersion, AccountCalendarId);

    /// <summary>Whether settings lead to the same server, as the same account, in the same manner.</summary>
    public bool Reaches(IntegrationSettings settings) =>
        settings.ServerAddress == ServerAddress
        && settings.Authentication == Authentication
        && settings.UserName == Account.UserName
        && settings.Trust == Trust
        && settings.ExchangeVersion == ExchangeVersion
        && settings.UseImpersonation == UseImpersonation;
}
