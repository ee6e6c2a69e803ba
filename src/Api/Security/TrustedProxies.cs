using System.Net;
using CleanSync.Application;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace CleanSync.Api.Security;

/// <summary>Who may say on whose behalf a call comes: X-Forwarded-For of anybody else is what anybody may write.</summary>
internal static class TrustedProxies
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        IPNetwork[] trusted = [.. Read(Settings.Read("Proxies", key => configuration[key], new ProxyOptions()).Trusted)];
        return services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var network in trusted) o.KnownIPNetworks.Add(network);
            // With nobody known, the framework would believe everybody.
            o.ForwardedHeaders = trusted.Length > 0
                ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                : ForwardedHeaders.None;
            o.ForwardLimit = null; // as far back as the chain of trusted ones goes
        });
    }

    private static IEnumerable<IPNetwork> Read(string? setting)
    {
        foreach (var text in (setting ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(text, out var network)) yield return network;
            else if (IPAddress.TryParse(text, out var address)) yield return new IPNetwork(address, address.GetAddressBytes().Length * 8);
            else throw new StartRefused($"Proxies:Trusted holds '{text}'. Expected addresses and networks such as 10.0.0.4, 10.1.0.0/16.");
        }
    }
}

/// <summary>The section <c>Proxies</c>.</summary>
internal sealed record ProxyOptions
{
    /// <summary>Addresses and networks, with commas between them.</summary>
    public string? Trusted { get; init; }
}
