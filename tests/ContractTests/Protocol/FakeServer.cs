using System.Net;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

/// <summary>Answers every request alike, and keeps the last one.</summary>
internal sealed class FakeServer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public static readonly Uri Url = new("https://mail.contoso.example/EWS/Exchange.asmx");

    public static readonly EwsEndpoint Endpoint = new(Url, EwsAuthentication.Basic, new EwsCredential("CONTOSO\\svc", "Geheim-🔑-1"));

    public static readonly EwsCallContext Context = new(ExchangeServerVersion.Exchange2013_SP1, "alice@contoso.example", Impersonate: true);

    public HttpRequestMessage? Request { get; private set; }

    public string RequestBody { get; private set; } = "";

    public static FakeServer Answering(byte[] body, HttpStatusCode status = HttpStatusCode.OK, Action<HttpResponseMessage>? also = null) =>
        new((_, _) =>
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        also?.Invoke(response);
        return Task.FromResult(response);
    });

    public static FakeServer Answering(string body, HttpStatusCode status = HttpStatusCode.OK, Action<HttpResponseMessage>? also = null) =>
        Answering(Encoding.UTF8.GetBytes(body), status, also);

    /// <summary>A soap envelope around one response element of GetFolder.</summary>
    public static string Envelope(string body) =>
        $"""<s:Envelope xmlns:s="{Ews.Soap}" xmlns:m="{Ews.Messages}" xmlns:t="{Ews.Types}"><s:Body>{body}</s:Body></s:Envelope>""";

    public async Task<T> Call<T>(
        IEwsOperation<T> operation,
        EwsEndpoint? endpoint = null,
        EwsCallContext? context = null,
        TimeProvider? time = null,
        CancellationToken? ct = null)
    {
        using var client = new EwsClient(endpoint ?? Endpoint, time ?? TimeProvider.System, this);
        return await client.Send(operation, context ?? Context, ct ?? TestContext.Current.CancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = request;
        RequestBody = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return await answer(request, cancellationToken);
    }
}
