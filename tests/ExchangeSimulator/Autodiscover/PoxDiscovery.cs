using System.Xml;
using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>Autodiscover in plain old XML: reads a question strictly, and writes the forms of answer that servers give.</summary>
internal static class PoxDiscovery
{
    private static readonly XNamespace Requests = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
    private static readonly XNamespace Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    private static readonly XNamespace Answers = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

    public static Question Read(byte[] body, string? contentType)
    {
        if (contentType?.StartsWith("text/xml", StringComparison.OrdinalIgnoreCase) != true) return Question.Refused(Reply.Page(415));
        XElement root;
        try
        {
            root = Parse(body);
        }
        catch (XmlException)
        {
            return Question.Refused(Error("600"));
        }

        if (root.Name != Requests + "Autodiscover" || root.Elements().ToList() is not [var request] || request.Name != Requests + "Request")
            return Question.Refused(Error("600"));
        var parts = request.Elements().ToList();
        if (parts.Any(p => p.HasElements) || parts.Select(p => p.Name).Distinct().Count() != parts.Count
            || parts.Any(p => p.Name != Requests + "EMailAddress" && p.Name != Requests + "LegacyDN"
                && p.Name != Requests + "AcceptableResponseSchema"))
        {
            return Question.Refused(Error("600"));
        }

        if (request.Element(Requests + "EMailAddress")?.Value is not { Length: > 0 } address
            || request.Element(Requests + "AcceptableResponseSchema")?.Value is not { } schema) return Question.Refused(Error("600"));
        return schema == Outlook.NamespaceName ? new Question(address, null, [], null) : Question.Refused(Error("601"));
    }

    public static Reply Answer(AutodiscoverAnswer answer) => answer switch
    {
        AutodiscoverAnswer.ToAddress to => Account("redirectAddr", new XElement(Outlook + "RedirectAddr", to.Address)),
        AutodiscoverAnswer.ToUrl to => Account("redirectUrl", new XElement(Outlook + "RedirectUrl", to.Url)),
        AutodiscoverAnswer.Error error => Error(error.Code),
        _ => throw new ArgumentException($"POX has no {answer}."),
    };

    public static Reply Settings(AutodiscoverDirectory directory) => Account(
        "settings",
        Protocol("EXCH", directory.InternalUrl, directory.NamesAvailabilityOnly),
        Protocol("EXPR", directory.ExternalUrl, directory.NamesAvailabilityOnly),
        new XElement(Outlook + "Protocol", new XElement(Outlook + "Type", "WEB"),
            new XElement(Outlook + "External", new XElement(Outlook + "OWAUrl", "https://mail.contoso.example/owa/"),
            new XElement(
                Outlook + "Protocol",
                new XElement(Outlook + "Type", "EXPR"),
                new XElement(Outlook + "ASUrl", "https://wrong.contoso.example/EWS/Exchange.asmx")))));

    public static Reply Error(string code) => Document(new XElement(Answers + "Response", new XElement(
        Answers + "Error", new XAttribute("Time", "10:16:05.1234567"), new XAttribute("Id", "2477272013"),
        new XElement(Answers + "ErrorCode", code),
        new XElement(Answers + "Message", "The server's words, which the client does not repeat."),
        new XElement(Answers + "DebugData"))));

    private static XElement? Protocol(string type, string? url, bool availabilityOnly) => url is null ? null : new XElement(
        Outlook + "Protocol", new XElement(Outlook + "Type", type), new XElement(Outlook + "Server", "mail.contoso.example"),
        new XElement(Outlook + "ASUrl", availabilityOnly ? url : "https://availability.contoso.example/EWS/Exchange.asmx"),
        availabilityOnly ? null : new XElement(Outlook + "EwsUrl", url));

    private static Reply Account(string action, params XElement?[] parts) => Document(new XElement(
        Outlook + "Response", new XElement(Outlook + "User", new XElement(Outlook + "DisplayName", "Somebody")),
        new XElement(
            Outlook + "Account", new XElement(Outlook + "AccountType", "email"), new XElement(Outlook + "Action", action), parts)));

    private static Reply Document(XElement response) =>
        new(200, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement(Answers + "Autodiscover", response)}");

    internal static XElement Parse(byte[] body)
    {
        using var reader = XmlReader.Create(
            new MemoryStream(body, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader).Root!;
    }
}
