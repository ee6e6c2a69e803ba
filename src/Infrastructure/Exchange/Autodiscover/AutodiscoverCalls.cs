using System.Net;
using System.Net.Http.Headers;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// Single HTTP requests of a search, each on a connection of its own: opened, judged and verified as every other connection to Exchange. No
/// redirect is followed here. Failures are <see cref="EwsException"/>s.
/// </summary>
internal sealed class AutodiscoverCalls(EwsTrust trust, EwsRoute route, EwsCredential credential, TimeProvider time)
{
    /// <summary>The longest answer of a real server has some ten thousand characters.</summary>
    private const int LongestAnswer = 512 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public string UserName => credential.UserName;

    /// <summary>Asks who is there. No credential is sent, so plain http may be asked as well.</summary>
    public async Task<Probe> Look(Uri url, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, url);
        return await Send(url, request, scheme: null, (answer, _) => Probe.Of(answer), ct);
    }

    /// <summary>Puts the question without saying who asks, to a service that does not want to know.</summary>
    public Task<AutodiscoverReply> AskOpenly(Uri url, AutodiscoverProtocol protocol, byte[] question, CancellationToken ct) =>
        Ask(url, protocol, question, scheme: null, ct);

    /// <summary>Puts the question and logs on for it, over https only.</summary>
    public Task<AutodiscoverReply> Ask(
        Uri url,
        AutodiscoverProtocol protocol,
        EwsAuthentication scheme,
        byte[] question,
        CancellationToken ct) =>
        url.Scheme == Uri.UriSchemeHttps ? Ask(url, protocol, question, scheme, ct)
        : throw new InvalidOperationException("A credential goes over https only.");

    private async Task<AutodiscoverReply> Ask(
        Uri url,
        AutodiscoverProtocol protocol,
        byte[] question,
        EwsAuthentication? scheme,
        CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, url);
        request.Content = new EwsRequestBody(question);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        if (scheme is EwsAuthentication.Basic)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.ForBasic());
        return await Send(url, request, scheme, (answer, shown) =>
        {
            if (!answer.MayBeSoap) throw Failure(answer, shown);
            try
            {
                using var xml = new EwsXmlReader(answer.Body);
                return protocol.Read(xml);
            }
            catch (EwsMalformedResponseException) when (answer.Status is HttpStatusCode.InternalServerError)
            {
                throw Failure(answer, shown);
            }
        }, ct);

        EwsException Failure(HttpAnswer answer, ServerCertificate? shown) =>
            answer.Failure(request, time, shown is null ? null : new LogonChannel(shown, null));
    }

    private async Task<T> Send<T>(
        Uri url,
        HttpRequestMessage request,
        EwsAuthentication? scheme,
        Func<HttpAnswer, ServerCertificate?, T> read,
        CancellationToken ct)
    {
        var withCredential = scheme is not null;
        var endpoint = new EwsEndpoint(url, scheme ?? EwsAuthentication.Basic, credential, 1)
        {
            Trust = trust,
            Route = withCredential ? route : route with { AllowPlainHttp = true },
        };
        var connector = new EwsConnector(endpoint, time);
        using var http = new HttpMessageInvoker(
            withCredential ? EwsHandler.ForAccount(endpoint, connector) : EwsHandler.WithoutCredential(endpoint, connector));
        using var timeout = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        HttpStatusCode? answered = null;
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            answered = response.StatusCode;
            using var answer = await HttpAnswer.Receive(response, either.Token, LongestAnswer).ConfigureAwait(false);
            return read(answer, connector.Shown);
        }
        catch (Exception e) when (e is not EwsException)
        {
            ct.ThrowIfCancellationRequested();
            throw TransportFault.From(e, answered, request);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri url)
    {
        var request =
            new HttpRequestMessage(method, url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        // Named here, .NET's NTLM takes it for the service's name; otherwise it asks DNS, past our own resolution.
        if (url.HostNameType is UriHostNameType.Dns) request.Headers.Host = url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}";
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/xml"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CleanSync", "1.0"));
        return request;
    }
}

/// <summary>What a host answers to somebody who does not say who asks.</summary>
/// <param name="IsOpenService">It answered as Autodiscover does: "malformed request".</param>
internal sealed record Probe(HttpStatusCode Status, IReadOnlyList<string> Schemes, Uri? Location, bool IsOpenService)
{
    public static Probe Of(HttpAnswer answer) => new(
        answer.Status, answer.Schemes, answer.Status is >= HttpStatusCode.MovedPermanently and <= HttpStatusCode.PermanentRedirect
            ? answer.Location
            : null, answer.Status is HttpStatusCode.OK && IsAutodiscover(answer));

    private static bool IsAutodiscover(HttpAnswer answer)
    {
        try
        {
            using var xml = new EwsXmlReader(answer.Body);
            return AutodiscoverProtocol.Pox.Read(xml) is AutodiscoverReply.Refused;
        }
        catch (EwsMalformedResponseException)
        {
            return false; // a web page, most likely
        }
    }
}
