using System.Text.Json.Serialization;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Api.ExchangeIntegrations.Discovery;

/// <summary>Whose Exchange server is looked for.</summary>
/// <param name="UserName">The service account as a UPN (svc-booking@contoso.example) or as DOMAIN\user.</param>
/// <param name="Password">Its password, for this search only: it is not stored, and never in any answer or log.</param>
/// <param name="Authentication">
/// How the service account logs on. Ntlm means NTLMv2. Leave out to take what the server offers: NTLM before Basic.
/// </param>
/// <param name="ExchangeVersion">
/// One of GET /api/v1/integrations/versions, when it is known. Exchange2007SP1 is asked by POX only, all others by SOAP first.
/// </param>
/// <param name="MailAddress">Its domain is asked. Leave out when the user name is the account's mail address.</param>
/// <param name="AllowedHosts">Hosts or domains outside the mail domain that are yours and may be asked, such as hosting.example; at most
/// 20.</param>
/// <param name="AuthorityCertificates">
/// Certificates in PEM of your own authority, the root among them. They are believed instead of those that the machine trusts. Leave out to
/// trust these.
/// </param>
/// <param name="PinnedCertificate">
/// Instead of an authority: the SHA-256 fingerprint of the one certificate that is believed, in hexadecimal digits. Its dates are still
/// verified.
/// </param>
/// <param name="TryAnyway">
/// true: also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in the audit
/// log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewDiscovery(
    string UserName,
    string Password,
    AuthenticationType? Authentication = null,
    ExchangeVersion? ExchangeVersion = null,
    string? MailAddress = null,
    IReadOnlyList<string>? AllowedHosts = null,
    string? AuthorityCertificates = null,
    string? PinnedCertificate = null,
    bool TryAnyway = false)
{
    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(NewDiscovery);

    internal DiscoverServer ToCommand() => new(
        new DiscoveryQuestion(
            UserName, MailAddress ?? UserName, Authentication, ExchangeVersion, ServerTrust.Of(AuthorityCertificates, PinnedCertificate),
            AllowedHosts ?? [], TryAnyway),
        Password);
}
