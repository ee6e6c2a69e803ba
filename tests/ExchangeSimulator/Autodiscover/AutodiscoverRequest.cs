namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>One HTTP exchange with an Autodiscover address, as the server saw it; the legs of a handshake are among them.</summary>
/// <param name="Authorization">The scheme of the Authorization header; null without one.</param>
/// <param name="MailAddress">Whom a question that got an answer asked for.</param>
/// <param name="Version">RequestedServerVersion of a SOAP question.</param>
public sealed record AutodiscoverRequest(
    string Method,
    Uri Url,
    string? Authorization,
    int Status,
    string? MailAddress,
    string? Version)
{
    /// <summary>In short, such as "GET https://autodiscover.contoso.example/autodiscover/autodiscover.svc 401".</summary>
    public override string ToString() => $"{Method} {Url} {Status}";
}
