using System.Net;
using System.Text;
using CleanSync.ContractTests.Protocol;
using CleanSync.ExchangeSimulator.Autodiscover;
using Xunit;

namespace CleanSync.ContractTests.Simulator;

/// <summary>The simulator's Autodiscover, asked by hand.</summary>
public sealed class AutodiscoverTests : IAsyncDisposable
{
    private const string Soap =
        "/autodiscover/autodiscover.svc", Pox = "/autodiscover/autodiscover.xml", Name = "autodiscover.contoso.example";
    private DiscoverableExchange contoso = null!;
    private HttpClient http = null!;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await contoso.DisposeAsync();
    }

    [Fact]
    public async Task Each_host_name_is_a_service_of_its_own_and_an_unknown_one_has_nothing()
    {
        await Start();
        contoso.Host("contoso.example").WebSite = 200;
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.NotFound],
            [await Get(Name, Pox, null), await Get("contoso.example", Pox, null), await Get("www.contoso.example", Pox, null)]);
        Assert.Equal(
            [
                "GET https://autodiscover.contoso.example/autodiscover/autodiscover.xml 401",
                "GET https://contoso.example/autodiscover/autodiscover.xml 200",
                "GET https://www.contoso.example/autodiscover/autodiscover.xml 404"
            ],
            contoso.Asked);
    }

    [Fact]
    public async Task Plain_http_redirects_or_is_refused()
    {
        await Start();
        var plain = contoso.Exchange.Addresses[1];
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Get, new Uri(plain, Pox), Name, null)).StatusCode);
        contoso.Host(Name).PlainHttpLeadsTo = "https://hq.contoso.example/autodiscover/autodiscover.xml";
        var answer = await Send(HttpMethod.Get, new Uri(plain, Pox), Name, null);
        Assert.Equal(
            (HttpStatusCode.Redirect, "https://hq.contoso.example/autodiscover/autodiscover.xml"),
            (answer.StatusCode, answer.Headers.Location!.AbsoluteUri));
    }

    [Fact]
    public async Task A_sample_question_gets_the_settings_in_either_language_and_a_GET_by_POX_gets_600()
    {
        await Start();
        contoso.Exchange.Organisation.AddMailbox("alice@contoso.example");
        foreach (var (path, sample) in new[] { (Soap, "soap-getusersettings"), (Pox, "pox") })
            Assert.Contains(
                "https://mail-int.contoso.example/EWS/Exchange.asmx",
                await Post(path, Encoding.UTF8.GetString(Samples.Bytes($"autodiscover-{sample}-request.xml"))),
                StringComparison.Ordinal);
        using var get = await Send(HttpMethod.Get, new Uri(contoso.Exchange.BaseUrl, Pox), Name, null, logon: true);
        Assert.Contains(
            "<ErrorCode>600</ErrorCode>",
            await get.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a:RequestedServerVersion>Exchange2013", "<a:RequestedServerVersion>Exchange2099", "InvalidServerVersion")]
    [InlineData("autodiscover.contoso.example/autodiscover", "elsewhere.contoso.example/autodiscover", "InvalidRequest")]
    [InlineData("Autodiscover/GetUserSettings<", "Autodiscover/GetDomainSettings<", "InvalidRequest")]
    [InlineData("<a:Setting>InternalEwsUrl", "<a:Setting>InternalUrl", "InvalidRequest")]
    [InlineData("a:Mailbox>", "a:EMailAddress>", "InvalidRequest")]
    public async Task A_question_by_SOAP_that_is_not_as_it_must_be_is_a_fault(string part, string wrong, string code)
    {
        await Start();
        var question = Encoding.UTF8.GetString(Samples.Bytes("autodiscover-soap-getusersettings-request.xml"));
        Assert.Contains($"a:{code}<", await Post(Soap, question.Replace(part, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outlook/responseschema/2006a", "mobilesync/responseschema/2006", "601")]
    [InlineData("outlook/requestschema/2006", "mobilesync/requestschema/2006", "600")]
    [InlineData("EMailAddress>", "EmailAddress>", "600")]
    [InlineData("</Request>", "<Request/></Request>", "600")]
    public async Task A_question_by_POX_that_is_not_as_it_must_be_is_600_or_601(string part, string wrong, string code)
    {
        await Start();
        var question = Encoding.UTF8.GetString(Samples.Bytes("autodiscover-pox-request.xml"));
        Assert.Contains(
            $"<ErrorCode>{code}</ErrorCode>",
            await Post(Pox, question.Replace(part, wrong, StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_passwords_count_as_they_do_at_EWS()
    {
        await Start();
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(Name, Pox, "wrong"));
        Assert.Equal(1, contoso.Account.FailedLogons);
    }

    private async Task Start()
    {
        contoso = await DiscoverableExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        contoso.Host(Name);
        http =
            new HttpClient(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=contoso.example" }
            });
    }

    private async Task<HttpStatusCode> Get(string host, string path, string? password)
    {
        using var answer = await Send(HttpMethod.Get, new Uri(contoso.Exchange.BaseUrl, path), host, null, password is not null, password);
        return answer.StatusCode;
    }

    private async Task<string> Post(string path, string body)
    {
        using var answer = await Send(HttpMethod.Post, new Uri(contoso.Exchange.BaseUrl, path), Name, body, logon: true);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> Send(
        HttpMethod method,
        Uri url,
        string host,
        string? body,
        bool logon = false,
        string? password = null)
    {
        using var request = new HttpRequestMessage(method, url) { Headers = { Host = host } };
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "text/xml");
        if (logon)
            request.Headers.Authorization = new(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{DiscoverableExchange.User}:{password ?? DiscoverableExchange.Password}")));
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
