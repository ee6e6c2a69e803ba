using System.Net;
using System.Net.Http.Headers;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>Builds the HTTP requests of one endpoint and account.</summary>
internal sealed class EwsRequests(EwsEndpoint endpoint)
{
    /// <summary>One operation on behalf of one mailbox.</summary>
    public HttpRequestMessage Post<TResponse>(IEwsOperation<TResponse> operation, EwsCallContext context, string id)
    {
        var request = Bare(HttpMethod.Post, id);
        if (context.Affinity is { } affinity)
            affinity.Write(request.Headers);
        else if (context.MailboxSmtpAddress is { } mailbox)
            request.Headers.TryAddWithoutValidation("X-AnchorMailbox", mailbox);
        if (endpoint.Authentication == EwsAuthentication.Basic)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", endpoint.Credential.ForBasic());

        request.Content = Body(operation, context);
        return request;
    }

    /// <summary>Asks without saying who asks: an answer that wants to know names the schemes.</summary>
    public HttpRequestMessage Unauthenticated<TResponse>(IEwsOperation<TResponse> operation, string id)
    {
        var request = Bare(HttpMethod.Post, id);
        request.Content = Body(operation, new EwsCallContext(ExchangeServerVersion.Exchange2007_SP1, null, Impersonate: false));
        return request;
    }

    /// <summary>Without a body and a credential.</summary>
    public HttpRequestMessage Bare(HttpMethod method, string id)
    {
        // NTLM authenticates the TCP connection, which HTTP/2 would share.
        var request = new HttpRequestMessage(method, endpoint.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        // Named here, .NET's NTLM takes it for the service's name; otherwise it asks DNS, past the endpoint's own resolution.
        if (endpoint.Url.HostNameType is UriHostNameType.Dns)
            request.Headers.Host = endpoint.Url.IsDefaultPort ? endpoint.Url.IdnHost : $"{endpoint.Url.IdnHost}:{endpoint.Url.Port}";
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/xml"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(Ews.ProductName, Ews.ProductVersion));
        request.Headers.Add(RequestEcho.Header, id);
        request.Headers.Add("return-client-request-id", "true");
        return request;
    }

    private static EwsRequestBody Body<TResponse>(IEwsOperation<TResponse> operation, EwsCallContext context)
    {
        using var xml = new MemoryStream();
        SoapEnvelope.Write(xml, operation, context);
        var body = new EwsRequestBody(xml.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        return body;
    }
}
