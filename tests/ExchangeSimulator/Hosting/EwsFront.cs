using System.IO.Compression;
using CleanSync.ExchangeSimulator.Authentication;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Notifications;
using CleanSync.ExchangeSimulator.Protocol;

namespace CleanSync.ExchangeSimulator.Hosting;

/// <summary>The HTTP side of EWS: logon, latency, aborted and withheld answers.</summary>
internal sealed class EwsFront(
    ExchangeOrganisation organisation,
    EwsEndpoint endpoint,
    LogonGate gate,
    RequestJournal journal,
    Delays delays,
    SimulatorOptions options)
{
    public async Task Serve(HttpContext context)
    {
        // The body is read on every leg, also of a request that will be refused: otherwise the connection could not go on.
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (organisation.ClockIsAheadBy is var ahead && ahead != TimeSpan.Zero)
            context.Response.Headers.Date =
                (TimeProvider.System.GetUtcNow() + ahead).ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        if (organisation.AnonymousGet is { } status && HttpMethods.IsGet(context.Request.Method)
            && Header(context, "Authorization") is null)
        {
            context.Response.StatusCode = status;
            if (status is >= 300 and < 400) context.Response.Headers.Location = "https://portal.contoso.example/welcome";
            return;
        }
        var logon = gate.Admit(context);
        if (logon.Account is null)
        {
            await Challenge(context, logon);
            return;
        }
        journal.Begin();
        try
        {
            await Serve(context, logon, body);
        }
        finally
        {
            journal.End();
        }
    }

    private async Task Serve(HttpContext context, Logon logon, MemoryStream body)
    {
        if (delays.Next() is var delay && delay > TimeSpan.Zero) await Task.Delay(delay, context.RequestAborted);
        if (organisation.BlockedUserAgent is { } blocked
            && Header(context, "User-Agent")?.StartsWith(blocked, StringComparison.OrdinalIgnoreCase) == true)
        {
            journal.Add(Record(context, logon) with { Account = logon.Account!.UserPrincipalName, HttpStatus = 403 });
            context.Response.StatusCode = 403;
            return;
        }
        if (HttpMethods.IsPost(context.Request.Method))
        {
            await Answer(
                context,
                endpoint.Handle(
                    body.GetBuffer().AsMemory(0, (int)body.Length), Headers(context, logon.Scheme), new Caller(logon.Account!)));
            return;
        }
        journal.Add(Record(context, logon) with
        {
            Operation = context.Request.Method,
            Account = logon.Account!.UserPrincipalName,
            HttpStatus = 200
        });
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<html><body>You have created a service.</body></html>", context.RequestAborted);
    }

    private async Task Challenge(HttpContext context, Logon logon)
    {
        if (logon.Drops)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = 401;
        if (logon.Closes) context.Response.Headers.Connection = "close";
        foreach (var challenge in logon.Challenges) context.Response.Headers.Append("WWW-Authenticate", challenge);
        journal.Add(Record(context, logon) with { HttpStatus = 401 });
        if (logon.IsLockedOut) await context.Response.WriteAsync("The referenced account is currently locked out", context.RequestAborted);
        else context.Response.ContentLength = 0;
    }

    private async Task Answer(HttpContext context, EwsReply reply)
    {
        if (reply.Hold is { } hold)
        {
            hold.Reach();
            await hold.Released.WaitAsync(context.RequestAborted);
        }
        if (reply.IsAborted)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        if (reply.RetryAfter is { } after) context.Response.Headers.RetryAfter = after;
        if (reply.Location is { } location) context.Response.Headers.Location = location;
        var asksForEcho = context.Request.Headers["return-client-request-id"] == "true";
        if (reply.RequestId is { } others) context.Response.Headers["client-request-id"] = others;
        else if (asksForEcho) context.Response.Headers["client-request-id"] = context.Request.Headers["client-request-id"];
        if (reply.CasErrorCode is { } code) context.Response.Headers["X-CasErrorCode"] = code;
        context.Response.Headers["request-id"] = context.TraceIdentifier;
        if (reply.SetCookie is { } cookie) context.Response.Headers.SetCookie = cookie;
        if (reply.Stream is { } stream)
        {
            await Stream(context, stream);
            return;
        }
        if (options.Compresses && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(reply.Body, context.RequestAborted);
            return;
        }
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }

    /// <summary>
    /// Chunk by chunk as they come, until the connection ends or the client has gone. A compressor holds everything back to the end.
    /// </summary>
    private async Task Stream(HttpContext context, StreamingConnection stream)
    {
        journal.End();
        try
        {
            var holdsBack = options.Compresses
                && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
            if (holdsBack) context.Response.Headers.ContentEncoding = "gzip";
            await using var body = holdsBack
                ? new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true)
                : context.Response.Body;
            await foreach (var chunk in stream.Chunks(context.RequestAborted))
            {
                await body.WriteAsync(chunk, context.RequestAborted);
                if (!holdsBack) await body.FlushAsync(context.RequestAborted);
            }
            if (stream.IsAborted) context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the client has gone, which is how most streams end
        }
        finally
        {
            stream.Dispose();
            journal.Resume();
        }
    }

    private static EwsHeaders Headers(HttpContext context, string? scheme) => new()
    {
        AnchorMailbox = Header(context, "X-AnchorMailbox"),
        ClientRequestId = Header(context, "client-request-id"),
        UserAgent = Header(context, "User-Agent"),
        HadContentLength = context.Request.ContentLength is not null,
        WasChunked = context.Request.Headers.TransferEncoding.ToString().Contains("chunked", StringComparison.OrdinalIgnoreCase),
        AuthorizationScheme = scheme,
        PreferServerAffinity = Header(context, "X-PreferServerAffinity"),
        Cookie = Header(context, "Cookie"),
    };

    private EwsRequestRecord Record(HttpContext context, Logon logon) => new()
    {
        At = options.TimeProvider.GetUtcNow(),
        AnchorMailbox = Header(context, "X-AnchorMailbox"),
        ClientRequestId = Header(context, "client-request-id"),
        UserAgent = Header(context, "User-Agent"),
        HadContentLength = context.Request.ContentLength is not null,
        WasChunked = context.Request.Headers.TransferEncoding.Count > 0,
        AuthorizationScheme = logon.Scheme,
    };

    private static string? Header(HttpContext context, string name) =>
        context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
