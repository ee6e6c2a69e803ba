namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>Whose certificate is believed at the server address. Certificates are public: nothing here is a secret.</summary>
/// <param name="Authorities">Certificates in PEM of the authorities that are believed instead of those of the machine; null for those of
/// the machine.</param>
/// <param name="Pin">SHA-256 of the one certificate that is believed, whoever issued it, as 64 upper-case hexadecimal digits; null to ask
/// an authority.</param>
public sealed record ServerTrust(string? Authorities, string? Pin)
{
    /// <summary>The authorities that the machine trusts.</summary>
    public static ServerTrust OfTheMachine { get; } = new(null, null);

    /// <summary>From what an admin enters: a fingerprint may be written in any case, with colons, dashes or spaces.</summary>
    public static ServerTrust Of(string? authorities, string? pin) => new(
        string.IsNullOrWhiteSpace(authorities) ? null : authorities.Trim(),
        string.IsNullOrWhiteSpace(pin) ? null : string.Concat(pin.Where(c => c is not (':' or '-' or ' '))).ToUpperInvariant());
}
