using System.Text;
using CleanSync.ExchangeSimulator.Authentication;

namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>The HTTP side of Autodiscover: which host is asked, logon, and the script of what goes wrong.</summary>
internal sealed class AutodiscoverFront(AutodiscoverDirectory directory, ExchangeOrganisation organisation, LogonGate gate)
{
    public async Task Serve(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = Answer(context, body.ToArray());
        var url = new Uri($"{context.Request.Scheme}://{context.Request.Host.Host}{context.Request.Path}");
        var authorization = context.Request.Headers.Authorization.ToString();
        directory.Add(new AutodiscoverRequest(context.Request.Method, url, authorization.Length == 0 ? null : authorization.Split(' ')[0],
            answer.Status, answer.MailAddress, answer.Version));
        if (answer.Drops)
        {
            context.Abort();
            return;
        }

        if (answer.Closes) context.Response.Headers.Connection = "close";
        context.Response.StatusCode = answer.Status;
        foreach (var challenge in answer.Challenges) context.Response.Headers.Append("WWW-Authenticate", challenge);
        if (answer.Location is { } location) context.Response.Headers.Location = location;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
    }

    private Reply Answer(HttpContext context, byte[] body)
    {
        if (directory.Find(context.Request.Host.Host) is not { } host) return Reply.Page(404);
        if (!context.Request.IsHttps && host.PlainHttpLeadsTo is { } target) return Reply.Page(302) with { Location = target };
        if (host.WebSite is { } status) return Reply.Page(status);
        if (!context.Request.IsHttps) return Reply.Page(403); // SSL is required

        var path = context.Request.Path.Value!.ToLowerInvariant();
        var isSoap = path == "/autodiscover/autodiscover.svc" && host.OffersSoap;
        var isPox = path == "/autodiscover/autodiscover.xml" && host.OffersPox;
        if (!isSoap && !isPox) return Reply.Page(404);
        if (host.Take(beforeLogon: true) is AutodiscoverAnswer.Http early)
            return Reply.Page(early.Status) with { Location = early.Location };
        if (!host.IsOpen && gate.Admit(context) is { Account: null } refused)
            return new Reply(
                401,
                refused.IsLockedOut
                    ? "The referenced account is currently locked out"
                    : "")
            { Challenges = refused.Challenges, Drops = refused.Drops, Closes = refused.Closes };

        var url = $"https://{context.Request.Host}{context.Request.Path}";
        return HttpMethods.IsPost(context.Request.Method) ? Asked(host, isSoap, body, context.Request.ContentType, url)
            : isPox ? PoxDiscovery.Error("600") : Reply.Page(200);
    }

    private Reply Asked(
        AutodiscoverHost host,
        bool isSoap,
        byte[] body,
        string? contentType,
        string url)
    {
        var question = isSoap ? SoapDiscovery.Read(body, contentType, url) : PoxDiscovery.Read(body, contentType);
        if (question.Refusal is { } refusal) return refusal;
        var reply = host.Take(beforeLogon: false) switch
        {
            AutodiscoverAnswer.Http http => Reply.Page(http.Status) with { Location = http.Location },
            AutodiscoverAnswer.Raw raw => new Reply(200, raw.Body) { ContentType = raw.ContentType },
            AutodiscoverAnswer.Fault fault => SoapDiscovery.Fault(fault.Code),
            { } scripted => isSoap ? SoapDiscovery.Answer(scripted, directory, question.Settings) : PoxDiscovery.Answer(scripted),
            null when organisation.FindMailbox(question.MailAddress!) is null => isSoap
                ? SoapDiscovery.Answer(new AutodiscoverAnswer.Error("InvalidUser"), directory, question.Settings)
                : PoxDiscovery.Error("500"),
            null => isSoap ? SoapDiscovery.Answer(null, directory, question.Settings) : PoxDiscovery.Settings(directory),
        };
        return reply with { MailAddress = question.MailAddress, Version = question.Version };
    }
}

/// <summary>An answer before it is sent.</summary>
internal sealed record Reply(int Status, string Body)
{
    public string ContentType { get; init; } = "text/xml; charset=utf-8";
    public string? Location { get; init; }
    public IReadOnlyList<string> Challenges { get; init; } = [];
    public bool Drops { get; init; }
    public bool Closes { get; init; }
    public string? MailAddress { get; init; }
    public string? Version { get; init; }

    public static Reply Page(int status) =>
        new(status, $"<!DOCTYPE html><html><body>{status}</body></html>") { ContentType = "text/html; charset=utf-8" };
}

/// <summary>A question as it was read, or the refusal of one that is not as it must be.</summary>
internal sealed record Question(string? MailAddress, string? Version, IReadOnlyList<string> Settings, Reply? Refusal)
{
    public static Question Refused(Reply refusal) => new(null, null, [], refusal);
}
