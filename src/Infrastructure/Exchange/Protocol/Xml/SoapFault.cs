namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// Reads a SOAP fault. The code stands in <c>detail/e:ResponseCode</c>, in <c>faultcode</c> as <c>a:ErrorX</c>, or in both; either may be
/// missing.
/// </summary>
internal static class SoapFault
{
    public static EwsFaultException Read(EwsXmlReader xml)
    {
        string? code = null, faultCode = null, message = null;
        Dictionary<string, string>? details = null;
        for (var children = xml.Children(); children.Next();)
        {
            switch (xml.LocalName)
            {
                case "faultcode":
                    faultCode = WithoutPrefix(xml.Text());
                    break;
                case "faultstring":
                    message = xml.Text();
                    break;
                case "detail":
                    ReadDetail(xml, ref code, ref details);
                    break;
            }
        }
        return new EwsFaultException(EwsError.From(string.IsNullOrWhiteSpace(code) ? faultCode : code, message, details));
    }

    private static void ReadDetail(EwsXmlReader xml, ref string? code, ref Dictionary<string, string>? details)
    {
        for (var children = xml.Children(); children.Next();)
        {
            switch (xml.Name)
            {
                case "ResponseCode":
                    code = xml.Text();
                    break;
                case "MessageXml":
                    EwsError.ReadMessageXml(xml, ref details);
                    break;
                case "LineNumber" or "LinePosition" or "Violation":
                    var name = xml.LocalName;
                    (details ??= new(StringComparer.Ordinal))[name] = xml.Text();
                    break;
            }
        }
    }

    private static string WithoutPrefix(string qualified) => qualified[(qualified.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
}
