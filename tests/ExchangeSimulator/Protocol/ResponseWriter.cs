using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>Writes the response messages of one operation and keeps their codes for the journal.</summary>
/// <param name="isOpen">The element of the one message is open already, and stays so.</param>
internal sealed class ResponseWriter(XmlWriter xml, string operation, Fault.StopsBatch? stop = null, bool isOpen = false)
{
    private const string M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private const string T = "http://schemas.microsoft.com/exchange/services/2006/types";

    public List<string> Codes { get; } = [];

    /// <summary>
    /// Answers one input: the work is done first and gives what writes the payload; a refusal becomes an error message,
    /// with <paramref name="whenRefused"/> as its payload.
    /// </summary>
    public void Message(Func<Action<XmlWriter>> work, Action<XmlWriter>? whenRefused = null)
    {
        if (stop is not null && Codes.Count >= stop.Done)
        {
            if (Codes.Count == stop.Done) Refuse(stop.Code, "The request was refused by a fault script.", null, whenRefused);
            else Refuse(
                "ErrorBatchProcessingStopped",
                "Processing stopped because of an earlier failure.",
                null,
                whenRefused,
                responseClass: "Warning");
            return;
        }
        Action<XmlWriter> payload;
        try
        {
            payload = work();
        }
        catch (EwsRefusedException refusal)
        {
            Refuse(refusal.Code, refusal.Message, null, whenRefused, primary: refusal.Primary);
            return;
        }
        Begin("Success");
        xml.WriteElementString("m", "ResponseCode", M, "NoError");
        payload(xml);
        End();
        Codes.Add("NoError");
    }

    public void Refuse(
        string code,
        string message,
        int? backOff = null,
        Action<XmlWriter>? payload = null,
        string? innerCode = null,
        string responseClass = "Error",
        string? primary = null)
    {
        Begin(responseClass);
        xml.WriteElementString("m", "MessageText", M, message);
        xml.WriteElementString("m", "ResponseCode", M, code);
        xml.WriteElementString("m", "DescriptiveLinkKey", M, "0");
        WriteDetails([("InnerErrorResponseCode", innerCode), ("BackOffMilliseconds", backOff?.ToString(CultureInfo.InvariantCulture)),
            ("Primary", primary)]);
        payload?.Invoke(xml);
        End();
        Codes.Add(code);
    }

    /// <summary>One message for each input, in order.</summary>
    public void Each(IEnumerable<XElement> inputs, Func<XElement, Action<XmlWriter>> work, Action<XmlWriter>? whenRefused = null)
    {
        foreach (var input in inputs) Message(() => work(input), whenRefused);
    }

    private void WriteDetails(IEnumerable<(string Name, string? Value)> details)
    {
        var told = details.Where(d => d.Value is not null).ToList();
        if (told.Count == 0) return;
        xml.WriteStartElement("m", "MessageXml", M);
        foreach (var (name, value) in told)
        {
            xml.WriteStartElement("t", "Value", T);
            xml.WriteAttributeString("Name", name);
            xml.WriteString(value);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void Begin(string responseClass)
    {
        if (!isOpen) xml.WriteStartElement("m", operation + "ResponseMessage", M);
        xml.WriteAttributeString("ResponseClass", responseClass);
    }

    private void End()
    {
        if (!isOpen) xml.WriteEndElement();
    }
}

/// <summary>Shorthands for the XML that replies are made of.</summary>
internal static class XmlWriting
{
    private const string M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private const string T = "http://schemas.microsoft.com/exchange/services/2006/types";

    public static void TypeText(this XmlWriter xml, string name, string value) => xml.WriteElementString("t", name, T, value);

    public static void OpenT(this XmlWriter xml, string name) => xml.WriteStartElement("t", name, T);

    public static void OpenM(this XmlWriter xml, string name) => xml.WriteStartElement("m", name, M);

    public static void Id(this XmlWriter xml, string element, string id, string? changeKey)
    {
        xml.OpenT(element);
        xml.WriteAttributeString("Id", id);
        if (changeKey is not null) xml.WriteAttributeString("ChangeKey", changeKey);
        xml.WriteEndElement();
    }

    public static void EmptyItems(this XmlWriter xml)
    {
        xml.OpenM("Items");
        xml.WriteEndElement();
    }

    /// <summary>The reply that names an item and nothing else.</summary>
    public static void ItemIdOnly(this XmlWriter xml, CalendarEntry entry)
    {
        xml.OpenM("Items");
        xml.OpenT("CalendarItem");
        xml.Id("ItemId", entry.ItemId, entry.ChangeKey);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static string Wire(this bool value) => value ? "true" : "false";

    public static string Wire(this int value) => value.ToString(CultureInfo.InvariantCulture);
}
