using System.Text.Json.Serialization;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>A connection to one Exchange organisation through one service account.</summary>
/// <param name="DisplayName">1 to 100 characters; titles the version column of the user accounts list.</param>
/// <param name="ServerAddress">Full https address of Exchange's web services, such as
/// https://mail.contoso.example/EWS/Exchange.asmx.</param>
/// <param name="Authentication">How the service account logs on. Ntlm means NTLMv2.</param>
/// <param name="UserName">The service account as a UPN (svc-booking@contoso.example) or as DOMAIN\user.</param>
/// <param name="Password">Its password. Write-only: stored encrypted, and never in any answer or log.</param>
/// <param name="ExchangeVersion">One of GET /api/v1/integrations/versions. Exchange 2019 and later choose Exchange2016.</param>
/// <param name="UseImpersonation">true: the account holds ApplicationImpersonation. false: each calendar is shared with it (delegate
/// access).</param>
/// <param name="ShowEventTitles">true: titles of Exchange events are shown, private ones never. false: they all read "Busy" and no title is
/// stored.</param>
/// <param name="HorizonMonths">How far ahead calendars are kept the same, in months, 1 to 24.</param>
/// <param name="ReminderMinutes">Reminder of an appointment in Outlook, in minutes before its start; 0 for none, at most 40320.</param>
/// <param name="AuthorityCertificates">
/// Certificates in PEM of your own authority, the root among them. They are believed instead of those that the machine trusts. Leave out to
/// trust these.
/// </param>
/// <param name="PinnedCertificate">
/// Instead of an authority: the SHA-256 fingerprint of the one certificate that is believed, in hexadecimal digits. Its dates are still
/// verified.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewIntegration(
    string DisplayName,
    Uri ServerAddress,
    AuthenticationType Authentication,
    string UserName,
    string Password,
    ExchangeVersion ExchangeVersion,
    bool UseImpersonation,
    bool ShowEventTitles,
    int HorizonMonths = 12,
    int ReminderMinutes = 15,
    string? AuthorityCertificates = null,
    string? PinnedCertificate = null)
{
    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(NewIntegration);

    internal ConnectExchange ToCommand() => new(
        new IntegrationSettings(
            DisplayName,
            ServerAddress,
            Authentication,
            UserName,
            ExchangeVersion,
            UseImpersonation,
            ShowEventTitles,
            HorizonMonths,
            ReminderMinutes,
            ServerTrust.Of(AuthorityCertificates, PinnedCertificate)),
        Password);
}
