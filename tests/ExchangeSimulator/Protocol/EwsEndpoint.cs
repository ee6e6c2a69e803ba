using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Operations;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>Who makes a call, proved by whatever stands in front of the endpoint.</summary>
public sealed record Caller(Account Account);

/// <summary>What the HTTP side tells about a request beside its body.</summary>
public sealed record EwsHeaders
{
    public string? AnchorMailbox { get; init; }
    public string? ClientRequestId { get; init; }
    public string? UserAgent { get; init; }
    public bool HadContentLength { get; init; }
    public bool WasChunked { get; init; }
    public string? AuthorizationScheme { get; init; }
    public string? PreferServerAffinity { get; init; }
    public string? Cookie { get; init; }
}

/// <summary>The answer to a call; an aborted one must break the connection, a held one waits for its hold before it goes out.</summary>
public sealed record EwsReply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public bool IsAborted { get; init; }
    public Hold? Hold { get; init; }
    public string? RetryAfter { get; init; }
    public string? Location { get; init; }
    public string? SetCookie { get; init; }
    public string? CasErrorCode { get; init; }

    /// <summary>Of the request that it answers; null for the one that came.</summary>
    public string? RequestId { get; init; }

    /// <summary>Then its chunks are the body, until it ends.</summary>
    public Notifications.StreamingConnection? Stream { get; init; }
}

