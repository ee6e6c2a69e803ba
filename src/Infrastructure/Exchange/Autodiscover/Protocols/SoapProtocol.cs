using System.Text;
using System.Xml;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

/// <summary>
/// GetUserSettings (docs/exchange.md, "Autodiscover"). Errors stand at three levels: of the response, of the user, of one setting.
/// </summary>
internal sealed class SoapProtocol : AutodiscoverProtocol
{
    public const string Autodiscover = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    public const string Addressing = "http://www.w3.org/2005/08/addressing";
    public const string Action = "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings";

    private const string ExternalUrl = "ExternalEwsUrl", InternalUrl = "InternalEwsUrl", Schemas = "EwsSupportedSchemas";

    public override string Name => "SOAP";

    public override string Ending => ".svc";

    public override byte[] Question(string mailAddress, Uri url, ExchangeVersion? version)
    {
        using var body = new MemoryStream();
        using (var xml = XmlWriter.Create(body, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("soap", "Envelope", Ews.Soap);
            xml.WriteAttributeString("xmlns", "a", null, Autodiscover);
            xml.WriteAttributeString("xmlns", "wsa", null, Addressing);
            xml.WriteStartElement("Header", Ews.Soap);
            xml.WriteElementString("RequestedServerVersion", Autodiscover, Version(version));
            xml.WriteElementString("Action", Addressing, Action);
            xml.WriteElementString("To", Addressing, url.AbsoluteUri);
            xml.WriteEndElement();
            xml.WriteStartElement("Body", Ews.Soap);
            xml.WriteStartElement("GetUserSettingsRequestMessage", Autodiscover);
            xml.WriteStartElement("Request", Autodiscover);
            xml.WriteStartElement("Users", Autodiscover);
            xml.WriteStartElement("User", Autodiscover);
            xml.WriteElementString("Mailbox", Autodiscover, mailAddress);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteStartElement("RequestedSettings", Autodiscover);
            foreach (var setting in (string[])[InternalUrl, ExternalUrl, Schemas]) xml.WriteElementString("Setting", Autodiscover, setting);
            for (var open = 0; open < 5; open++) xml.WriteEndElement();
        }

        return body.ToArray();
    }

    public override AutodiscoverReply Read(EwsXmlReader xml)
    {
        xml.MoveToRoot();
        if (!xml.IsSoap("Envelope")) throw xml.Malformed("the root is no SOAP envelope");
        AutodiscoverReply? reply = null;
        for (var parts = xml.Children(); parts.Next();)
        {
            if (!xml.IsSoap("Body")) continue;
            if (reply is not null) throw xml.Malformed("more than one Body");
            reply = Body(xml);
        }

        xml.MoveToEnd();
        return reply ?? throw xml.Malformed("the SOAP envelope has no body");
    }

    private static AutodiscoverReply Body(EwsXmlReader xml)
    {
        AutodiscoverReply? reply = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (reply is not null) throw xml.Malformed("the SOAP body holds more than one answer");
            if (xml.IsSoap("Fault")) reply = Refused(SoapFault.Read(xml).ResponseCode);
            else if (Is(xml, "GetUserSettingsResponseMessage"))
                reply = Only(xml, "Response", Response) ?? throw xml.Malformed("no Response");
            else throw xml.Malformed("the SOAP body holds no GetUserSettingsResponseMessage");
        }

        return reply ?? throw xml.Malformed("the SOAP body is empty");
    }

    private static AutodiscoverReply Response(EwsXmlReader xml)
    {
        AutodiscoverReply? user = null;
        var code = "";
        for (var children = xml.Children(); children.Next();)
        {
            if (Is(xml, "ErrorCode")) code = xml.Text().Trim();
            else if (Is(xml, "UserResponses")) user = Only(xml, "UserResponse", UserResponse);
        }

        return code is "NoError" ? user ?? throw xml.Malformed("no UserResponse") : Refused(code);
    }

    private static AutodiscoverReply UserResponse(EwsXmlReader xml)
    {
        string code = "", target = "", refused = "";
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        for (var children = xml.Children(); children.Next();)
        {
            if (Is(xml, "ErrorCode")) code = xml.Text().Trim();
            else if (Is(xml, "RedirectTarget")) target = xml.Text().Trim();
            else if (Is(xml, "UserSettingErrors")) refused = SettingErrors(xml);
            else if (Is(xml, "UserSettings")) ReadSettings(xml, settings);
        }

        string? Value(string name) => settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        return code switch
        {
            "RedirectAddress" when target.Length > 0 => new AutodiscoverReply.RedirectAddress(target),
            "RedirectUrl" when target.Length > 0 => new AutodiscoverReply.RedirectUrl(target),
            "NoError" when Value(ExternalUrl) is null && Value(InternalUrl) is null && refused.Length > 0 => Refused(refused),
            "NoError" =>
                new AutodiscoverReply.Settings(
                    Value(ExternalUrl),
                    Value(InternalUrl),
                    [.. (Value(Schemas) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Where(IsVersion).Take(20)]),
            _ => Refused(code),
        };
    }

    private static void ReadSettings(EwsXmlReader xml, Dictionary<string, string> settings)
    {
        for (var children = xml.Children(); children.Next();)
        {
            if (!Is(xml, "UserSetting")) continue;
            string name = "", value = "";
            for (var parts = xml.Children(); parts.Next();)
            {
                if (Is(xml, "Name")) name = xml.Text().Trim();
                else if (Is(xml, "Value")) value = xml.Text().Trim();
            }

            if (name is ExternalUrl or InternalUrl or Schemas) settings.TryAdd(name, value);
        }
    }

    /// <summary>The code of the first setting of ours that the server did not give; without an address it is the whole answer.</summary>
    private static string SettingErrors(EwsXmlReader xml)
    {
        var first = "";
        for (var children = xml.Children(); children.Next();)
        {
            if (!Is(xml, "UserSettingError")) continue;
            string code = "", name = "";
            for (var parts = xml.Children(); parts.Next();)
            {
                if (Is(xml, "ErrorCode")) code = xml.Text().Trim();
                else if (Is(xml, "SettingName")) name = xml.Text().Trim();
            }

            if (first.Length == 0 && name is (ExternalUrl or InternalUrl)) first = code;
        }

        return first;
    }

    /// <summary>One user was asked for: a second answer would belong to somebody else.</summary>
    private static AutodiscoverReply? Only(EwsXmlReader xml, string name, Func<EwsXmlReader, AutodiscoverReply> read)
    {
        AutodiscoverReply? reply = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (!Is(xml, name)) continue;
            if (reply is not null) throw xml.Malformed($"more than one {name}");
            reply = read(xml);
        }

        return reply;
    }

    /// <summary>Autodiscover knows no service packs of 2013, and no later name: a newer server takes the older word.</summary>
    /// <summary>The oldest that has it when the version is not known: every newer server takes that too.</summary>
    private static string Version(ExchangeVersion? version) => version switch
    {
        null or ExchangeVersion.Exchange2010 => "Exchange2010",
        ExchangeVersion.Exchange2010SP1 => "Exchange2010_SP1",
        ExchangeVersion.Exchange2010SP2 => "Exchange2010_SP2",
        _ => "Exchange2013",
    };

    private static bool IsVersion(string text) => text.Length <= 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_');

    private static bool Is(EwsXmlReader xml, string name) => xml.LocalName == name && xml.Namespace == Autodiscover;
}
