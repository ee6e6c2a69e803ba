using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>Says why a connection was not opened, or what a logon through it was refused for, and what an admin should do.</summary>
internal static class ConnectionRefusals
{
    public static Error Of(EwsCertificateException refused, string host)
    {
        var (subject, fingerprint) = (refused.Certificate?.Subject ?? "without a name", refused.Certificate?.Sha256 ?? "none");
        return refused.Fault switch
        {
            CertificateFault.UnknownIssuer => new CertificateIssuerIsUnknown(host, subject, refused.Detail, fingerprint),
            CertificateFault.Expired => new CertificateHasExpired(host, subject, refused.Detail),
            CertificateFault.NotYetValid => new CertificateIsNotYetValid(host, subject, refused.Detail),
            CertificateFault.WrongName => new CertificateIsForAnotherName(host, refused.Detail),
            CertificateFault.NotPinned => new CertificateIsNotThePinnedOne(host, subject, fingerprint, refused.Detail),
            _ => new CertificateIsInvalid(host, refused.Detail),
        };
    }

    public static Error Of(EwsAddressException refused, string host) =>
        refused.Address is { } address ? new AddressIsRefused(host, address.ToString(), refused.Why) : new PlainHttpIsRefused(host);

    /// <summary>
    /// Neither cause can be ruled out: a right password is refused too when Extended Protection is switched on later, as an update of
    /// Exchange does. So the message gives what tells them apart at the server.
    /// </summary>
    public static Error OfLogon(string userName, LogonChannel channel, bool onlyNegotiate)
    {
        var before = channel.AcceptedUnder switch
        {
            null => "",
            { } same when same.Sha256 == channel.Shown.Sha256 =>
                "It was accepted before under this certificate: the password changed or expired since, or Extended Protection was switched on.",
            { } other =>
                $"It was accepted before under another certificate, {Words(other)}: either Exchange got a new one, or something in between opens TLS now.",
        };
        // A server that takes Kerberos alone looks the same: it offers Negotiate too.
        const string kerberos =
            "The server offers Negotiate only, and NTLM went inside it: where it takes Kerberos alone, offer NTLM on the EWS virtual directory.";
        if (onlyNegotiate) before = $"{before} {kerberos}".TrimStart();
        return new CredentialOrExtendedProtectionRefused(userName, Words(channel.Shown), before);
    }

    private static string Words(ServerCertificate certificate) =>
        $"{certificate.Subject} with the SHA-256 fingerprint {certificate.Sha256}";
}
