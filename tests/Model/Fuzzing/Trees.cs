using System.Text;
using System.Xml;
using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;
using XmlText = CleanSync.Infrastructure.Exchange.Protocol.Xml.XmlText;

namespace CleanSync.Model.Fuzzing;

/// <summary>Answers as trees, with the characters that XML forbids and Exchange sends all the same.</summary>
internal static class Trees
{
    private static readonly XmlReaderSettings Reading =
        new() { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
    private static readonly XmlWriterSettings Writing =
        new() { CheckCharacters = false, Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };

    /// <summary>The tree, or null of what is no XML.</summary>
    public static XDocument? Parse(byte[] body)
    {
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body, writable: false), Reading);
            return XDocument.Load(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static byte[] Write(XDocument tree)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Writing)) tree.Save(xml);
        return Hostile.Spelled(bytes.ToArray());
    }

    public static bool IsEws(XElement element) => element.Name.NamespaceName is Ews.Types or Ews.Messages or Ews.Errors;

    public static bool IsEws(XElement element, string name) => element.Name.LocalName == name && IsEws(element);

    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(e => IsEws(e, name));

    /// <summary>
    /// The text right below an element, without the characters that XML cannot carry, and without pieces of nothing but blanks.
    /// </summary>
    public static string OwnText(this XElement element) =>
        XmlText.Legal(string.Concat(element.Nodes().OfType<XText>().Where(t => t is XCData || !string.IsNullOrWhiteSpace(t.Value))
            .Select(t => t.Value)));
}
