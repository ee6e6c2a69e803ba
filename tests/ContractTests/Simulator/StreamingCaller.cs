using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>A bare HTTP client that subscribes and listens, with or without what keeps it on one server.</summary>
internal sealed class StreamingCaller : IDisposable
{
    private readonly Organisation _exchange;
    private readonly HttpClient _http = new();

    public StreamingCaller(Organisation exchange, string user = User, string password = Password)
    {
        _exchange = exchange;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public string? Anchor { get; set; } = Alice;
    public string? Cookie { get; set; }
    public string Version { get; set; } = "Exchange2013_SP1";
    public string? Accepts { get; set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static string Request(
        string folder = Ask.Calendar,
        string events =
            "<t:EventType>CreatedEvent</t:EventType><t:EventType>ModifiedEvent</t:EventType><t:EventType>DeletedEvent</t:EventType><t:EventType>MovedEvent</t:EventType>") =>
        $"<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>{folder}</t:FolderIds><t:EventTypes>{events}</t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>";

    public static string Events(int minutes, params string[] ids) =>
        $"<m:GetStreamingEvents><m:SubscriptionIds>{string.Concat(ids.Select(id => $"<t:SubscriptionId>{id}</t:SubscriptionId>"))}</m:SubscriptionIds><m:ConnectionTimeout>{minutes}</m:ConnectionTimeout></m:GetStreamingEvents>";

    public async Task<string> Subscribe(string mailbox = Alice)
    {
        var answer = await Call(Request(), mailbox);
        return answer.Descendants(M + "SubscriptionId").Single().Value;
    }

    /// <summary>The answer's envelope to anything that is answered at once, a fault too; a cookie is kept.</summary>
    public async Task<XDocument> Call(string body, string? mailbox = Alice)
    {
        using var answer = await Post(body, mailbox, HttpCompletionOption.ResponseContentRead);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) Cookie = cookies.Single().Split(';')[0];
        var document = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        EwsSchemas.Check(document);
        return document;
    }

    public async Task<string> Code(string body, string? mailbox = Alice)
    {
        var answer = await Call(body, mailbox);
        return answer.Descendants().First(e => e.Name.LocalName == "ResponseCode").Value;
    }

    public async Task<EventStream> Open(params string[] ids) => await OpenFor(30, ids);

    public async Task<EventStream> OpenFor(int minutes, params string[] ids)
    {
        var answer = await Post(Events(minutes, ids), Alice, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync(Cancelled));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> Post(string body, string? mailbox, HttpCompletionOption until)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post,
                _exchange.Exchange.EwsUrl)
            { Content = new StringContent(Envelope(body, Version, mailbox), Encoding.UTF8, "text/xml") };
        if (Anchor is not null)
        {
            request.Headers.Add("X-AnchorMailbox", Anchor);
            request.Headers.Add("X-PreferServerAffinity", "true");
        }
        if (Accepts is not null) request.Headers.Add("Accept-Encoding", Accepts);
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        return await _http.SendAsync(request, until, Cancelled);
    }
}

/// <summary>An open stream: its envelopes one by one.</summary>
internal sealed class EventStream(HttpResponseMessage answer, Stream body) : IDisposable
{
    private readonly EnvelopeSplitter _cutter = new();
    private readonly Queue<XDocument> _ready = [];

    public IEnumerable<string> Encoding => answer.Content.Headers.ContentEncoding;

    /// <summary>The next envelope; null when the stream has ended.</summary>
    public async Task<XDocument?> Next()
    {
        var buffer = new byte[64 * 1024];
        while (_ready.Count == 0)
        {
            var read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (read == 0) return null;
            foreach (var envelope in _cutter.Cut(buffer.AsSpan(0, read))) _ready.Enqueue(XDocument.Load(new MemoryStream(envelope)));
        }
        return _ready.Dequeue();
    }

    /// <summary>The names of the next envelope's events, or its status.</summary>
    public async Task<string> Told()
    {
        var envelope = await Next();
        if (envelope is null) return "the end";
        if (envelope.Descendants(M + "ConnectionStatus").FirstOrDefault() is { } status) return status.Value;
        return string.Join(
            ' ',
            envelope.Descendants().Where(e => e.Name.LocalName.EndsWith("Event", StringComparison.Ordinal)).Select(e => e.Name.LocalName));
    }

    public void Dispose() => answer.Dispose();
}
