using System.Globalization;

namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>
/// Where a password may go, and how: to the server, as the account, by the scheme and under the trust that it was given for. A stored
/// password goes nowhere else; whoever wants it to go elsewhere types it again.
/// </summary>
public sealed record CredentialScope(Uri ServerAddress, AuthenticationType Authentication, string UserName, ServerTrust Trust)
{
    private const int HttpsPort = 443;

    /// <summary>
    /// What a request changes of it, in the names that the fields have in the request; empty when the stored password may still be used.
    /// </summary>
    public IReadOnlyList<string> ChangesFrom(CredentialScope given)
    {
        List<string> changes = [];
        if (!IsSameServer(given.ServerAddress)) changes.Add("serverAddress");
        if (Authentication != given.Authentication) changes.Add("authentication");
        if (!string.Equals(UserName, given.UserName, StringComparison.Ordinal)) changes.Add("userName");
        if (!string.Equals(Trust.Authorities, given.Trust.Authorities, StringComparison.Ordinal)) changes.Add("authorityCertificates");
        if (!string.Equals(Trust.Pin, given.Trust.Pin, StringComparison.Ordinal)) changes.Add("pinnedCertificate");
        return changes;
    }

    /// <summary>
    /// A search with the stored password may ask this host, or a whole domain of this name: the server itself, or within the domain of the
    /// account's own UPN.
    /// </summary>
    public bool Covers(string host)
    {
        if (Ascii(host.Trim('.')) is not { } name) return false;
        if (string.Equals(name, ServerAddress.IdnHost, StringComparison.OrdinalIgnoreCase)) return true;
        return DomainOf(UserName) is { } own && (name == own || name.EndsWith("." + own, StringComparison.Ordinal));
    }

    /// <summary>
    /// A search with the stored password may ask here: of a host that it may ask, the port of https, or the server itself.
    /// </summary>
    public bool Covers(Uri address) =>
        Covers(address.IdnHost) && (IsSameServer(address) || (address.Scheme == Uri.UriSchemeHttps && address.Port == HttpsPort));

    /// <summary>The domain of a mail address is within what a search may ask.</summary>
    public bool CoversDomainOf(string mailAddress) => DomainOf(mailAddress) is { } domain && Covers(domain);

    /// <summary>Scheme, host and port. Another path is another page of the same server.</summary>
    private bool IsSameServer(Uri other) =>
        ServerAddress.Scheme == other.Scheme && string.Equals(ServerAddress.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase)
            && ServerAddress.Port == other.Port;

    private static string? DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 ? Ascii(address[(at + 1)..].Trim('.')) : null;
    }

    private static string? Ascii(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null; // no name of a host
        }
    }
}
