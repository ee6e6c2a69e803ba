using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using CleanSync.ExchangeSimulator.Faults;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>Envelopes of answers and faults.</summary>
internal static partial class SoapReply
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private const string T = "http://schemas.microsoft.com/exchange/services/2006/types";
    private const string E = "http://schemas.microsoft.com/exchange/services/2006/errors";

    // Exchange itself sends characters that XML forbids, as references; so must the simulator.
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static ReadOnlyMemory<byte> Write(
        ExchangeVersion server,
        string operation,
        Action<ResponseWriter> messages,
        Fault.StopsBatch? stop = null,
        bool isItsOwnMessage = false)
    {
        var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("s", "Envelope", Soap);
            xml.WriteStartElement("s", "Header", Soap);
            WriteServerVersion(xml, server);
            xml.WriteEndElement();
            xml.WriteStartElement("s", "Body", Soap);
            xml.WriteStartElement("m", operation + "Response", M);
            xml.WriteAttributeString("xmlns", "t", null, T);
            if (!isItsOwnMessage) xml.WriteStartElement("m", "ResponseMessages", M);
            messages(new ResponseWriter(xml, operation, stop, isItsOwnMessage));
        }
        return new ReadOnlyMemory<byte>(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The same answer with the bare characters in place of their references, which XML forbids as well.</summary>
    public static ReadOnlyMemory<byte> WithRawControls(ReadOnlyMemory<byte> body) =>
        Encoding.UTF8.GetBytes(Control()
            .Replace(
                Encoding.UTF8.GetString(body.Span),
                reference =>
                    ((char)int.Parse(reference.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));

    [GeneratedRegex("&#x(1[0-9A-F]|[0-8BCEF]);")]
    private static partial Regex Control();

    /// <param name="fault">What to tell.</param>
    /// <param name="pretty">With white space around its codes.</param>
    public static ReadOnlyMemory<byte> WriteFault(SoapFaultException fault, bool pretty = false)
    {
        var around = pretty ? "\n    " : "";
        var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("s", "Envelope", Soap);
            xml.WriteStartElement("s", "Body", Soap);
            xml.WriteStartElement("s", "Fault", Soap);
            xml.WriteStartElement("faultcode");
            xml.WriteAttributeString("xmlns", "a", null, T);
            xml.WriteString($"{around}a:{fault.Code}{around}");
            xml.WriteEndElement();
            xml.WriteStartElement("faultstring");
            xml.WriteAttributeString("xml", "lang", null, "en-US");
            xml.WriteString(fault.Message);
            xml.WriteEndElement();
            xml.WriteStartElement("detail");
            xml.WriteElementString("e", "ResponseCode", E, around + fault.Code + around);
            xml.WriteElementString("e", "Message", E, fault.Message);
            if (fault.Violation is var (line, position, violation))
            {
                xml.WriteElementString("e", "LineNumber", E, line.Wire());
                xml.WriteElementString("e", "LinePosition", E, position.Wire());
                xml.WriteElementString("e", "Violation", E, violation);
            }
            if ((fault.BackOffMilliseconds?.ToString(CultureInfo.InvariantCulture) ?? fault.Primary) is { } detail)
            {
                xml.WriteStartElement("t", "MessageXml", T);
                xml.WriteStartElement("t", "Value", T);
                xml.WriteAttributeString("Name", fault.Primary is null ? "BackOffMilliseconds" : "Primary");
                xml.WriteString(detail);
            }
        }
        return new ReadOnlyMemory<byte>(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteServerVersion(XmlWriter xml, ExchangeVersion server)
    {
        var (major, minor, build, label) = server switch
        {
            >= ExchangeVersion.Exchange2016 => (15, 2, 1544, "V2017_07_11"),
            >= ExchangeVersion.Exchange2013_SP1 => (15, 0, 1497, "V2_23"),
            >= ExchangeVersion.Exchange2013 => (15, 0, 775, "Exchange2013"), // SP1 begins with build 847
            >= ExchangeVersion.Exchange2010_SP2 => (14, 3, 513, "Exchange2010_SP2"),
            >= ExchangeVersion.Exchange2010_SP1 => (14, 1, 438, "Exchange2010_SP1"),
            >= ExchangeVersion.Exchange2010 => (14, 0, 726, "Exchange2010"),
            _ => (8, 3, 485, "Exchange2007_SP1"),
        };
        xml.WriteStartElement("h", "ServerVersionInfo", T);
        xml.WriteAttributeString("MajorVersion", major.Wire());
        xml.WriteAttributeString("MinorVersion", minor.Wire());
        xml.WriteAttributeString("MajorBuildNumber", build.Wire());
        xml.WriteAttributeString("MinorBuildNumber", "4");
        xml.WriteAttributeString("Version", label);
        xml.WriteEndElement();
    }
}
