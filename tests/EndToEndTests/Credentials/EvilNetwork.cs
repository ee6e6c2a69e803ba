using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using CleanSync.Infrastructure.Exchange.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>
/// A network in which every name exists. Exchange is at port 443 of the names of contoso.example; behind every other name and port, and
/// plain http, is the
/// evil server. Exchange's own Autodiscover leads there too.
/// </summary>
internal sealed class EvilNetwork : IAsyncDisposable
{
    private static readonly string[] Trusted = ["mail.contoso.example", "autodiscover.contoso.example", "contoso.example"];
    private readonly ConcurrentDictionary<string, IPAddress> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly X509Certificate2 certificate;
    private int last;

    private EvilNetwork(DiscoverableExchange contoso, X509Certificate2 certificate, EvilServer evil)
    {
        (Contoso, Evil, this.certificate) = (contoso, evil, certificate);
        Host = new CleanSyncHost { Replaced = Pretend }
            .With("Connection:AllowLocalAddresses", "false").With("Sync:CallTimeout", "00:00:20");
        foreach (var heartbeat in new[] { "IntegrationsHeartbeat", "CleanUpInterval", "ErasuresHeartbeat" })
            Host.With($"Scheduling:{heartbeat}", "1.00:00:00");
    }

    public DiscoverableExchange Contoso { get; }

    public EvilServer Evil { get; }

    public CleanSyncHost Host { get; }

    /// <summary>What the evil server's certificate would be pinned by.</summary>
    public string EvilPin => certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

    public static async Task<EvilNetwork> Start(CancellationToken ct)
    {
        var contoso = await DiscoverableExchange.StartAsync(cancellationToken: ct);
        string[] evil = ["evil.example", "*.evil.example", "*.contoso.example.evil.example", "mail.contoso.example.evil.example",
            "mail.contoso.example", "contoso.example"];
        var certificate = contoso.Issue(evil);
        contoso.Host("autodiscover.contoso.example").Always = new AutodiscoverAnswer.ToUrl(
            "https://autodiscover.evil.example/autodiscover/autodiscover.xml");
        contoso.Host("contoso.example").Always = new AutodiscoverAnswer.ToAddress("svc@evil.example");
        contoso.Host("mail.contoso.example").Always = new AutodiscoverAnswer.Http(
            302, "https://evil.example/autodiscover/autodiscover.svc", BeforeLogon: true);
        return new EvilNetwork(contoso, certificate, await EvilServer.Start(certificate, ct));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Evil.DisposeAsync();
        await Contoso.DisposeAsync();
        certificate.Dispose();
    }

    private void Pretend(IServiceCollection services) => services
        .Replace(ServiceDescriptor.Singleton<ResolveName>(
            (name, _) => Task.FromResult<IPAddress[]>(
            [names.GetOrAdd(name, _ => new IPAddress([203, 0, 113, (byte)Interlocked.Increment(ref last)]))])))
        .Replace(ServiceDescriptor.Singleton<DialAddress>(Dial))
        .Replace(ServiceDescriptor.Singleton<FindServiceRecords>(
            (_, _) => Task.FromResult<IReadOnlyList<ServiceRecord>>(
                [new("mail.contoso.example", 8443, 0, 0), new("autodiscover.evil.example", 443, 1, 0)])));

    private Task<Stream> Dial(IPEndPoint address, CancellationToken ct)
    {
        var name = names.First(n => n.Value.Equals(address.Address)).Key;
        if (address.Port == 443 && Trusted.Contains(name, StringComparer.OrdinalIgnoreCase)) return ToContoso(name, address, ct);
        return Evil.Dial(tls: address.Port is 443 or 8443, ct);
    }

    private Task<Stream> ToContoso(string name, IPEndPoint address, CancellationToken ct)
    {
        var known = Contoso.Network.Resolve(name, ct).GetAwaiter().GetResult()[0];
        return Contoso.Network.Dial(new IPEndPoint(known, address.Port), ct);
    }
}
