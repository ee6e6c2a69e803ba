using System.Text;
using System.Xml;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

/// <summary>Plain old XML (docs/exchange.md, "Autodiscover"): one request, and an answer in one of two namespaces.</summary>
internal sealed class PoxProtocol : AutodiscoverProtocol
{
    public const string Requests = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";
    public const string Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    public const string Answers = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

    public override string Name => "POX";

    public override string Ending => ".xml";

    public override byte[] Question(string mailAddress, Uri url, ExchangeVersion? version)
    {
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("Autodiscover", Requests);
            xml.WriteStartElement("Request", Requests);
            xml.WriteElementString("EMailAddress", Requests, mailAddress);
            xml.WriteElementString("AcceptableResponseSchema", Requests, Outlook);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return body.ToArray();
    }

    public override AutodiscoverReply Read(EwsXmlReader xml)
    {
        xml.MoveToRoot();
        if (!Is(xml, "Autodiscover")) throw xml.Malformed("the root is no Autodiscover");
        AutodiscoverReply? reply = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (!Is(xml, "Response")) continue;
            if (reply is not null) throw xml.Malformed("more than one Response");
            reply = Response(xml);
        }

        xml.MoveToEnd();
        return reply ?? throw xml.Malformed("no Response");
    }

    private static AutodiscoverReply Response(EwsXmlReader xml)
    {
        AutodiscoverReply? reply = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (reply is not null && (Is(xml, "Error") || Is(xml, "Account"))) throw xml.Malformed("more than one answer");
            if (Is(xml, "Error")) reply = Error(xml);
            else if (Is(xml, "Account")) reply = Account(xml);
        }

        return reply ?? throw xml.Malformed("a Response without Account and Error");
    }

    private static AutodiscoverReply Error(EwsXmlReader xml)
    {
        var code = "";
        for (var children = xml.Children(); children.Next();)
        {
            if (Is(xml, "ErrorCode")) code = xml.Text().Trim();
        }

        return Refused(code);
    }

    private static AutodiscoverReply Account(EwsXmlReader xml)
    {
        string? action = null, address = null, url = null, external = null, @internal = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (Is(xml, "Action")) action = xml.Text().Trim();
            else if (Is(xml, "RedirectAddr")) address = xml.Text().Trim();
            else if (Is(xml, "RedirectUrl")) url = xml.Text().Trim();
            else if (Is(xml, "Protocol")) ReadProtocol(xml, ref external, ref @internal);
        }

        return action?.ToUpperInvariant() switch
        {
            "REDIRECTADDR" => new AutodiscoverReply.RedirectAddress(address ?? throw xml.Malformed("redirectAddr without an address")),
            "REDIRECTURL" => new AutodiscoverReply.RedirectUrl(url ?? throw xml.Malformed("redirectUrl without a URL")),
            "SETTINGS" => new AutodiscoverReply.Settings(external, @internal, []),
            _ => throw xml.Malformed("an unknown Action"),
        };
    }

    /// <summary>EXCH is the way inside, EXPR the way outside; an older server names the address as ASUrl only.</summary>
    private static void ReadProtocol(EwsXmlReader xml, ref string? external, ref string? @internal)
    {
        string? type = null, ews = null, availability = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (Is(xml, "Type")) type = xml.Text().Trim();
            else if (Is(xml, "EwsUrl")) ews = Url(xml.Text());
            else if (Is(xml, "ASUrl")) availability = Url(xml.Text());
        }

        if (type is "EXCH") @internal ??= ews ?? availability;
        if (type is "EXPR") external ??= ews ?? availability;
    }

    private static string? Url(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static bool Is(EwsXmlReader xml, string name) => xml.LocalName == name && xml.Namespace is (Answers or Outlook);
}
