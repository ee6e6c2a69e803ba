using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>A certificate of an authority that an integration trusts.</summary>
/// <param name="Sha256">Its SHA-256 fingerprint, as 64 upper-case hexadecimal digits.</param>
/// <param name="NotAfter">After this instant it vouches for nothing.</param>
public sealed record AuthorityCertificate(
    string Subject,
    string Issuer,
    string Sha256,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter)
{
    /// <summary>What certificates in PEM say, in their order; none for null.</summary>
    internal static IReadOnlyList<AuthorityCertificate> Read(string? pem) => TryRead(pem ?? "", out var found) ? found : [];

    /// <summary>False for text that holds something broken; text without any certificate holds none.</summary>
    internal static bool TryRead(string pem, [NotNullWhen(true)] out IReadOnlyList<AuthorityCertificate>? found)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            found = [.. certificates.Select(Of)];
            return true;
        }
        catch (CryptographicException)
        {
            found = null;
            return false;
        }
        finally
        {
            foreach (var certificate in certificates) certificate.Dispose();
        }
    }

    private static AuthorityCertificate Of(X509Certificate2 certificate) => new(
        certificate.Subject,
        certificate.Issuer,
        certificate.GetCertHashString(HashAlgorithmName.SHA256),
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime());
}
