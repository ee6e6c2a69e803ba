using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// Speaks EWS with one endpoint as one account. Never share it between accounts: under NTLM the connection carries the identity,
/// not the request. Failures are <see cref="EwsException"/>s, and the caller's own cancellation stays what it is; nothing is retried here.
/// </summary>
internal sealed class EwsClient : IDisposable
{
    private readonly EwsEndpoint endpoint;
    private readonly EwsRequests requests;
    private readonly TimeProvider time;
    private readonly AccountConnections account;
    private readonly HttpMessageInvoker anonymous;
    private readonly EwsConnector connector;
    private volatile ServerCertificate? acceptedUnder;

    /// <summary>
    /// The certificate that was shown when the logon was last accepted; null when it never was. It may be given from a former client of the
    /// same account.
    /// </summary>
    public ServerCertificate? AcceptedUnder { get => acceptedUnder; init => acceptedUnder = value; }

    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="time">Measures the timeout.</param>
    /// <param name="handler">Instead of the network, for tests; it sees Basic credentials, but takes no part in NTLM.</param>
    public EwsClient(EwsEndpoint endpoint, TimeProvider time, HttpMessageHandler? handler = null)
    {
        (this.endpoint, this.time, requests) = (endpoint, time, new EwsRequests(endpoint));
        connector = new EwsConnector(endpoint, time);
        account = new AccountConnections(endpoint, connector, handler);
        anonymous = handler is null ? new HttpMessageInvoker(EwsHandler.WithoutCredential(endpoint, connector)) : account.Current;
    }

    /// <summary>What the server last said of itself; null before the first answer.</summary>
    public EwsServerVersion? ServerVersion { get; private set; }

    /// <summary>What the server's clock last said, in the Date header of whatever answer; null before the first.</summary>
    public ServerClock? Clock { get; private set; }

    /// <summary>Makes one call.</summary>
    /// <exception cref="EwsFaultException">The call was refused, with a code.</exception>
    /// <exception cref="EwsResponseException">The only message of the answer was an error.</exception>
    /// <exception cref="EwsHttpException">An HTTP status other than an EWS answer.</exception>
    /// <exception cref="EwsTransportException">No answer.</exception>
    /// <exception cref="EwsCertificateException">The server is not the one that is believed.</exception>
    /// <exception cref="EwsAddressException">The address is one that must not be connected to.</exception>
    /// <exception cref="EwsMalformedResponseException">An answer that cannot be read.</exception>
    public async Task<TResponse> Send<TResponse>(IEwsOperation<TResponse> operation, EwsCallContext context, CancellationToken ct)
    {
        var id = Guid.NewGuid().ToString();
        Activity.Current?.SetTag("ews.client_request_id", id);
        using var request = requests.Post(operation, context, id);
        try
        {
            using var answer = await AsAccount(request, context.Affinity, ct).ConfigureAwait(false);
            return Read(operation, request, answer);
        }
        catch (EwsException e)
        {
            e.During(operation.Name, id);
            throw;
        }
    }

    /// <summary>
    /// Opens a stream of notifications; once its headers have come, no overall timeout runs any more. Fails as <see cref="Send"/> does.
    /// </summary>
    /// <param name="operation">What to listen to.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="silence">How long the open stream may bring no byte before it counts as dead.</param>
    /// <param name="ct">Gives up the opening; reading has a token of its own.</param>
    public async Task<EwsStream> Open(GetStreamingEvents operation, EwsCallContext context, TimeSpan silence, CancellationToken ct)
    {
        var id = Guid.NewGuid().ToString();
        using var request = requests.Post(operation, context, id);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        try
        {
            return await Open(operation, request, context.Affinity, silence, id, ct).ConfigureAwait(false);
        }
        catch (EwsException e)
        {
            e.During(operation.Name, id);
            throw;
        }
    }

    /// <summary>
    /// The schemes of WWW-Authenticate, in the server's order; empty if it answers without asking who calls. No credential is sent. A
    /// gateway may have
    /// an answer of its own to a GET, and let a POST through.
    /// </summary>
    public async Task<IReadOnlyList<string>> OfferedSchemes(CancellationToken ct)
    {
        var id = Guid.NewGuid().ToString();
        using var get = requests.Bare(HttpMethod.Get, id);
        try
        {
            using var answer = await Exchange(anonymous, get, null, ct).ConfigureAwait(false);
            if (!IsTheGateways(answer.Status))
                return Offered(answer, get);
            using var post = requests.Unauthenticated(new GetFolder([new FolderRef.Distinguished("calendar", null)]), id);
            using var second = await Exchange(anonymous, post, null, ct).ConfigureAwait(false);
            return Offered(second, post);
        }
        catch (EwsException e)
        {
            e.During(nameof(OfferedSchemes), id);
            throw;
        }
    }

    public void Dispose()
    {
        account.Dispose();
        anonymous.Dispose();
    }

