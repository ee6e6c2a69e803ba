using System.Globalization;
using System.Net;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// Which hosts a search may ask: with a typed password those inside the mail domain that an admin named, and those that the admin allowed;
/// with a stored one only what the password was given for.
/// </summary>
/// <param name="stored">Of the stored password; null for a typed one.</param>
internal sealed class HostLimits(string mailDomain, IEnumerable<string> allowed, CredentialScope? stored = null)
{
    private const int LongestUrl = 2048;
    private readonly string[] suffixes = [mailDomain, .. allowed.Select(a => Ascii(a.Trim('.'))).OfType<string>()];

    public string MailDomain { get; } = mailDomain;

    public bool AreOfStoredPassword => stored is not null;

    public bool Allow(string host) =>
        stored?.Covers(host)
        ?? suffixes.Any(s => host.Equals(s, StringComparison.OrdinalIgnoreCase) || host.EndsWith(
            "." + s, StringComparison.OrdinalIgnoreCase));

    /// <summary>Of a host that may be asked, a typed password may go to every port.</summary>
    public bool Allow(Uri address) => stored?.Covers(address) ?? Allow(address.IdnHost);

    /// <summary>The domain of a mail address as DNS knows it; null when it has none.</summary>
    public static string? DomainOf(string mailAddress)
    {
        var at = mailAddress.LastIndexOf('@');
        return at > 0 && mailAddress.Length <= 256 && !mailAddress.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? Ascii(mailAddress[(at + 1)..])
            : null;
    }

    /// <summary>An https address that a server named; null for anything else, however it is written.</summary>
    public static Uri? Https(string url) =>
        url.Length <= LongestUrl
            && Uri.TryCreate(url, UriKind.Absolute, out var read)
            && read.Scheme == Uri.UriSchemeHttps
            && read.UserInfo.Length == 0
            ? new Uri(read.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped))
            : null;

    private static string? Ascii(string name)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii(name).ToLowerInvariant();
            return Uri.CheckHostName(ascii) is UriHostNameType.Dns && !IPAddress.TryParse(ascii, out _) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