/// <summary>EWS itself, without HTTP and without authentication: a request body in, an answer out. Takes no time of its own.</summary>
public sealed class EwsEndpoint(
    ExchangeOrganisation organisation,
    RequestJournal journal,
    FaultScript faults,
    TimeProvider time,
    IReadOnlySet<ExchangeVersion>? supportedVersions = null)
{
    private const string Xml = "text/xml; charset=utf-8";

    private static readonly Dictionary<string, EwsOperation> Operations = new EwsOperation[]
    {
        new GetFolder(),
        new FindFolder(),
        new SyncFolderItems(),
        new GetItem(),
        new FindItem(),
        new CreateItem(),
        new UpdateItem(),
        new DeleteItem(),
        new MoveItem(copies: false),
        new MoveItem(copies: true),
        new CreateFolder(), new DeleteFolder(), new ConvertId(), new GetUserConfiguration(),
        new GetServerTimeZones(),
        new ResolveNames(),
        new GetPasswordExpirationDate(),
        new Subscribe(),
        new Unsubscribe(),
        new GetStreamingEvents(),
    }.ToDictionary(o => o.Name, StringComparer.Ordinal);

    private readonly ExchangeVersion _newest = supportedVersions?.Max() ?? ExchangeVersion.Exchange2016;

    public EwsReply Handle(ReadOnlyMemory<byte> requestBody, EwsHeaders headers, Caller caller)
    {
        var record = new EwsRequestRecord
        {
            At = time.GetUtcNow(),
            Account = caller.Account.UserPrincipalName,
            AnchorMailbox = headers.AnchorMailbox,
            ClientRequestId = headers.ClientRequestId,
            UserAgent = headers.UserAgent,
            HadContentLength = headers.HadContentLength,
            WasChunked = headers.WasChunked,
            AuthorizationScheme = headers.AuthorizationScheme,
            PreferServerAffinity = headers.PreferServerAffinity,
            Cookie = headers.Cookie,
        };
        if (organisation.IdsDependOnAccess) requestBody = AccessIds.Kept(requestBody);
        var reply = Answer(requestBody, headers, caller, ref record);
        if (organisation.IdsDependOnAccess && !record.Impersonated) reply = reply with { Body = AccessIds.OfDelegate(reply.Body) };
        journal.Add(record with { HttpStatus = reply.Status });
        return reply;
    }

    private EwsReply Answer(ReadOnlyMemory<byte> requestBody, EwsHeaders headers, Caller caller, ref EwsRequestRecord record)
    {
        try
        {
            var envelope = SoapRequest.Read(requestBody);
            record = record with
            {
                Operation = envelope.Operation,
                RequestServerVersion = envelope.VersionText,
                Impersonated = envelope.Impersonation is not null,
                Mailbox = envelope.TargetAddress
                    ?? envelope.FirstId(organisation.MailboxOfId)?.SmtpAddress
                    ?? (caller.Account.HasMailbox ? caller.Account.UserPrincipalName : null),
            };
            organisation.LetAssistantsWork();
            var fault = faults.Take(envelope.Operation, record.Mailbox);
            if (FaultBefore(fault, envelope, ref record) is { } early) return early;
            var version = envelope.CheckedVersion(supportedVersions);
            envelope.CheckSchema(version);
            if (!Operations.TryGetValue(envelope.Operation, out var operation))
                throw new SoapFaultException("ErrorInvalidRequest", $"The simulator does not know the operation {envelope.Operation}.");
            var call = new EwsCall(
                organisation,
                caller.Account,
                Impersonate(envelope, caller),
                version,
                envelope.ContextZone(),
                time.GetUtcNow())
            { Server = _newest, Headers = headers };
            if (fault is Fault.StaleChangeKey) TouchNamedItems(envelope, call);
            var codes = new List<string>();
            var body = SoapReply.Write(_newest, envelope.Operation, response =>
            {
                operation.Answer(envelope.Request, call, response);
                codes.AddRange(response.Codes);
            }, fault as Fault.StopsBatch, isItsOwnMessage: operation.IsItsOwnMessage);
            if (organisation.WritesControlsRaw) body = SoapReply.WithRawControls(body);
            record = record with { ResponseCodes = codes };
            if (call.Extras.Stream is { } stream) organisation.Notifications.Begin(stream, body);
            return fault switch
            {
                Fault.AbortAfterEffect => new EwsReply(200, Xml, body) { IsAborted = true },
                Fault.StrayAnswer => new EwsReply(200, Xml, body) { RequestId = Guid.NewGuid().ToString() },
                Fault.Withhold withheld => new EwsReply(200, Xml, body) { Hold = withheld.Hold },
                _ => new EwsReply(200, Xml, body) { SetCookie = call.Extras.SetCookie, Stream = call.Extras.Stream },
            };
        }
        catch (SoapFaultException fault)
        {
            record = record with { ResponseCodes = [fault.Code] };
            return new EwsReply(500, Xml, SoapReply.WriteFault(fault, organisation.PrettyPrintsFaults));
        }
    }

    private EwsReply? FaultBefore(Fault? fault, SoapRequest envelope, ref EwsRequestRecord record)
    {
        switch (fault)
        {
            case Fault.Soap soap:
                throw new SoapFaultException(soap.Code, soap.Message) { BackOffMilliseconds = soap.BackOffMilliseconds };
            case Fault.Http http:
                return new EwsReply(http.Status, "text/html; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(http.Html))
                {
                    RetryAfter = http.RetryAfter,
                    Location = http.Location,
                    CasErrorCode = http.CasErrorCode,
                };
            case Fault.AbortBeforeEffect:
                return new EwsReply(0, Xml, default) { IsAborted = true };
            case Fault.Response r:
                record = record with { ResponseCodes = [r.Code] };
                return new EwsReply(200, Xml, SoapReply.Write(_newest, envelope.Operation, response =>
                {
                    for (var i = 0; i < envelope.InputCount; i++)
                        response.Refuse(
                            r.Code,
                            r.Message,
                            r.BackOffMilliseconds,
                            Operations.GetValueOrDefault(envelope.Operation)?.WhenRefused,
                            r.InnerCode);
                }, isItsOwnMessage: Operations.GetValueOrDefault(envelope.Operation)?.IsItsOwnMessage ?? false));
            case Fault.InvalidSyncState:
                return FaultBefore(
                    new Fault.Response("ErrorInvalidSyncStateData", null, SyncState.Invalid().Message), envelope, ref record);
            default:
                return null;
        }
    }

    private Mailbox? Impersonate(SoapRequest envelope, Caller caller)
    {
        if (envelope.Impersonation is not { } identifier) return null;
        var (kind, value) = (identifier.Name.LocalName, identifier.Value.Trim());
        if (value.Length == 0)
            throw new SoapFaultException(
                "ErrorInvalidExchangeImpersonationHeaderData", "The ExchangeImpersonation header has no identifier.");
        if (kind == "SID") throw new SoapFaultException("ErrorImpersonationFailed", "The simulator has no directory of SIDs.");
        var isAddress = value.IndexOf('@', StringComparison.Ordinal) > 0;
        if (!isAddress)
            throw new SoapFaultException(
                kind == "PrincipalName" ? "ErrorInvalidUserPrincipalName" : "ErrorInvalidSmtpAddress", "The identifier is malformed.");
        if (!caller.Account.MayImpersonate) throw Denied();
        var mailbox = organisation.FindMailbox(value)
            ?? throw new SoapFaultException("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.");
        if (organisation.WantsPrimaryAddresses && !value.Equals(mailbox.SmtpAddress, StringComparison.OrdinalIgnoreCase))
            throw new SoapFaultException("ErrorNonPrimarySmtpAddress",
                "The primary SMTP address must be specified when referencing a mailbox.")
            { Primary = mailbox.SmtpAddress };
        return caller.Account.MayActAs(mailbox.SmtpAddress) ? mailbox : throw Denied();
    }

    private static SoapFaultException Denied() =>
        new("ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user.");

    private static void TouchNamedItems(SoapRequest envelope, EwsCall call)
    {
        foreach (var id in envelope.Request.Descendants().Where(e => e.Name.LocalName is "ItemId" or "ReferenceItemId").Attributes("Id")
            .Select(a => a.Value))
        {
            if (call.Organisation.MailboxOfId(id) is not { } mailbox) continue;
            lock (mailbox.Gate)
                if (mailbox.Entry(id) is { } entry) mailbox.Touch(mailbox.Item(entry.MasterId ?? entry.ItemId)!, mailbox.SmtpAddress);
        }
    }
}
