using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol;

namespace CleanSync.Model.VirtualTime;

/// <summary>
/// The simulated Exchange on virtual time, without a network: checks the Basic credential of each call, behaves as told, and writes down
/// every call. One organisation; any number of nodes may call it.
/// </summary>
internal sealed partial class VirtualExchange
{
    public const string AccountName = "svc-booking@contoso.example";
    public const string Password = "Correct-Horse-7";
    public static readonly Uri Address = new("http://exchange.test/EWS/Exchange.asmx");

    /// <summary>An integration with it through impersonation, titles shown.</summary>
    public static readonly IntegrationSettings Settings = new(
        "Head office",
        Address,
        AuthenticationType.Basic,
        AccountName,
        Domain.ExchangeIntegrations.ExchangeVersion.Exchange2016,
        true,
        true,
        12,
        15,
        ServerTrust.OfTheMachine);
    private readonly VirtualThread thread;
    private readonly FaultScript faults = new();
    private readonly RequestJournal journal = new();
    private readonly EwsEndpoint endpoint;
    private readonly List<VirtualCall> calls = [];
    private int inFlight;

    public VirtualExchange(VirtualThread thread, int mailboxes)
    {
        this.thread = thread;
        Organisation = new ExchangeOrganisation(thread.Clock);
        Account = Organisation.AddAccount(AccountName, Password);
        Organisation.GrantImpersonation(Account);
        for (var i = 0; i < mailboxes; i++) Organisation.AddMailbox(AddressOf(i), "Europe/Berlin");
        endpoint = new EwsEndpoint(Organisation, journal, faults, thread.Clock);
    }

    public ExchangeOrganisation Organisation { get; }

    public Account Account { get; }

    /// <summary>How Exchange takes each call; by default every one is answered after 50 ms.</summary>
    public Func<VirtualCall, Conduct> Conduct { get; set; } = _ => new Conduct(TimeSpan.FromMilliseconds(50));

    /// <summary>An answer of no real Exchange in place of its own: the body of HTTP 200; null for its own. Gets the request.</summary>
    public Func<VirtualCall, string, byte[]?> Answer { get; set; } = (_, _) => null;

    /// <summary>Every call so far, in the order of arrival.</summary>
    public IReadOnlyList<VirtualCall> Calls => calls;

    public int InFlight => inFlight;

    /// <summary>Most calls at once so far.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>Streams that CleanSync has open.</summary>
    public int OpenStreams { get; internal set; }

    /// <summary>Connection pools that CleanSync has open.</summary>
    public int OpenHandlers { get; private set; }

    /// <summary>Forgets the calls so far.</summary>
    public void ForgetCalls()
    {
        calls.Clear();
        journal.Clear();
    }

    public static string AddressOf(int mailbox) => $"staff{mailbox:000}@contoso.example";

    public Mailbox Mailbox(int mailbox) => Organisation.Mailbox(AddressOf(mailbox));

    /// <summary>A connection to it.</summary>
    public HttpMessageHandler Connect() => new Connection(this);

    private async Task<HttpResponseMessage> Take(HttpRequestMessage request, CancellationToken ct)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(ct);
        var call = new VirtualCall(
            Anchor(request),
            request.Method == HttpMethod.Get ? "GET" : Operation().Match(Encoding.UTF8.GetString(body)).Groups[1].Value,
            thread.Now);
        calls.Add(call);
        MostInFlight = Math.Max(MostInFlight, ++inFlight);
        try
        {
            var conduct = LogonIsRefused(request) ? new Conduct(TimeSpan.FromMilliseconds(50), new Fault.Http(401)) : Conduct(call);
            await Task.Delay(conduct.After ?? Timeout.InfiniteTimeSpan, thread.Clock, ct);
            if (conduct.Fault is null && Answer(call, Encoding.UTF8.GetString(body)) is { } foreign)
            {
                call.Status = 200;
                return Message(new EwsReply(200, "text/xml; charset=utf-8", foreign));
            }

            var answer = conduct.Fault is null && call.Operation == "GET"
                ? new EwsReply(200, "text/html", default)
                : Handle(body, request, conduct.Fault);
            call.Status = answer.Status;
            return answer.IsAborted
                ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.")
                : Message(answer);
        }
        finally
        {
            call.EndedAt = thread.Now;
            inFlight--;
        }
    }

    private EwsReply Handle(byte[] body, HttpRequestMessage request, Fault? fault)
    {
        if (fault is Fault.Http http)
            return new EwsReply(http.Status, "text/html", Encoding.UTF8.GetBytes(http.Html))
            {
                RetryAfter = http.RetryAfter,
                Location = http.Location
            };
        if (fault is not null) faults.Next(fault);
        return endpoint.Handle(body, Headers(request), new Caller(Account));
    }

    /// <summary>A call without a credential is refused as well, but is no failed logon.</summary>
    private bool LogonIsRefused(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is not { Parameter: { } sent }) return true;
        return !Account.LogOn(
            Encoding.UTF8.GetString(Convert.FromBase64String(sent)) == $"{AccountName}:{Account.Password}", Organisation.LockoutAfter);
    }

    private static string Anchor(HttpRequestMessage request) =>
        request.Headers.TryGetValues("X-AnchorMailbox", out var values) ? values.First().ToLowerInvariant() : "";

    private static EwsHeaders Headers(HttpRequestMessage request)
    {
        return new EwsHeaders
        {
            AnchorMailbox = Header("X-AnchorMailbox"),
            PreferServerAffinity = Header("X-PreferServerAffinity"),
            Cookie = Header("Cookie")
        };

        string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? values.First() : null;
    }

    private HttpResponseMessage Message(EwsReply reply)
    {
        HttpContent content = reply.Stream is { } stream
            ? new StreamContent(new VirtualStream(this, stream))
            : new ReadOnlyMemoryContent(reply.Body);
        var message = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = content };
        if (reply.SetCookie is { } cookie) message.Headers.TryAddWithoutValidation("Set-Cookie", cookie);
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        if (reply.RetryAfter is { } after) message.Headers.TryAddWithoutValidation("Retry-After", after);
        if (reply.Location is { } location) message.Headers.TryAddWithoutValidation("Location", location);
        if (reply.Status == 401) message.Headers.WwwAuthenticate.Add(new AuthenticationHeaderValue("Basic", "realm=\"exchange.test\""));
        return message;
    }

    [GeneratedRegex(@"Body>\s*<\w+:(\w+)")]
    private static partial Regex Operation();

    private sealed class Connection : VirtualHandler
    {
        private readonly VirtualExchange exchange;

        public Connection(VirtualExchange exchange)
        {
            this.exchange = exchange;
            exchange.OpenHandlers++;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) exchange.OpenHandlers--;
            base.Dispose(disposing);
        }

        protected override Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken ct) => exchange.Take(request, ct);
    }
}
