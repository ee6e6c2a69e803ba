using System.Xml;
using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>The whole request is refused with a SOAP fault.</summary>
internal sealed class SoapFaultException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
    public int? BackOffMilliseconds { get; init; }

    /// <summary>The primary address of the mailbox that was meant.</summary>
    public string? Primary { get; init; }
    public (int Line, int Position, string Violation)? Violation { get; init; }

    public static SoapFaultException Schema(XObject at, string violation)
    {
        IXmlLineInfo line = at;
        return Schema(line.LineNumber, line.LinePosition, violation);
    }

    public static SoapFaultException Schema(int line, int position, string violation) =>
        new("ErrorSchemaValidation", "The request failed schema validation: " + violation) { Violation = (line, position, violation) };
}
