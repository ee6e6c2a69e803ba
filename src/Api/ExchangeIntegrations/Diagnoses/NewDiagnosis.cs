using System.Text.Json.Serialization;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Api.ExchangeIntegrations.Diagnoses;

/// <summary>
/// A connection to look at before it is saved: the fields of a new integration, and some mailboxes to try the account's rights on.
/// </summary>
/// <param name="DisplayName">1 to 100 characters.</param>
/// <param name="ServerAddress">Full https address of Exchange's web services, such as
/// https://mail.contoso.example/EWS/Exchange.asmx.</param>
/// <param name="Authentication">How the service account logs on. Ntlm means NTLMv2.</param>
/// <param name="UserName">The service account as a UPN (svc-booking@contoso.example) or as DOMAIN\user.</param>
/// <param name="Password">Its password. It is sent to this server once if it is refused, and saved nowhere.</param>
/// <param name="ExchangeVersion">One of GET /api/v1/integrations/versions.</param>
/// <param name="UseImpersonation">true: the account holds ApplicationImpersonation. false: each calendar is shared with it (delegate
/// access).</param>
/// <param name="ShowEventTitles">As for a new integration; the diagnosis reads no title.</param>
/// <param name="HorizonMonths">As for a new integration.</param>
/// <param name="ReminderMinutes">As for a new integration.</param>
/// <param name="AuthorityCertificates">Certificates in PEM of your own authority, the root among them. Leave out to trust those that the
/// machine trusts.</param>
/// <param name="PinnedCertificate">Instead of an authority: the SHA-256 fingerprint of the one certificate that is believed.</param>
/// <param name="Mailboxes">E-mail addresses of some staff members' mailboxes, at most 100. Leave out to try none.</param>
/// <param name="TryAnyway">
/// true: also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in the audit
/// log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewDiagnosis(
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
    string? PinnedCertificate = null,
    IReadOnlyList<string>? Mailboxes = null,
    bool TryAnyway = false)
{
    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(NewDiagnosis);

    internal DiagnoseConnection ToRequest() => new(
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
        Password,
        Mailboxes ?? [],
        TryAnyway);
}
