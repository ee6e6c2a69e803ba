using System.Net;
using System.Text;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>How the account proves itself. A fresh on-premises virtual directory offers NTLM and not Basic.</summary>
internal enum EwsAuthentication
{
    Basic,
    Ntlm,

    /// <summary>NTLM inside Negotiate, for a server that offers nothing but that; never Kerberos.</summary>
    Negotiate,
}

/// <summary>A service account: <c>DOMAIN\user</c> or <c>user@upn.suffix</c>. Prints its name, never its password.</summary>
internal sealed record EwsCredential(string UserName, string Password)
{
    /// <summary>
    /// For NTLM: <c>DOMAIN\user</c> is split, since the managed client refuses it in one piece; a UPN goes with an empty domain.
    /// </summary>
    public NetworkCredential ForNtlm()
    {
        var slash = UserName.IndexOf('\\', StringComparison.Ordinal);
        return slash < 0
            ? new NetworkCredential(UserName, Password, string.Empty)
            : new NetworkCredential(UserName[(slash + 1)..], Password, UserName[..slash]);
    }

    /// <summary>The value of a Basic Authorization header, in UTF-8.</summary>
    public string ForBasic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}"));

    private bool PrintMembers(StringBuilder text)
    {
        text.Append("UserName = ").Append(UserName);
        return true;
    }
}

/// <summary>
/// Where the calls go and as whom: the URL of <c>/EWS/Exchange.asmx</c>, one account, and how many connections it may open.
/// </summary>
internal sealed record EwsEndpoint(Uri Url, EwsAuthentication Authentication, EwsCredential Credential, int MaxConnections = 8)
{
    /// <summary>For answers that stay open, and not for ordinary calls.</summary>
    public bool IsForStreams { get; init; }

    /// <summary>For one whole call, handshake and body included. Exchange itself limits a batch to about a minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Which certificate is believed; without a word, one that the platform's authorities vouch for.</summary>
    public EwsTrust Trust { get; init; } = new();

    public EwsRoute Route { get; init; } = EwsRoute.Anywhere;
}
