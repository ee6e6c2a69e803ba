using System.IO.Pipelines;
using System.Net;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

/// <summary>An open answer to GetStreamingEvents, fed by hand.</summary>
public sealed class StreamTests : IDisposable
{
    private const string Subscription = "JQBkYjEuY29udG9zby5leGFtcGxlEAAAAGFsaWNlLXN1YnNjcmlwdGlvbg==";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider clock = new();
    private readonly Pipe body = new();
    private readonly FakeServer server;

    public StreamTests() =>
        server = new FakeServer(
            (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body.Reader.AsStream()) }));

    public void Dispose() => server.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("wire-not-schema-valid/")]
    public async Task Every_event_reads_alike_in_the_namespaces_of_the_schema_and_of_the_wire(string folder)
    {
        var message = (await Read("getstreamingevents-opened-response.xml", folder + "getstreamingevents-event-response.xml"))[1];
        var notification = Assert.Single(message.Notifications);
        Assert.Equal(Subscription, notification.SubscriptionId);
        Assert.Equal([StreamedEvent.Created, StreamedEvent.Modified, StreamedEvent.Moved], notification.Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wire-not-schema-valid/")]
    public async Task A_sign_of_life_is_told_from_a_change_and_lost_subscriptions_are_named(string folder)
    {
        var messages = await Read(
            "getstreamingevents-opened-response.xml",
            folder + "getstreamingevents-heartbeat-response.xml",
            folder + "getstreamingevents-error-response.xml");
        Assert.Equal((StreamStatus.OK, 0), (messages[0].Status!.Value, messages[0].Notifications.Count));
        Assert.Equal([StreamedEvent.Status], messages[1].Notifications[0].Events);
        Assert.Equal(
            ("ErrorSubscriptionNotFound", Subscription, StreamStatus.Closed),
            (messages[2].Error!.Code, messages[2].LostSubscriptions.Single(), messages[2].Status!.Value));
    }

    [Fact]
    public async Task It_ends_with_Closed_without_waiting_for_the_connection_to_end()
    {
        using var client = Client();
        using var stream = await Open(client);
        await Send(Samples.Bytes("getstreamingevents-closed-response.xml"));
        Assert.Equal(StreamStatus.Closed, Assert.Single(await All(stream)).Status);
    }

    [Fact]
    public async Task An_end_without_Closed_is_a_failure()
    {
        using var client = Client();
        using var stream = await Open(client);
        await Send(Samples.Bytes("getstreamingevents-opened-response.xml"));
        await body.Writer.CompleteAsync();
        var failure = await Assert.ThrowsAsync<EwsTransportException>(() => All(stream));
        Assert.Equal((TransportFailure.Interrupted, "GetStreamingEvents"), (failure.Failure, failure.Operation));
    }

    [Fact]
    public async Task After_90_seconds_of_silence_it_is_given_up_and_every_byte_begins_them_anew()
    {
        using var client = Client();
        using var stream = await Open(client);
        await using var messages = stream.ReadAll(ct).GetAsyncEnumerator(ct);
        var next = messages.MoveNextAsync().AsTask();
        for (var i = 0; i < 5; i++)
        {
            clock.Advance(Silence - TimeSpan.FromSeconds(1));
            Assert.False(next.IsCompleted);
            await Send(Samples.Bytes("getstreamingevents-heartbeat-response.xml"));
            Assert.True(await next);
            next = messages.MoveNextAsync().AsTask();
        }
        clock.Advance(Silence);
        var failure = await Assert.ThrowsAsync<EwsTransportException>(() => next);
        Assert.Equal((TransportFailure.Timeout, false), (failure.Failure, failure.CredentialUnanswered)); // whoever listens was let in
    }

    [Fact]
    public async Task A_fault_a_status_and_a_broken_envelope_are_the_failures_that_they_are_everywhere()
    {
        var busy = FakeServer.Answering(Samples.Bytes("fault-exceededconnectioncount.xml"), HttpStatusCode.InternalServerError);
        Assert.Equal("ErrorExceededConnectionCount", (await Assert.ThrowsAsync<EwsFaultException>(() => Open(Client(busy)))).ResponseCode);
        Assert.True((await Assert.ThrowsAsync<EwsHttpException>(() =>
            Open(Client(FakeServer.Answering("", HttpStatusCode.Unauthorized))))).CredentialRefused);
        using var stream = await Open(Client(FakeServer.Answering("<s:Envelope><s:Body></s:Header></s:Envelope>")));
        await Assert.ThrowsAsync<EwsMalformedResponseException>(() => All(stream));
    }

    [Fact]
    public async Task The_request_asks_for_no_compression_and_the_group_stays_on_its_server()
    {
        var cookies = FakeServer.Answering(
            Samples.Bytes("subscribe-streaming-response.xml"),
            also: response =>
                response.Headers.TryAddWithoutValidation("Set-Cookie", ["X-BackEndOverrideCookie=mbx1~7; path=/; secure", "other=1"]));
        var context = FakeServer.Context with { Affinity = new EwsAffinity("anna@contoso.example") };
        await cookies.Call(new SubscribeToStreaming(Requests.Known), context: context);
        Assert.Equal(
            ("anna@contoso.example", "true", null),
            (Header(cookies, "X-AnchorMailbox"), Header(cookies, "X-PreferServerAffinity"), Header(cookies, "Cookie")));
        using var client = Client();
        using var stream = await client.Open(new GetStreamingEvents([Subscription], 30), context, Silence, ct);
        Assert.Equal(("identity", "X-BackEndOverrideCookie=mbx1~7"), (Header(server, "Accept-Encoding"), Header(server, "Cookie")));
    }

    [Theory]
    [InlineData(nameof(ExchangeServerVersion.Exchange2007_SP1), false)]
    [InlineData(nameof(ExchangeServerVersion.Exchange2010), false)]
    [InlineData(nameof(ExchangeServerVersion.Exchange2010_SP1), true)]
    [InlineData(nameof(ExchangeServerVersion.Exchange2016), true)]
    public void Notifications_exist_from_2010_SP1(string version, bool has) =>
        Assert.Equal(has, Enum.Parse<ExchangeServerVersion>(version).Has(VersionTable.StreamingNotifications));

    private static string? Header(FakeServer server, string name) =>
        server.Request!.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private EwsClient Client(FakeServer? other = null) => new(FakeServer.Endpoint, clock, other ?? server);

    private Task<EwsStream> Open(EwsClient client) =>
        client.Open(new GetStreamingEvents([Subscription], 30), FakeServer.Context, Silence, ct);

    private async Task<List<StreamedMessage>> Read(params string[] samples)
    {
        using var client = Client();
        using var stream = await Open(client);
        foreach (var sample in samples.Append("getstreamingevents-closed-response.xml")) await Send(Samples.Bytes(sample));
        return await All(stream);
    }

    private async Task Send(byte[] envelope) => await body.Writer.WriteAsync(envelope, ct);

    private async Task<List<StreamedMessage>> All(EwsStream stream)
    {
        var messages = new List<StreamedMessage>();
        await foreach (var message in stream.ReadAll(ct)) messages.Add(message);
        return messages;
    }
}
