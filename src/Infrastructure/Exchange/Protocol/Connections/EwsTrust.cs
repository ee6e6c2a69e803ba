using System.Security.Cryptography.X509Certificates;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>Which certificate is believed. Nothing here, or anywhere else, turns the verification off.</summary>
internal sealed record EwsTrust
{
    /// <summary>
    /// The authorities that are believed instead of the platform's; those among them that others issued help to build chains.
    /// </summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>SHA-256 of the one certificate that is believed: its dates are verified, its name and issuer are not asked for.</summary>
    public string? PinnedSha256 { get; init; }
}
