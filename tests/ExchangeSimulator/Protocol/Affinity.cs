using CleanSync.ExchangeSimulator.Notifications;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>
/// Which server a call of a subscription group reaches. The first call that prefers affinity goes to the anchor's server and brings a
/// cookie; the later ones reach it with anchor and cookie. Any other call ends up somewhere else.
/// </summary>
internal static class Affinity
{
    /// <summary>The server, and the cookie that the answer sets.</summary>
    public static (string Server, string? SetCookie) Of(EwsHeaders headers, NotificationHub hub, ExchangeVersion server)
    {
        if (headers.AnchorMailbox is not { } anchor
            || !string.Equals(headers.PreferServerAffinity, "true", StringComparison.OrdinalIgnoreCase)) return ("any", null);
        var name = server < ExchangeVersion.Exchange2013 ? "exchangecookie" : "X-BackEndOverrideCookie";
        var mark = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(anchor.ToUpperInvariant()));
        if (Cookie(headers.Cookie, name) is { } cookie && cookie.Split('~') is [var home, var owner] && owner == mark) return (home, null);
        var now = hub.ServerOf(anchor);
        return (now, $"{name}={now}~{mark}; path=/; secure; HttpOnly");
    }

    private static string? Cookie(string? header, string name) => header?.Split(';', StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('=', 2))
        .FirstOrDefault(pair => pair is [var key, _] && key.Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
