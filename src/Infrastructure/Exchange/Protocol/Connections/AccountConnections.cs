using System.Net;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>
/// The connections of one account. NTLM goes under its own name, and inside Negotiate where a server offers nothing else for it; which of
/// the two is
/// learned from a 401 to a call that carried no credential, so that no logon is spent on it.
/// </summary>
internal sealed class AccountConnections : IDisposable
{
    private readonly bool mayTurn;
    private readonly Lazy<HttpMessageInvoker> byItsName, insideNegotiate;
    private volatile bool negotiates;

    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="connector">Opens the connections.</param>
    /// <param name="handler">Instead of the network, for tests.</param>
    public AccountConnections(EwsEndpoint endpoint, EwsConnector connector, HttpMessageHandler? handler)
    {
        mayTurn = handler is null && endpoint.Authentication is EwsAuthentication.Ntlm;
        byItsName = new(() => new HttpMessageInvoker(handler ?? EwsHandler.ForAccount(endpoint, connector)));
        var negotiating = endpoint with { Authentication = EwsAuthentication.Negotiate };
        insideNegotiate = new(() => new HttpMessageInvoker(EwsHandler.ForAccount(negotiating, connector)));
    }

    public HttpMessageInvoker Current => (negotiates ? insideNegotiate : byItsName).Value;

    /// <summary>
    /// Whether the call should be made once more: the server did not see a credential, because it offers NTLM in the other way.
    /// </summary>
    public bool Turns(HttpAnswer answer, HttpRequestMessage request)
    {
        if (!mayTurn || answer.Status is not HttpStatusCode.Unauthorized || CredentialUses.Of(request) is not CredentialUse.NotSent)
            return false;
        var wanted = !Offers("NTLM") && Offers("Negotiate");
        if (wanted == negotiates || !(wanted || Offers("NTLM"))) return false;
        negotiates = wanted;
        return true;

        bool Offers(string scheme) => answer.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase);
    }

    public void Dispose()
    {
        foreach (var opened in new[] { byItsName, insideNegotiate }.Where(c => c.IsValueCreated)) opened.Value.Dispose();
    }
}
