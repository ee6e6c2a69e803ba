using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Mailboxes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.ContractTests.Simulator;

/// <summary>A started simulator with a service account and one staff member, and a bare HTTP client to talk to it.</summary>
internal sealed class Organisation : IAsyncDisposable
{
    public const string Alice = "alice@contoso.example";
    public const string User = "svc@contoso.example";
    public const string Password = "Geheim-1";
    public const string Property = """<t:ExtendedFieldURI PropertySetId="d6b9f1c2-3a44-4e3b-9f0e-6c2a5e7b1a10" PropertyName="CleanSyncId" PropertyType="String"/>""";

    public static readonly XNamespace S = "http://schemas.xmlsoap.org/soap/envelope/";
    public static readonly XNamespace M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    public static readonly XNamespace T = "http://schemas.microsoft.com/exchange/services/2006/types";
    public static readonly XNamespace E = "http://schemas.microsoft.com/exchange/services/2006/errors";

    private readonly HttpClient _http;

    private Organisation(SimulatedExchange exchange, FakeTimeProvider clock, Account account)
    {
        (Exchange, Clock, Account) = (exchange, clock, account);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
    }

    public SimulatedExchange Exchange { get; }
    public FakeTimeProvider Clock { get; }
    public Account Account { get; }
    public Mailbox Mailbox => Exchange.Organisation.Mailbox(Alice);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Organisation> Start(SimulatorOptions? options = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var exchange = await SimulatedExchange.StartAsync((options ?? new SimulatorOptions()) with { TimeProvider = clock }, Cancelled);
        var account = exchange.Organisation.AddAccount(User, Password);
        exchange.Organisation.AddMailbox(Alice);
        exchange.Organisation.GrantImpersonation(account);
        return new Organisation(exchange, clock, account);
    }

    public static string Envelope(string body, string? version = "Exchange2013_SP1", string? impersonated = Alice, string headers = "")
    {
        var versionHeader = version is null ? "" : $"""<t:RequestServerVersion Version="{version}"/>""";
        var impersonation = impersonated is null
            ? ""
            : $"<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>{impersonated}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>";
        return $"""<s:Envelope xmlns:s="{S}" xmlns:m="{M}" xmlns:t="{T}"><s:Header>{versionHeader}{headers}{impersonation}</s:Header><s:Body>{body}</s:Body></s:Envelope>""";
    }

    /// <summary>Posts and gives the HTTP status and the envelope, checked against the schemas where they are at hand.</summary>
    public async Task<(HttpStatusCode Status, XDocument Answer)> Post(string envelope)
    {
        using var answer = await _http.PostAsync(Exchange.EwsUrl, new StringContent(envelope, Encoding.UTF8, "text/xml"), Cancelled);
        var document = XDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        EwsSchemas.Check(document);
        return (answer.StatusCode, document);
    }

    /// <summary>Posts and gives what came back as it came.</summary>
    public async Task<(HttpResponseMessage Answer, string Text)> Send(string body, string? acceptEncoding = null)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post,
                Exchange.EwsUrl)
            { Content = new StringContent(Envelope(body), Encoding.UTF8, "text/xml") };
        if (acceptEncoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        var answer = await _http.SendAsync(request, Cancelled);
        return (answer, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>The response messages of a call that must not end in a fault.</summary>
    public async Task<List<XElement>> Ask(
        string body,
        string? version = "Exchange2013_SP1",
        string? impersonated = Alice,
        string headers = "")
    {
        var (status, answer) = await Post(Envelope(body, version, impersonated, headers));
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return [.. answer.Descendants(M + "ResponseMessages").Single().Elements()];
    }

    /// <summary>The code of the fault that a call must end in.</summary>
    public async Task<string> Fault(string body, string? version = "Exchange2013_SP1", string? impersonated = Alice, string headers = "")
    {
        var (status, answer) = await Post(Envelope(body, version, impersonated, headers));
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("a:" + answer.Descendants(E + "ResponseCode").Single().Value, answer.Descendants("faultcode").Single().Value);
        return answer.Descendants(E + "ResponseCode").Single().Value;
    }

    public static string Code(XElement message) => message.Element(M + "ResponseCode")!.Value;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Exchange.DisposeAsync();
    }
}
