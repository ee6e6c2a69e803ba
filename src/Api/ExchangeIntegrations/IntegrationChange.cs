using System.Text.Json.Serialization;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>
/// All settings of an integration as they shall be. The password stays as it is unless a new one is given. It was given for one server,
/// account, kind of logon and trust: a change of scheme, host or port of the address, of authentication, userName, authorityCertificates or
/// pinnedCertificate needs it again.
/// </summary>
/// <param name="DisplayName">1 to 100 characters; titles the version column of the user accounts list.</param>
/// <param name="ServerAddress">
/// Full https address of Exchange's web services. Of an authorized integration a change is tried with one logon before it is stored, and
/// every calendar is read again. At most 2000 characters, without a user, a query or a fragment. Another scheme, host or port needs the
/// password.
/// </param>
/// <param name="Authentication">
/// How the service account logs on. Ntlm means NTLMv2. A change is tried like one of the address, and needs the password.
/// </param>
/// <param name="UserName">
/// The service account as a UPN or as DOMAIN\user. A change is tried like one of the address, and needs the password.
/// </param>
/// <param name="ExchangeVersion">One of GET /api/v1/integrations/versions. A change is tried like one of the address.</param>
/// <param name="UseImpersonation">true: ApplicationImpersonation. false: delegate access. A change is tried like one of the address, and
/// every calendar is read again.</param>
/// <param name="ShowEventTitles">Switching it off removes every stored title of an Exchange event before this call answers.</param>
/// <param name="HorizonMonths">How far ahead calendars are kept the same, in months, 1 to 24.</param>
/// <param name="ReminderMinutes">Reminder of an appointment in Outlook, in minutes before its start; 0 for none, at most 40320.</param>
/// <param name="Password">A new password; leave it out to keep the stored one. It is tried once before it is stored: one that Exchange
/// refuses changes nothing, and one that works resumes a stopped integration. Nothing is read again.</param>
/// <param name="AuthorityCertificates">
/// Certificates in PEM of your own authority, the root among them. They are believed instead of those that the machine trusts. Leave out to
/// trust these. A change is tried like one of the address, and needs the password.
/// </param>
/// <param name="PinnedCertificate">
/// Instead of an authority: the SHA-256 fingerprint of the one certificate that is believed, in hexadecimal digits. Its dates are still
/// verified. A change is tried like one of the address, and needs the password.
/// </param>
/// <param name="TryAnyway">
/// true: also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in the audit
/// log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record IntegrationChange(
    string DisplayName,
    Uri ServerAddress,
    AuthenticationType Authentication,
    string UserName,
    ExchangeVersion ExchangeVersion,
    bool UseImpersonation,
    bool ShowEventTitles,
    int HorizonMonths,
    int ReminderMinutes,
    string? Password = null,
    string? AuthorityCertificates = null,
    string? PinnedCertificate = null,
    bool TryAnyway = false)
{
    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(IntegrationChange);

    internal ChangeIntegration ToCommand(Guid id, int? expectedVersion) => new(
        id,
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
        expectedVersion,
        TryAnyway);
}
