using System.Xml;
using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>GetUserSettings: reads a question strictly, and writes answers with errors at each of their three levels.</summary>
internal static class SoapDiscovery
{
    private const string Operation = "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings";
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace A = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
    private static readonly XNamespace Addressing = "http://www.w3.org/2005/08/addressing";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string[] Versions = ["Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2", "Exchange2012", "Exchange2013"];
    private static readonly string[] Known =
        ["InternalEwsUrl", "ExternalEwsUrl", "EwsSupportedSchemas", "GroupingInformation", "CasVersion", "UserDisplayName"];

    public static Question Read(byte[] body, string? contentType, string url)
    {
        if (contentType?.StartsWith("text/xml", StringComparison.OrdinalIgnoreCase) != true) return Question.Refused(Reply.Page(415));
        try
        {
            return Read(PoxDiscovery.Parse(body), url);
        }
        catch (XmlException)
        {
            return Question.Refused(Fault("InvalidRequest"));
        }
    }

    public static Reply Fault(string code) => new(500, $"""
        <s:Envelope xmlns:s="{Soap}"><s:Body><s:Fault><faultcode xmlns:a="{A}">a:{code}</faultcode><faultstring>The request is refused.</faultstring></s:Fault></s:Body></s:Envelope>
        """);

    public static Reply Answer(AutodiscoverAnswer? answer, AutodiscoverDirectory directory, IReadOnlyList<string> asked)
    {
        (string, string, string?, string?) outcome = answer switch
        {
            AutodiscoverAnswer.ToAddress to => ("NoError", "RedirectAddress", to.Address, null),
            AutodiscoverAnswer.ToUrl to => ("NoError", "RedirectUrl", to.Url, null),
            AutodiscoverAnswer.Error { Level: ErrorLevel.Response } error => (error.Code, "NoError", null, null),
            AutodiscoverAnswer.Error { Level: ErrorLevel.Setting } error => ("NoError", "NoError", null, error.Code),
            AutodiscoverAnswer.Error error => ("NoError", error.Code, null, null),
            null => ("NoError", "NoError", null, null),
            _ => throw new ArgumentException($"SOAP has no {answer}."),
        };
        var (response, user, target, refusedSetting) = outcome;
        var gives = user == "NoError" && response == "NoError";
        var values = asked.Select(s => (Name: s, Value: gives && refusedSetting is null ? Value(s, directory) : null)).ToList();
        return Envelope(new XElement(A + "Response",
            new XElement(A + "ErrorCode", response),
            new XElement(A + "ErrorMessage", response == "NoError" ? "" : "The server's words, which the client does not repeat."),
            new XElement(A + "UserResponses", response != "NoError" ? null : new XElement(
                A + "UserResponse",
                new XElement(A + "ErrorCode", user),
                new XElement(A + "ErrorMessage", "No error."),
                new XElement(A + "RedirectTarget", target is null ? new XAttribute(Instance + "nil", "true") : target),
                new XElement(A + "UserSettingErrors", !gives ? null : values.Where(v => v.Value is null).Select(v => new XElement(
                    A + "UserSettingError",
                    new XElement(A + "ErrorCode", refusedSetting ?? "SettingIsNotAvailable"),
                    new XElement(A + "ErrorMessage", "The setting is not available."),
                    new XElement(A + "SettingName", v.Name)))),
                new XElement(A + "UserSettings", values.Where(v => v.Value is not null).Select(v => new XElement(
                    A + "UserSetting",
                    new XAttribute(Instance + "type", "StringSetting"),
                    new XElement(A + "Name", v.Name),
                    new XElement(A + "Value", v.Value))))))));
    }

    private static Question Read(XElement envelope, string url)
    {
        var parts = envelope.Elements().ToList();
        if (envelope.Name != Soap + "Envelope"
            || parts is not [var header, var soapBody]
            || header.Name != Soap + "Header"
            || soapBody.Name != Soap + "Body") return Question.Refused(Fault("InvalidRequest"));
        var version = header.Element(A + "RequestedServerVersion")?.Value;
        if (header.Element(Addressing + "Action")?.Value != Operation || header.Element(Addressing + "To")?.Value != url || version is null)
            return Question.Refused(Fault("InvalidRequest"));
        if (!Versions.Contains(version)) return Question.Refused(Fault("InvalidServerVersion"));
        if (Path(soapBody, "GetUserSettingsRequestMessage", "Request") is not { } request
            || request.Elements().Select(e => e.Name).ToList() is not [var first, var second]
            || first != A + "Users"
            || second != A + "RequestedSettings"
            || Path(request.Element(first)!, "User", "Mailbox") is not { HasElements: false, Value.Length: > 0 } mailbox)
        {
            return Question.Refused(Fault("InvalidRequest"));
        }

        var settings = request.Element(second)!.Elements().ToList();
        if (settings.Count == 0 || settings.Any(s => s.Name != A + "Setting" || !Known.Contains(s.Value)))
            return Question.Refused(Fault("InvalidRequest"));
        return new Question(mailbox.Value, version, [.. settings.Select(s => s.Value)], null);
    }

    /// <summary>Down the only children of these names.</summary>
    private static XElement? Path(XElement from, params string[] names)
    {
        foreach (var name in names)
        {
            if (from.Elements().ToList() is not [var only] || only.Name != A + name) return null;
            from = only;
        }

        return from;
    }

    private static string? Value(string setting, AutodiscoverDirectory directory) => setting switch
    {
        "InternalEwsUrl" => directory.InternalUrl,
        "ExternalEwsUrl" => directory.ExternalUrl,
        "EwsSupportedSchemas" =>
            "Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2016",
        _ => null,
    };

    private static Reply Envelope(XElement response) => new(200, $"""
        <?xml version="1.0" encoding="utf-8"?>
        <s:Envelope xmlns:s="{Soap}" xmlns:a="{Addressing}"><s:Header><a:Action s:mustUnderstand="1">{Operation}Response</a:Action>
        <h:ServerVersionInfo xmlns:h="{A}"><h:MajorVersion>15</h:MajorVersion><h:MinorVersion>2</h:MinorVersion><h:MajorBuildNumber>1544</h:MajorBuildNumber><h:MinorBuildNumber>4</h:MinorBuildNumber><h:Version>Exchange2016</h:Version></h:ServerVersionInfo>
        </s:Header><s:Body>{new XElement(A + "GetUserSettingsResponseMessage", response)}</s:Body></s:Envelope>
        """);
}
