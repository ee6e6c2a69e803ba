using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>Judges the certificate that a server shows, and says the one thing that is wrong with it.</summary>
internal sealed class CertificateValidator(EwsTrust trust, TimeProvider time)
{
    private const X509ChainStatusFlags NoKnownIssuer = X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot;

    /// <summary>
    /// A fresh policy for each handshake, which adds to it. Nothing is downloaded: a certificate could name any address for that.
    /// </summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (trust.Authorities is not { } authorities) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        policy.ExtraStore.AddRange(authorities);
        return policy;
    }

    /// <summary>Null when the certificate is believed.</summary>
    public EwsCertificateException? Refuse(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return new EwsCertificateException(CertificateFault.Invalid, null, "the server showed none");
        var shown = ServerCertificate.Of(certificate);
        if (trust.PinnedSha256 is { } pin)
            return shown.Sha256 == pin ? Dated(certificate, shown) : new EwsCertificateException(CertificateFault.NotPinned, shown, pin);

        var elements = chain?.ChainElements.ToArray() ?? [];
        var found = elements.SelectMany(e => e.ChainElementStatus)
            .Concat(chain?.ChainStatus ?? [])
            .Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status);
        if ((found & NoKnownIssuer) != 0)
            return new EwsCertificateException(
                CertificateFault.UnknownIssuer, shown, ServerCertificate.Of(elements.LastOrDefault()?.Certificate ?? certificate).Issuer);
        foreach (var link in elements)
        {
            if (Dated(link.Certificate, ServerCertificate.Of(link.Certificate)) is { } outOfDate) return outOfDate;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return new EwsCertificateException(CertificateFault.WrongName, shown, shown.Names);
        return errors is SslPolicyErrors.None
            ? null
            : new EwsCertificateException(
                CertificateFault.Invalid, shown, found is X509ChainStatusFlags.NoError ? errors.ToString() : found.ToString());
    }

    private EwsCertificateException? Dated(X509Certificate2 certificate, ServerCertificate shown)
    {
        var now = time.GetUtcNow();
        if (now > certificate.NotAfter.ToUniversalTime())
            return new EwsCertificateException(CertificateFault.Expired, shown, $"{shown.NotAfter:yyyy-MM-dd HH:mm} UTC");
        if (now < certificate.NotBefore.ToUniversalTime())
            return new EwsCertificateException(CertificateFault.NotYetValid, shown, $"{shown.NotBefore:yyyy-MM-dd HH:mm} UTC");
        return null;
    }
}
