using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>What a server's certificate says of itself, cut and cleaned for messages: it comes from whoever answers there.</summary>
/// <param name="Sha256">Its fingerprint, as 64 upper-case hexadecimal digits.</param>
/// <param name="Names">The host names and addresses that it is for, or some of them.</param>
internal sealed record ServerCertificate(
    string Subject,
    string Issuer,
    string Sha256,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Names)
{
    private const int LongestText = 200;

    /// <summary>The SHA-1 fingerprint, which Exchange's own commands name a certificate by. It proves nothing.</summary>
    public string Thumbprint { get; init; } = "";

    public static ServerCertificate Of(X509Certificate2 certificate) => new(
        Text(certificate.Subject),
        Text(certificate.Issuer),
        certificate.GetCertHashString(HashAlgorithmName.SHA256),
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime(),
        Text(string.Join(", ", NamesIn(certificate))))
    { Thumbprint = certificate.Thumbprint };

    private static IEnumerable<string> NamesIn(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null
            ? [certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)]
            : names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()));
    }

    private static string Text(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(LongestText));
}
