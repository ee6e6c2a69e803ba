using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>A whole HTTP answer, and what it tells if it is no EWS answer: status, headers, and two phrases of its body.</summary>
internal sealed class HttpAnswer : IDisposable
{
    /// <summary>As much of an error page as is looked at.</summary>
    private const int PageBytes = 16 * 1024;

    private const string OlderMailbox = "ErrorInvalidSchemaVersionForMailboxVersion";

    private readonly RetryConditionHeaderValue? retryAfter;
    private readonly Uri? location;
    private readonly string? frontEndCode;

    private HttpAnswer(HttpResponseMessage response, ResponseBody body)
    {
        (Status, Body) = (response.StatusCode, body);
        Schemes = [.. response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).Distinct(StringComparer.OrdinalIgnoreCase)];
        (retryAfter, location) = (response.Headers.RetryAfter, response.Headers.Location);
        frontEndCode = response.Headers.TryGetValues("X-CasErrorCode", out var codes)
            ? codes.Select(c => c.Trim()).FirstOrDefault(EwsError.IsCode) : null;
    }

    public HttpStatusCode Status { get; }

    public ResponseBody Body { get; }

    /// <summary>The schemes of WWW-Authenticate, in the server's order.</summary>
    public IReadOnlyList<string> Schemes { get; }

    public Uri? Location => location;

    /// <summary>SOAP 1.1 carries a fault in a 500; only one without a fault is an HTTP failure.</summary>
    public bool MayBeSoap => CarriesSoap(Status);

    /// <param name="limit">The longest answer that is taken, in bytes.</param>
    public static async Task<HttpAnswer> Receive(HttpResponseMessage response, CancellationToken ct, int limit = ResponseBody.MaxBytes)
    {
        var whole = CarriesSoap(response.StatusCode);
        return new(
            response, await ResponseBody.Receive(response.Content, whole ? limit : PageBytes, cut: !whole, ct).ConfigureAwait(false));
    }

    public EwsException Failure(HttpRequestMessage request, TimeProvider time, LogonChannel? channel)
    {
        var page = Page();
        // The one code that servers also send as plain text (docs/exchange.md, "Versions").
        if (Status == HttpStatusCode.InternalServerError && page.Contains(OlderMailbox, StringComparison.Ordinal))
            return new EwsFaultException(EwsError.From(OlderMailbox, null, null));
        return new EwsHttpException(Status, CredentialUses.Of(request))
        {
            Channel = channel,
            AccountLockedOut = Status == HttpStatusCode.Unauthorized && page.Contains("locked out", StringComparison.OrdinalIgnoreCase),
            RetryAfter = RetryAfter(time),
            OfferedSchemes = Schemes,
            Location = location,
            FrontEndCode = frontEndCode,
        };
    }

    public void Dispose() => Body.Dispose();

    private static bool CarriesSoap(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.InternalServerError;

    private TimeSpan? RetryAfter(TimeProvider time) => retryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private string Page()
    {
        Body.Rewind();
        var start = new byte[PageBytes];
        return Encoding.UTF8.GetString(start, 0, Body.ReadAtLeast(start, PageBytes, throwOnEndOfStream: false));
    }
}
