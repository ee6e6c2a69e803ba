using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;
using Life = CleanSync.Domain.ExchangeIntegrations.LifeCycle;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>A row of exchange_integrations.</summary>
internal sealed record ExchangeIntegrationRow
{
    public Guid Id { get; init; }
    public string DisplayName { get; init; } = "";
    public string ServerAddress { get; init; } = "";
    public string Authentication { get; init; } = "";
    public string UserName { get; init; } = "";
    public string SealedPassword { get; init; } = "";
    public int CredentialVersion { get; init; }
    public string ExchangeVersion { get; init; } = "";
    public bool UseImpersonation { get; init; }
    public bool ShowEventTitles { get; init; }
    public int HorizonMonths { get; init; }
    public int ReminderMinutes { get; init; }
    public string? AuthorityCertificates { get; init; }
    public string? PinnedCertificate { get; init; }
    public string? AccountCalendarId { get; init; }
    public string LifeCycle { get; init; } = "";
    public string? PauseReason { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public DateTimeOffset? DisconnectingSince { get; init; }
    public string Credential { get; init; } = "";
    public string? CredentialReason { get; init; }
    public bool ManualSyncing { get; init; }
    public DateTimeOffset? ResyncAskedAt { get; init; }
    public int IdentityVersion { get; init; }
    public int SettingsVersion { get; init; }
    public int ProjectionVersion { get; init; }
    public int Version { get; init; }
    public string? PasswordState { get; init; }
    public DateTimeOffset? PasswordExpiresAt { get; init; }
    public DateTimeOffset? PasswordReadAt { get; init; }
    public int? PasswordNotice { get; init; }
    public string? PasswordOf { get; init; }
    public string? TroubleJob { get; init; }
    public string? TroubleProblem { get; init; }
    public string? TroubleReason { get; init; }
    public DateTimeOffset? TroubleSince { get; init; }

    public static ExchangeIntegrationRow Of(ExchangeIntegration i) => new()
    {
        Id = i.Id,
        DisplayName = i.DisplayName,
        ServerAddress = i.ServerAddress.OriginalString,
        Authentication = i.Authentication.ToString(),
        UserName = i.Account.UserName,
        SealedPassword = Convert.ToBase64String(i.Account.SealedPassword),
        CredentialVersion = i.Account.CredentialVersion,
        ExchangeVersion = i.ExchangeVersion.ToString(),
        UseImpersonation = i.UseImpersonation,
        ShowEventTitles = i.ShowEventTitles,
        HorizonMonths = i.HorizonMonths,
        ReminderMinutes = i.ReminderMinutes,
        AuthorityCertificates = i.Trust.Authorities,
        PinnedCertificate = i.Trust.Pin,
        AccountCalendarId = i.AccountCalendarId,
        LifeCycle = i.LifeCycle.GetType().Name,
        PauseReason = (i.LifeCycle as Life.Paused)?.Reason,
        PausedUntil = i.PausedUntil,
        DisconnectingSince = i.DisconnectingSince,
        Credential = i.Credential.GetType().Name,
        CredentialReason = i.Credential switch
        {
            CredentialState.Refused(var reason) => reason,
            CredentialState.Unreadable(var reason) => reason,
            _ => null,
        },
        ManualSyncing = i.ManualSyncing,
        ResyncAskedAt = i.ResyncAskedAt,
        IdentityVersion = i.IdentityVersion,
        SettingsVersion = i.SettingsVersion,
        ProjectionVersion = i.ProjectionVersion,
        Version = i.Version,
    };

    public ExchangeIntegration ToIntegration() => new()
    {
        Id = Id,
        DisplayName = DisplayName,
        ServerAddress = new Uri(ServerAddress),
        Authentication = Enum.Parse<AuthenticationType>(Authentication),
        Account = new ServiceAccount(UserName, Convert.FromBase64String(SealedPassword), CredentialVersion),
        ExchangeVersion = Enum.Parse<ExchangeVersion>(ExchangeVersion),
        UseImpersonation = UseImpersonation,
        ShowEventTitles = ShowEventTitles,
        HorizonMonths = HorizonMonths,
        ReminderMinutes = ReminderMinutes,
        Trust = new ServerTrust(AuthorityCertificates, PinnedCertificate),
        AccountCalendarId = AccountCalendarId,
        LifeCycle = LifeCycleOf(),
        Credential = CredentialOf(),
        ManualSyncing = ManualSyncing,
        ResyncAskedAt = ResyncAskedAt,
        IdentityVersion = IdentityVersion,
        SettingsVersion = SettingsVersion,
        ProjectionVersion = ProjectionVersion,
        Version = Version,
        PasswordExpiry = Expiry(),
        Trouble = TroubleJob is { } job ? new JobTrouble(job, new Reason(TroubleProblem!, TroubleReason!), TroubleSince!.Value) : null,
    };

    private Life LifeCycleOf() => LifeCycle switch
    {
        nameof(Life.Draft) => new Life.Draft(),
        nameof(Life.Active) => new Life.Active(),
        nameof(Life.Paused) => new Life.Paused(PauseReason ?? "", PausedUntil),
        nameof(Life.Disconnecting) => new Life.Disconnecting(DisconnectingSince!.Value),
        _ => throw new InvalidOperationException($"{LifeCycle} is no life cycle."),
    };

    private CredentialState CredentialOf() => Credential switch
    {
        nameof(CredentialState.Unproven) => new CredentialState.Unproven(),
        nameof(CredentialState.Works) => new CredentialState.Works(),
        nameof(CredentialState.Refused) => new CredentialState.Refused(CredentialReason ?? ""),
        nameof(CredentialState.Unreadable) => new CredentialState.Unreadable(CredentialReason ?? ""),
        _ => throw new InvalidOperationException($"{Credential} is no state of a credential."),
    };

    /// <summary>Names one password of one account: what was said of another one says nothing of this.</summary>
    public static string CredentialName(ServiceAccount account) => $"{account.CredentialVersion} {account.UserName}";

    private PasswordExpiry Expiry() =>
        PasswordState is not null && PasswordOf == CredentialName(new ServiceAccount(UserName, [], CredentialVersion))
            ? new PasswordExpiry(Enum.Parse<PasswordExpiryState>(PasswordState), PasswordExpiresAt, PasswordReadAt, PasswordNotice)
            : PasswordExpiry.NotRead;
}