    private static bool IsTheGateways(HttpStatusCode status) =>
        status is HttpStatusCode.Redirect or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented;

    private IReadOnlyList<string> Offered(HttpAnswer answer, HttpRequestMessage request) => answer.Status switch
    {
        HttpStatusCode.OK => [],
        HttpStatusCode.Unauthorized => answer.Schemes,
        _ => throw Failure(answer, request),
    };

    private TResponse Read<TResponse>(IEwsOperation<TResponse> operation, HttpRequestMessage request, HttpAnswer answer)
    {
        if (!answer.MayBeSoap)
            throw Failure(answer, request);
        acceptedUnder = connector.Shown;
        try
        {
            using var xml = new EwsXmlReader(answer.Body);
            var response = SoapEnvelope.Read(xml, operation, out var server);
            ServerVersion = server ?? ServerVersion;
            return response;
        }
        catch (EwsMalformedResponseException) when (answer.Status == HttpStatusCode.InternalServerError)
        {
            throw Failure(answer, request);
        }
    }

    private EwsException Failure(HttpAnswer answer, HttpRequestMessage request) =>
        answer.Failure(request, time, connector.Shown is { } shown ? new LogonChannel(shown, acceptedUnder) : null);

    private async Task<HttpAnswer> AsAccount(HttpRequestMessage request, EwsAffinity? affinity, CancellationToken ct)
    {
        var answer = await Exchange(account.Current, request, affinity, ct).ConfigureAwait(false);
        if (!account.Turns(answer, request))
            return answer;
        answer.Dispose();
        return await Exchange(account.Current, request, affinity, ct).ConfigureAwait(false);
    }

    private Task<HttpAnswer> Exchange(HttpMessageInvoker via, HttpRequestMessage request, EwsAffinity? affinity, CancellationToken ct) =>
        Within(async (headersCame, either) =>
        {
            using var response = await via.SendAsync(request, either).ConfigureAwait(false);
            headersCame(response.StatusCode);
            RefuseStray(response, request);
            if (response.Headers.Date is { } said)
                Clock = new ServerClock(said, time.GetUtcNow());
            affinity?.Keep(response.Headers);
            return await HttpAnswer.Receive(response, either).ConfigureAwait(false);
        }, request, ct);

    /// <summary>Nothing of it is believed, not even its status.</summary>
    private static void RefuseStray(HttpResponseMessage response, HttpRequestMessage request)
    {
        if (!RequestEcho.IsOfAnother(response.Headers, request.Headers.GetValues(RequestEcho.Header).Single()))
            return;
        throw new EwsTransportException(TransportFailure.StrayAnswer, requestMayHaveBeenProcessed: true, null)
        {
            CredentialUnanswered = CredentialUses.MayHaveLeft(request),
        };
    }

    private async Task<EwsStream> Open(
        GetStreamingEvents operation,
        HttpRequestMessage request,
        EwsAffinity? affinity,
        TimeSpan silence,
        string id,
        CancellationToken ct)
    {
        var (stream, refusal) = await TryOpen(operation, request, affinity, silence, id, ct).ConfigureAwait(false);
        if (refusal is not null && account.Turns(refusal, request))
        {
            refusal.Dispose();
            (stream, refusal) = await TryOpen(operation, request, affinity, silence, id, ct).ConfigureAwait(false);
        }
        if (stream is not null)
            return stream;
        using (refusal)
        {
            Read(operation, request, refusal!);
            throw Failure(refusal!, request);
        }
    }

    private Task<(EwsStream? Stream, HttpAnswer? Refusal)> TryOpen(
        GetStreamingEvents operation,
        HttpRequestMessage request,
        EwsAffinity? affinity,
        TimeSpan silence,
        string id,
        CancellationToken ct) =>
        Within<(EwsStream?, HttpAnswer?)>(async (headersCame, either) =>
        {
            HttpResponseMessage? response = await account.Current.SendAsync(request, either).ConfigureAwait(false);
            try
            {
                headersCame(response.StatusCode);
                RefuseStray(response, request);
                affinity?.Keep(response.Headers);
                if (response.StatusCode != HttpStatusCode.OK)
                    return (null, await HttpAnswer.Receive(response, either).ConfigureAwait(false));
                var opened = new EwsStream(
                    response, await response.Content.ReadAsStreamAsync(either).ConfigureAwait(false), operation, time, silence, id);
                response = null;
                return (opened, null);
            }
            finally
            {
                response?.Dispose();
            }
        }, request, ct);

    private async Task<T> Within<T>(
        Func<Action<HttpStatusCode>, CancellationToken, Task<T>> work, HttpRequestMessage request, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(endpoint.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        HttpStatusCode? answered = null;
        try
        {
            return await work(status => answered = status, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not EwsException)
        {
            ct.ThrowIfCancellationRequested();
            throw TransportFault.From(e, answered, request);
        }
    }
}
