using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Traffic;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>An integration as admins see it. The password is write-only and has no place here.</summary>
/// <param name="AuthorityCertificates">As they were entered, in PEM; null when the authorities that the machine trusts are asked.</param>
/// <param name="PinnedCertificate">SHA-256 fingerprint of the one certificate that is believed; null when an authority is asked.</param>
/// <param name="Authorities">What the authority certificates say.</param>
/// <param name="PausedUntil">When a paused integration goes on by itself; null while it is not paused, or until an admin resumes
/// it.</param>
/// <param name="DisconnectingSince">Since when it is being disconnected; null as a rule.</param>
/// <param name="CredentialExpiry">When the service account's password expires.</param>
/// <param name="Version">For If-Match: the stored version.</param>
/// <param name="Trouble">What last went wrong with something that runs by itself for it, and has not gone well since; null as a rule.
/// Calendars go on meanwhile.</param>
/// <param name="LogonWarning">Logons of the right password that Exchange refused within the last 24 hours;
/// null when there were none.</param>
public sealed record IntegrationView(
    Guid Id,
    string DisplayName,
    Uri ServerAddress,
    AuthenticationType Authentication,
    string UserName,
    ExchangeVersion ExchangeVersion,
    bool UseImpersonation,
    bool ShowEventTitles,
    int HorizonMonths,
    int ReminderMinutes,
    string? AuthorityCertificates,
    string? PinnedCertificate,
    IReadOnlyList<AuthorityCertificate> Authorities,
    IntegrationStatus Status,
    string? StatusReason,
    DateTimeOffset? PausedUntil,
    DateTimeOffset? DisconnectingSince,
    PasswordExpiryView CredentialExpiry,
    int Version,
    IntegrationTrouble? Trouble = null,
    LogonWarning? LogonWarning = null)
{
    public static IntegrationView Of(ExchangeIntegration i) => new(
        i.Id, i.DisplayName, i.ServerAddress, i.Authentication, i.Account.UserName, i.ExchangeVersion, i.UseImpersonation,
        i.ShowEventTitles, i.HorizonMonths, i.ReminderMinutes,
        i.Trust.Authorities,
        i.Trust.Pin,
        AuthorityCertificate.Read(i.Trust.Authorities),
        i.Status,
        i.StatusReason,
        i.PausedUntil,
        i.DisconnectingSince,
        PasswordExpiryView.Of(i.PasswordExpiry), i.Version, IntegrationTrouble.Of(i.Trouble));

    /// <summary>Of one that runs, with what holds it up: a logon in doubt, or a long pause that Exchange asked for.</summary>
    internal static async Task<IntegrationView> Of(ExchangeIntegration integration, ITrafficView traffic, CancellationToken ct)
    {
        var view = Of(integration);
        if (integration.Status is not IntegrationStatus.Active) return view;
        var now = await traffic.Of(integration.Server, ct);
        var pause = now.Pauses.FirstOrDefault(p => p is { Mailbox: "", IsRemarkable: true });
        return view with { StatusReason = view.StatusReason ?? now.Doubt?.Message ?? pause?.InWords, LogonWarning = now.Warning };
    }
}

/// <summary>
/// What last went wrong with something that runs by itself for an integration, and has not gone well since. Calendars go on meanwhile.
/// </summary>
/// <param name="Job">What it was: resumption, password-expiry or disconnection.</param>
/// <param name="Problem">Stable code, such as <c>unexpected</c>.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="Since">When it first went wrong.</param>
public sealed record IntegrationTrouble(string Job, string Problem, string Reason, DateTimeOffset Since)
{
    internal static IntegrationTrouble? Of(JobTrouble? trouble) =>
        trouble is null ? null : new(trouble.Job, trouble.Reason.Code, trouble.Reason.Text, trouble.Since);
}
