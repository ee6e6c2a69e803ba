using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>
/// Opens the connections of one endpoint: resolves its name, judges the addresses, connects, and verifies TLS. Nothing is sent before all
/// of it went well.
/// </summary>
internal sealed class EwsConnector(EwsEndpoint endpoint, TimeProvider time)
{
    private readonly CertificateValidator judge = new(endpoint.Trust, time);
    private volatile ServerCertificate? shown;

    /// <summary>The certificate under which the latest connection was opened; null before the first, and without TLS.</summary>
    public ServerCertificate? Shown => shown;

    public bool IsSecure => endpoint.Url.Scheme == Uri.UriSchemeHttps;

    public async ValueTask<Stream> Open(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var plain = await Connect(await Addresses(ct).ConfigureAwait(false), context.DnsEndPoint.Port, ct).ConfigureAwait(false);
        return IsSecure ? await Secure(plain, ct).ConfigureAwait(false) : plain;
    }

    /// <summary>The first of three steps: the addresses of the name, each of them judged.</summary>
    public async Task<IPAddress[]> Addresses(CancellationToken ct)
    {
        if (!IsSecure && !endpoint.Route.AllowPlainHttp) throw new EwsAddressException(null, "plain http");
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(endpoint.Url.IdnHost, out var literal)
                ? [literal]
                : await endpoint.Route.Resolve(endpoint.Url.IdnHost, ct).ConfigureAwait(false);
        }
        catch (SocketException unknown)
        {
            throw new EwsTransportException(TransportFailure.NameResolution, false, unknown);
        }

        if (addresses.Length == 0) throw new EwsTransportException(TransportFailure.NameResolution, false, null);
        // One refused address refuses the name: a name that is Exchange and also this machine is a mistake, or somebody's trick.
        foreach (var address in addresses)
        {
            if (endpoint.Route.WhyRefused(address) is { } why) throw new EwsAddressException(address, why);
        }

        return addresses;
    }

    /// <summary>The second: one after the other, until one accepts.</summary>
    public async Task<Stream> Connect(IPAddress[] addresses, int port, CancellationToken ct)
    {
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            try
            {
                return await endpoint.Route.Dial(new IPEndPoint(address, port), ct).ConfigureAwait(false);
            }
            catch (SocketException refused)
            {
                failure = refused;
            }
        }

        throw new EwsTransportException(TransportFailure.Connection, false, failure);
    }

    /// <summary>The third: TLS, with the certificate judged. Closes the connection when it fails.</summary>
    [SuppressMessage("Security", "CA5398:Avoid hardcoded SslProtocols values",
        Justification = "The platform's own choice may include TLS 1.0 and 1.1.")]
    public async Task<Stream> Secure(Stream plain, CancellationToken ct)
    {
        EwsCertificateException? refused = null;
        ServerCertificate? seen = null;
        var tls = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Url.IdnHost,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowTlsResume = false, // each connection shows its certificate, and each is verified
            CertificateChainPolicy = judge.Policy(),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                var leaf = certificate as X509Certificate2;
                seen = leaf is null ? null : ServerCertificate.Of(leaf);
                refused = judge.Refuse(leaf, chain, errors);
                return refused is null;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, ct).ConfigureAwait(false);
            shown = seen;
            return tls;
        }
        catch (Exception e)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            if (refused is not null) throw refused;
            if (e is not (AuthenticationException or IOException)) throw;
            throw new EwsTransportException(TlsVersion.IsRefused(e) ? TransportFailure.TlsVersion : TransportFailure.Tls, false, e);
        }
    }
}
