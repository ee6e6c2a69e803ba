namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>Knows where Exchange cannot be.</summary>
public interface INetworkAddresses
{
    /// <summary>
    /// Why nothing connects to a host that is written in figures, in words for an admin; null when it may be, and for a name, which is
    /// judged whenever it is connected to.
    /// </summary>
    string? WhyRefused(string host);
}
