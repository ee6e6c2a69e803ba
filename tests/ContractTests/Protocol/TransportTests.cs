using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class TransportTests
{
    private static readonly GetFolder Operation = new([Requests.Calendar]);

    [Fact]
    public async Task A_request_carries_the_headers_that_Exchange_wants()
    {
        var server = FakeServer.Answering(Samples.Bytes("getfolder-calendar-response.xml"));
        await server.Call(Operation);
        var headers = server.Request!.Headers;
        Assert.Equal((HttpMethod.Post, FakeServer.Url), (server.Request.Method, server.Request.RequestUri));
        Assert.Equal(
            (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact), (server.Request.Version, server.Request.VersionPolicy));
        Assert.Equal("text/xml; charset=utf-8", server.Request.Content!.Headers.ContentType!.ToString());
        Assert.Equal("text/xml", headers.Accept.ToString());
        Assert.Equal("CleanSync/1.0", headers.UserAgent.ToString());
        Assert.Equal("alice@contoso.example", headers.GetValues("X-AnchorMailbox").Single());
        Assert.True(Guid.TryParse(headers.GetValues("client-request-id").Single(), out _));
        Assert.Equal("true", headers.GetValues("return-client-request-id").Single());
        Assert.Equal(Encoding.UTF8.GetByteCount(server.RequestBody), server.Request.Content.Headers.ContentLength);
        Assert.Null(headers.TransferEncodingChunked);
        Assert.Null(headers.ExpectContinue);
    }

    [Fact]
    public async Task Basic_goes_ahead_in_utf8()
    {
        var server = FakeServer.Answering(Samples.Bytes("getfolder-calendar-response.xml"));
        await server.Call(Operation);
        var sent = server.Request!.Headers.Authorization!;
        Assert.Equal(
            ("Basic", "CONTOSO\\svc:Geheim-🔑-1"), (sent.Scheme, Encoding.UTF8.GetString(Convert.FromBase64String(sent.Parameter!))));
    }

    [Fact]
    public async Task The_anchor_names_the_mailbox_under_delegate_access_too()
    {
        var server = FakeServer.Answering(Samples.Bytes("getfolder-calendar-response.xml"));
        await server.Call(Operation, context: FakeServer.Context with { Impersonate = false });
        Assert.Equal("alice@contoso.example", server.Request!.Headers.GetValues("X-AnchorMailbox").Single());
        Assert.DoesNotContain("ExchangeImpersonation", server.RequestBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONTOSO\\svc", "svc", "CONTOSO")]
    [InlineData("svc@contoso.example", "svc@contoso.example", "")]
    public void A_domain_is_split_off_for_ntlm(string name, string user, string domain)
    {
        var credential = new EwsCredential(name, "pw").ForNtlm();
        Assert.Equal((user, domain, "pw"), (credential.UserName, credential.Domain, credential.Password));
    }

    [Fact]
    public void A_password_never_shows()
    {
        Assert.Equal("EwsCredential { UserName = CONTOSO\\svc }", FakeServer.Endpoint.Credential.ToString());
        Assert.DoesNotContain("Geheim", FakeServer.Endpoint.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pool_is_pinned_to_ntlm_and_follows_nobody()
    {
        using var handler = Pool(FakeServer.Endpoint with { Authentication = EwsAuthentication.Ntlm, MaxConnections = 3 });
        Assert.NotNull(handler.Credentials!.GetCredential(FakeServer.Url, "NTLM"));
        Assert.Null(handler.Credentials.GetCredential(FakeServer.Url, "Negotiate"));
        Assert.Null(handler.Credentials.GetCredential(new Uri("https://elsewhere.example/EWS/Exchange.asmx"), "NTLM"));
        Assert.Equal((false, false, 3), (handler.AllowAutoRedirect, handler.UseCookies, handler.MaxConnectionsPerServer));
        Assert.Equal(DecompressionMethods.GZip | DecompressionMethods.Deflate, handler.AutomaticDecompression);
    }

    [Fact]
    public void Managed_ntlm_is_switched_on() =>
        Assert.True(AppContext.TryGetSwitch("System.Net.Security.UseManagedNtlm", out var on) && on);

    [Fact]
    public async Task A_refused_credential_names_schemes_and_request_and_never_the_password()
    {
        var failure = await HttpFailure(FakeServer.Answering("", HttpStatusCode.Unauthorized, response =>
        {
            response.Headers.WwwAuthenticate.ParseAdd("Negotiate");
            response.Headers.WwwAuthenticate.ParseAdd("NTLM");
            response.Headers.WwwAuthenticate.ParseAdd("Basic realm=\"mail\"");
        }));
        Assert.True(failure.CredentialRefused);
        Assert.Equal(["Negotiate", "NTLM", "Basic"], failure.OfferedSchemes);
        Assert.Equal("GetFolder", failure.Operation);
        Assert.Contains(failure.RequestId!, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheim", failure.ToString(), StringComparison.Ordinal);
        Assert.False(failure.AccountLockedOut);
    }

    [Fact]
    public async Task A_lockout_is_read_from_the_page() =>
        Assert.True((await HttpFailure(FakeServer.Answering("<html>The referenced account is currently locked out</html>",
            HttpStatusCode.Unauthorized))).AccountLockedOut);

    [Theory]
    [InlineData(null, nameof(CredentialUse.NotSent))]
    [InlineData("NTLM TlRMTVNTUAABAAAA", nameof(CredentialUse.HandshakeUnfinished))]
    [InlineData("NTLM TlRMTVNTUAADAAAA", nameof(CredentialUse.Sent))]
    public async Task A_401_tells_how_far_the_handshake_went(string? authorization, string use)
    {
        var server = new FakeServer((request, _) =>
        {
            request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        });
        var failure = await Assert.ThrowsAsync<EwsHttpException>(
            () => server.Call(Operation, FakeServer.Endpoint with { Authentication = EwsAuthentication.Ntlm }));
        Assert.Equal((use, use == nameof(CredentialUse.Sent)), (failure.Credential.ToString(), failure.CredentialRefused));
    }

    [Fact]
    public async Task A_busy_server_says_when_to_come_back()
    {
        var failure =
            await HttpFailure(FakeServer.Answering("busy", HttpStatusCode.ServiceUnavailable,
                response => response.Headers.RetryAfter = new(TimeSpan.FromSeconds(30))));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (failure.Status, failure.RetryAfter));
    }

    [Fact]
    public async Task A_redirect_is_reported_and_not_followed()
    {
        var target = new Uri("/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx", UriKind.Relative);
        var failure = await HttpFailure(FakeServer.Answering("", HttpStatusCode.Redirect, response => response.Headers.Location = target));
        Assert.Equal(target, failure.Location);
    }

    [Fact]
    public async Task A_500_without_a_fault_is_an_http_failure() =>
        Assert.Equal(
            HttpStatusCode.InternalServerError,
            (await HttpFailure(FakeServer.Answering("<html>Server Error in '/EWS' Application</html>",
                HttpStatusCode.InternalServerError))).Status);

    [Fact]
    public async Task A_mailbox_on_an_older_server_is_understood_from_plain_text()
    {
        var server = FakeServer.Answering("ErrorInvalidSchemaVersionForMailboxVersion", HttpStatusCode.InternalServerError);
        Assert.Equal(
            "ErrorInvalidSchemaVersionForMailboxVersion",
            (await Assert.ThrowsAsync<EwsFaultException>(() => server.Call(Operation))).ResponseCode);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, nameof(TransportFailure.NameResolution), false)]
    [InlineData(HttpRequestError.ConnectionError, nameof(TransportFailure.Connection), false)]
    [InlineData(HttpRequestError.SecureConnectionError, nameof(TransportFailure.Tls), false)]
    [InlineData(HttpRequestError.UserAuthenticationError, nameof(TransportFailure.ClosedDuringLogon), false)]
    [InlineData(HttpRequestError.ResponseEnded, nameof(TransportFailure.Interrupted), true)]
    [InlineData(HttpRequestError.Unknown, nameof(TransportFailure.Interrupted), true)]
    public async Task A_lost_call_says_whether_it_may_have_been_processed(HttpRequestError error, string where, bool processed)
    {
        var failure = await TransportFailureOf(new FakeServer((_, _) => throw new HttpRequestException(error)));
        Assert.Equal((where, processed), (failure.Failure.ToString(), failure.RequestMayHaveBeenProcessed));
    }

    [Fact]
    public async Task A_bare_ntlm_challenge_is_a_failed_handshake() =>
        Assert.Equal(
            TransportFailure.NoChallenge,
            (await TransportFailureOf(new FakeServer((_, _) => throw new ArgumentOutOfRangeException()))).Failure);

    [Fact]
    public async Task A_body_that_breaks_off_is_an_interruption()
    {
        var server = new FakeServer(
            (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Broken()) }));
        var failure = await TransportFailureOf(server);
        Assert.Equal((TransportFailure.Interrupted, true), (failure.Failure, failure.RequestMayHaveBeenProcessed));
    }

    [Fact]
    public async Task A_silent_server_times_out_after_the_endpoints_patience()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        var call = new FakeServer((_, ct) => Never(asked, ct)).Call(Operation, time: time);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var failure = await Assert.ThrowsAsync<EwsTransportException>(() => call);
        Assert.Equal((TransportFailure.Timeout, true), (failure.Failure, failure.RequestMayHaveBeenProcessed));
    }

    [Fact]
    public async Task The_callers_own_cancellation_stays_a_cancellation()
    {
        using var giveUp = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var call = new FakeServer((_, ct) => Never(asked, ct)).Call(Operation, ct: giveUp.Token);
        await asked.Task;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task The_probe_lists_schemes_and_sends_no_credential()
    {
        var server = FakeServer.Answering("", HttpStatusCode.Unauthorized, response => response.Headers.WwwAuthenticate.ParseAdd("NTLM"));
        using var client = new EwsClient(FakeServer.Endpoint, TimeProvider.System, server);
        Assert.Equal(["NTLM"], await client.OfferedSchemes(TestContext.Current.CancellationToken));
        Assert.Null(server.Request!.Headers.Authorization);
    }

    [Fact]
    public async Task A_closed_port_is_a_failed_connection()
    {
        using var client = new EwsClient(
            FakeServer.Endpoint with { Url = new($"http://127.0.0.1:{FreePort()}/EWS/Exchange.asmx") }, TimeProvider.System);
        var failure = await Assert.ThrowsAsync<EwsTransportException>(
            () => client.Send(Operation, FakeServer.Context, TestContext.Current.CancellationToken));
        Assert.Equal((TransportFailure.Connection, false), (failure.Failure, failure.RequestMayHaveBeenProcessed));
    }

    private static SocketsHttpHandler Pool(EwsEndpoint endpoint) =>
        EwsHandler.ForAccount(endpoint, new EwsConnector(endpoint, TimeProvider.System));

    private static Task<EwsHttpException> HttpFailure(FakeServer server) =>
        Assert.ThrowsAsync<EwsHttpException>(() => server.Call(Operation));

    private static Task<EwsTransportException> TransportFailureOf(FakeServer server) =>
        Assert.ThrowsAsync<EwsTransportException>(() => server.Call(Operation));

    private static async Task<HttpResponseMessage> Never(TaskCompletionSource asked, CancellationToken ct)
    {
        asked.SetResult();
        await Task.Delay(Timeout.Infinite, ct);
        throw new InvalidOperationException();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Broken : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException();
    }
}
