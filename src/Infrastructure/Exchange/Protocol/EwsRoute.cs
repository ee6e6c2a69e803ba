using System.Net;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>Where connections may go. A name is resolved once for each connection, every address found is judged, and the connection goes to one of exactly these.</summary>
internal sealed record EwsRoute
{
    /// <summary>No address is refused.</summary>
    public static EwsRoute Anywhere { get; } = new();

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Says why an address is refused; null when it is not.</summary>
    public Func<IPAddress, string?> WhyRefused { get; init; } = _ => null;

    public bool AllowPlainHttp { get; init; } = true;
}
