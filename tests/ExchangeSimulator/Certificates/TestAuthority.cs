using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.ExchangeSimulator.Certificates;

/// <summary>A certificate authority that nobody trusts who was not told to, and the certificates that it issues.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly DateTimeOffset _now;
    private readonly X509Certificate2 _root;

    public TestAuthority(TimeProvider time, string name = "Contoso Test Root")
    {
        _now = time.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(_now.AddYears(-2), _now.AddYears(2));
    }

    /// <summary>The root certificate, as an admin enters it.</summary>
    public string Pem => _root.ExportCertificatePem();

    public string Sha256 => _root.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>A certificate for names and addresses, with its key, valid for a day around now or as said.</summary>
    public X509Certificate2 Issue(
        IEnumerable<string> names,
        TimeSpan? validFrom = null,
        TimeSpan? validUntil = null,
        string usage = ServerAuthentication)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(names, key, usage);
        using var issued = request.Create(
            _root,
            _now + (validFrom ?? TimeSpan.FromDays(-1)),
            _now + (validUntil ?? TimeSpan.FromDays(1)),
            RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return Usable(whole);
    }

    /// <summary>As a fresh Exchange has it: a certificate that only itself vouches for.</summary>
    public X509Certificate2 SelfSigned(IEnumerable<string> names, TimeSpan? validFrom = null, TimeSpan? validUntil = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = Request(names, key, ServerAuthentication).CreateSelfSigned(
            _now + (validFrom ?? TimeSpan.FromDays(-1)), _now + (validUntil ?? TimeSpan.FromDays(1)));
        return Usable(made);
    }

    public void Dispose() => _root.Dispose();

    private static CertificateRequest Request(IEnumerable<string> names, ECDsa key, string usage)
    {
        var (all, alternatives) = (names.ToArray(), new SubjectAlternativeNameBuilder());
        foreach (var name in all)
        {
            if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        }

        var request = new CertificateRequest($"CN={all[0]}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        return request;
    }

    private static X509Certificate2 Usable(X509Certificate2 made) =>
        X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
}
