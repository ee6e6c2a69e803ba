using System.Net.Http.Headers;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>
/// Keeps the calls of one subscription group on one server, where their subscriptions live: all of them name the same anchor mailbox, and
/// the cookie that the first answer brought goes with the later ones (docs/exchange.md, "Notifications"). Kept by hand, because a cookie
/// container would mix the groups.
/// </summary>
internal sealed class EwsAffinity(string anchorMailbox)
{
    // Exchange 2010 knows only the first.
    private static readonly string[] Names = ["exchangecookie", "X-BackEndOverrideCookie"];

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> cookies = new(StringComparer.Ordinal);

    public string AnchorMailbox { get; } = anchorMailbox;

    internal void Write(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("X-AnchorMailbox", AnchorMailbox);
        headers.Add("X-PreferServerAffinity", "true");
        lock (gate)
        {
            if (cookies.Count > 0)
                headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }
    }

    internal void Keep(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Set-Cookie", out var all))
            return;
        foreach (var text in all)
        {
            var pair = text.Split(';', 2)[0].Split('=', 2);
            if (pair.Length == 2 && Array.Find(Names, name => name.Equals(pair[0].Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
                lock (gate) cookies[known] = pair[1].Trim();
        }
    }
}
