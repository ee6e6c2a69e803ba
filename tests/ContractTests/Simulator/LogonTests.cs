using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Mailboxes;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;
using AuthenticationSchemes = CleanSync.ExchangeSimulator.AuthenticationSchemes;

namespace CleanSync.ContractTests.Simulator;

public sealed class LogonTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_credentials_the_answer_lists_the_schemes()
    {
        await using var exchange = await Start(
            new SimulatorOptions { Schemes = AuthenticationSchemes.Basic | AuthenticationSchemes.Ntlm | AuthenticationSchemes.Negotiate });
        using var http = new HttpClient();
        using var answer = await http.GetAsync(exchange.Exchange.EwsUrl, Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["Negotiate", "NTLM", "Basic"], answer.Headers.WwwAuthenticate.Select(h => h.Scheme));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(-600)]
    public async Task The_servers_clock_can_be_wrong_in_every_answer(int seconds)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.ClockIsAheadBy = TimeSpan.FromSeconds(seconds);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(exchange.Exchange.EwsUrl, Cancelled);
        Assert.InRange((answer.Headers.Date!.Value - TimeProvider.System.GetUtcNow()).TotalSeconds - seconds, -30, 30);
    }

    [Fact]
    public async Task A_blocked_caller_is_forbidden_after_the_logon_and_others_are_not()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.BlockedUserAgent = "Outlook";
        using var http = Ntlm(exchange, new NetworkCredential("svc", Password, "CONTOSO"));
        async Task<HttpStatusCode> As(string agent)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, exchange.Exchange.EwsUrl) { Content = Body() };
            request.Headers.UserAgent.ParseAdd(agent);
            using var answer = await http.SendAsync(request, Cancelled);
            return answer.StatusCode;
        }
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (await As("Outlook/16"), await As("Thunderbird/128")));
        Assert.Equal(0, exchange.Account.FailedLogons);
    }

    [Theory]
    [InlineData("Exchange2010_SP2", null, "9999-12-31T23:59:59.9999999Z")]
    [InlineData("Exchange2016", "2031-05-06T07:08:09Z", "2031-05-06T07:08:09Z")]
    [InlineData("Exchange2010_SP1", null, null)]
    public async Task The_end_of_a_password_is_told_from_2010_SP2_on_and_never_is_the_end_of_the_calendar(
        string version,
        string? at,
        string? told)
    {
        await using var exchange = await Start();
        exchange.Account.PasswordExpiresAt = at is null
            ? null
            : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        var (status, answer) = await exchange.Post(Envelope("<m:GetPasswordExpirationDate/>", version, impersonated: null));
        Assert.Equal(told is null ? HttpStatusCode.InternalServerError : HttpStatusCode.OK, status);
        Assert.Equal(told, answer.Descendants(M + "PasswordExpirationDate").SingleOrDefault()?.Value);
    }

    [Theory]
    [InlineData("svc", "CONTOSO")]
    [InlineData(User, "")]
    public async Task Ntlm_proves_the_connection_once(string user, string domain)
    {
        await using var exchange = await Start();
        using var http = Ntlm(exchange, new NetworkCredential(user, Password, domain));
        for (var i = 0; i < 3; i++)
        {
            using var answer = await http.PostAsync(exchange.Exchange.EwsUrl, Body(), Cancelled);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(2, exchange.Exchange.Requests.All.Count(r => r.IsUnauthorized));
        Assert.Equal(3, exchange.Exchange.Requests.CountExcludingHandshake);
        Assert.Equal((1, 0), (exchange.Account.SuccessfulLogons, exchange.Account.FailedLogons));
    }

    [Fact]
    public async Task A_server_that_forgets_the_connection_asks_each_time()
    {
        await using var exchange = await Start(new SimulatorOptions { KeepsConnectionAuthenticated = false });
        using var http = Ntlm(exchange, new NetworkCredential("svc", Password, "CONTOSO"));
        for (var i = 0; i < 2; i++) (await http.PostAsync(exchange.Exchange.EwsUrl, Body(), Cancelled)).Dispose();
        Assert.Equal(
            (4, 2), (exchange.Exchange.Requests.All.Count(r => r.IsUnauthorized), exchange.Exchange.Requests.CountExcludingHandshake));
    }

    [Fact]
    public async Task A_right_password_is_answered_with_401_as_often_as_it_is_told_and_counts_as_no_wrong_one()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.LockoutAfter = 1;
        exchange.Account.MisjudgesNext = 1;
        using var http = Basic();
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 2; i++)
        {
            using var answer = await http.PostAsync(exchange.Exchange.EwsUrl, Body(), Cancelled);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.OK], answers);
        var account = exchange.Account;
        Assert.Equal((0, 1, 1, false), (account.FailedLogons, account.MisjudgedLogons, account.SuccessfulLogons, account.IsLockedOut));
    }

    [Fact]
    public async Task Wrong_passwords_count_and_lock_the_account()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.LockoutAfter = 2;
        using var http = Ntlm(exchange, new NetworkCredential("svc", "wrong", "CONTOSO"));
        for (var i = 0; i < 2; i++)
        {
            using var answer = await http.PostAsync(exchange.Exchange.EwsUrl, Body(), Cancelled);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        Assert.Equal((2, true), (exchange.Account.FailedLogons, exchange.Account.IsLockedOut));
        using var right = Basic();
        using var locked = await right.PostAsync(exchange.Exchange.EwsUrl, Body(), Cancelled);
        Assert.Contains("locked out", await locked.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        exchange.Account.Unlock();
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.GetFolder())).Single()));
    }

    [Fact]
    public async Task A_get_of_an_authenticated_caller_shows_a_page()
    {
        await using var exchange = await Start();
        using var http = Basic();
        using var answer = await http.GetAsync(exchange.Exchange.EwsUrl, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, exchange.Exchange.Requests.Count("GET"));
    }

    [Fact]
    public async Task Impersonation_needs_the_right_and_a_mailbox()
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorNonExistentMailbox", await exchange.Fault(Ask.GetFolder(), impersonated: "nobody@contoso.example"));
        exchange.Exchange.Organisation.DenyImpersonation(exchange.Account, Alice);
        Assert.Equal("ErrorImpersonateUserDenied", await exchange.Fault(Ask.GetFolder()));
        var call = exchange.Exchange.Requests.Calls[^1];
        Assert.Equal(("GetFolder", Alice, true, 500), (call.Operation, call.Mailbox, call.Impersonated, call.HttpStatus));
        Assert.Equal(["ErrorImpersonateUserDenied"], call.ResponseCodes);
    }

    [Fact]
    public async Task A_delegate_sees_what_the_level_grants()
    {
        await using var exchange = await Start();
        var folder = $"""<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>{Alice}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>""";
        var staffItem = exchange.Mailbox.Person.Adds(new("Own", exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));
        async Task<string> Try(string body) => Code((await exchange.Ask(body, impersonated: null)).Single());

        Assert.Equal("ErrorAccessDenied", await Try(Ask.GetFolder(folder)));
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Reviewer);
        Assert.Equal("NoError", await Try(Ask.GetItem(staffItem)));
        Assert.Equal("ErrorAccessDenied", await Try(Ask.Create("<t:Subject>A</t:Subject>", folder)));
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Author);
        Assert.Equal("NoError", await Try(Ask.Create("<t:Subject>A</t:Subject>", folder)));
        Assert.Equal("ErrorAccessDenied", await Try(Ask.Delete(staffItem)));
        Assert.Equal("NoError", await Try(Ask.Delete(exchange.Mailbox.Calendar.Single(e => e.Fields.Subject == "A").ItemId, "SoftDelete")));
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Editor);
        Assert.Equal("NoError", await Try(Ask.Delete(staffItem, "SoftDelete")));
    }

    [Fact]
    public async Task An_account_without_mailbox_must_name_one()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.AddAccount("bare@contoso.example", Password, hasMailbox: false);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"CONTOSO\\bare:{Password}")));
        using var answer = await http.PostAsync(
            exchange.Exchange.EwsUrl, new StringContent(Envelope(Ask.GetFolder(), impersonated: null)), Cancelled);
        Assert.Contains("ErrorMissingEmailAddress", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private static HttpClient Ntlm(Organisation exchange, NetworkCredential credential) =>
        new(new SocketsHttpHandler { Credentials = new CredentialCache { { exchange.Exchange.BaseUrl, "NTLM", credential } } });

    private static HttpClient Basic()
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        return http;
    }

    private static StringContent Body() => new(Envelope(Ask.GetFolder()), Encoding.UTF8, "text/xml");
}
