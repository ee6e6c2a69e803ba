namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>Shape of what Autodiscover is asked with: an address with a domain in it, and names of domains.</summary>
internal static class MailAddresses
{
    public const string HostsExpected =
        "Expected at most 20 host or domain names with a dot in them, such as hosting.example: a host with that name or below it may be asked.";

    public static bool IsOne(string? text)
    {
        var at = text?.LastIndexOf('@') ?? -1;
        return at > 0
            && text!.Length <= 256
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\\')
            && IsName(text[(at + 1)..]);
    }

    public static bool AreHosts(IReadOnlyList<string>? hosts) =>
        hosts is not null && hosts.Count <= 20 && hosts.All(h => h is not null && IsName(h.TrimStart('.')));

    /// <summary>No address in figures, and no bare word such as a top-level domain.</summary>
    private static bool IsName(string text) =>
        Uri.CheckHostName(text) is UriHostNameType.Dns && text.Trim('.').Contains('.', StringComparison.Ordinal);
}
