using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Schema;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>The envelope of a request, taken apart.</summary>
internal sealed class SoapRequest
{
    private readonly List<XElement> _headers;

    private SoapRequest(XElement request, List<XElement> headers) => (Request, _headers) = (request, headers);

    public XElement Request { get; }

    public string Operation => Request.Name.LocalName;

    public string? VersionText => Header("RequestServerVersion")?.Attribute("Version")?.Value;

    public XElement? Impersonation => Header("ExchangeImpersonation")?.Element(Ns.T + "ConnectingSID")?.Elements().FirstOrDefault();

    /// <summary>The address that the request names: impersonated, or in a Mailbox element.</summary>
    public string? TargetAddress =>
        Impersonation?.Value.Trim() ?? Request.Descendants(Ns.T + "Mailbox").Elements(Ns.T + "EmailAddress").FirstOrDefault()?.Value;

    /// <summary>How many response messages an answer has.</summary>
    public int InputCount => Operation switch
    {
        "GetFolder" or "DeleteFolder" => Count("FolderIds"),
        "FindItem" or "FindFolder" => Count("ParentFolderIds"),
        "GetItem" or "DeleteItem" or "MoveItem" or "CopyItem" => Count("ItemIds"),
        "CreateFolder" => Count("Folders"),
        "ConvertId" => Count("SourceIds"),
        "CreateItem" => Count("Items"),
        "UpdateItem" => Count("ItemChanges"),
        _ => 1,
    };

    public static SoapRequest Read(ReadOnlyMemory<byte> body)
    {
        var document = Parse(body);
        var envelope = document.Root!;
        if (envelope.Name != Ns.Soap + "Envelope")
            throw SoapFaultException.Schema(envelope, "The root element is not a SOAP 1.1 envelope.");
        var parts = envelope.Elements().ToList();
        var bodies = parts.Where(p => p.Name == Ns.Soap + "Body").ToList();
        if (bodies.Count != 1 || parts[^1] != bodies[0] || parts.Count > 2 || (parts.Count == 2 && parts[0].Name != Ns.Soap + "Header"))
            throw SoapFaultException.Schema(envelope, "The envelope must have an optional Header and one Body.");
        if (bodies[0].Elements().ToList() is not [var request] || request.Name.Namespace != Ns.M)
            throw SoapFaultException.Schema(bodies[0], "The Body must have one child of the messages namespace.");
        var headers = envelope.Element(Ns.Soap + "Header")?.Elements().Where(h => h.Name.Namespace == Ns.T).ToList() ?? [];
        return new SoapRequest(request, headers);
    }

    /// <summary>The first mailbox that an id in the request belongs to.</summary>
    public Mailbox? FirstId(Func<string, Mailbox?> mailboxOfId) => Request.DescendantsAndSelf().Attributes()
        .Where(a => a.Name.LocalName is "Id" or "RecurringMasterId" or "OccurrenceId")
        .Select(a => mailboxOfId(a.Value))
        .FirstOrDefault(m => m is not null);

    public ExchangeVersion CheckedVersion(IReadOnlySet<ExchangeVersion>? supported)
    {
        if (Header("RequestServerVersion") is null) return ExchangeVersion.Exchange2007;
        // Enum.TryParse would take numbers too.
        if (VersionText is { } text
            && Enum.GetNames<ExchangeVersion>().Contains(text)
            && Enum.Parse<ExchangeVersion>(text) is var version
            && supported?.Contains(version) != false)
            return version;
        throw new SoapFaultException("ErrorInvalidServerVersion", "The specified server version is invalid.");
    }

    public void CheckSchema(ExchangeVersion version)
    {
        foreach (var group in _headers.GroupBy(h => h.Name).Where(g => g.Count() > 1))
            throw new SoapFaultException("ErrorDuplicateSOAPHeader", $"The header {group.Key.LocalName} appears more than once.");
        foreach (var header in _headers)
        {
            var since = header.Name.LocalName switch
            {
                "RequestServerVersion" or "ExchangeImpersonation" or "MailboxCulture" => ExchangeVersion.Exchange2007,
                "TimeZoneContext" => ExchangeVersion.Exchange2010,
                "DateTimePrecision" => ExchangeVersion.Exchange2010_SP2,
                _ => throw SoapFaultException.Schema(header, $"The header '{header.Name.LocalName}' is not known."),
            };
            if (since > version)
                throw SoapFaultException.Schema(header, $"The header '{header.Name.LocalName}' is not known in this version.");
            RequestSchema.Check(header, version);
        }
        if (RequestSchema.Knows(Operation)) RequestSchema.Check(Request, version);
    }

    public CalendarZone? ContextZone()
    {
        var definition = Header("TimeZoneContext")?.Element(Ns.T + "TimeZoneDefinition");
        if (definition is null) return null;
        return (definition.Attribute("Id")?.Value is { } id ? CalendarZone.Find(id) : null)
            ?? throw new SoapFaultException("ErrorTimeZone", "The time zone context is not valid.");
    }

    private XElement? Header(string name) => _headers.FirstOrDefault(h => h.Name == Ns.T + name);

    private int Count(string list) => Math.Max(1, Request.Element(Ns.M + list)?.Elements().Count() ?? 1);

    private static XDocument Parse(ReadOnlyMemory<byte> body)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException bad)
        {
            throw SoapFaultException.Schema(bad.LineNumber, bad.LinePosition, "The request is not well-formed XML.");
        }
    }
}
