using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Of a mailbox's settings its time zone, in the options of Outlook on the web; any other name is not found.</summary>
internal sealed class GetUserConfiguration : EwsOperation
{
    public override string Name => "GetUserConfiguration";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) => response.Message(() =>
    {
        var wanted = request.Element(Ns.M + "UserConfigurationName")!;
        var folder = call.Folder(wanted.Elements().Single());
        if (call.LevelOn(folder) != FolderLevel.Owner) throw EwsRefusedException.AccessDenied();
        var name = wanted.Attribute("Name")!.Value;
        if (name != "OWA.UserOptions" || folder.DistinguishedId != "root") throw EwsRefusedException.ItemNotFound();
        var parts = request.Element(Ns.M + "UserConfigurationProperties")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return xml =>
        {
            xml.OpenM("UserConfiguration");
            xml.OpenT("UserConfigurationName");
            xml.WriteAttributeString("Name", name);
            xml.Id("FolderId", folder.Id, null);
            xml.WriteEndElement();
            if (parts.Contains("All") || parts.Contains("Dictionary")) WriteDictionary(xml, "timezone", folder.Mailbox.Zone.WireId);
            xml.WriteEndElement();
        };
    });

    private static void WriteDictionary(XmlWriter xml, string key, string value)
    {
        xml.OpenT("Dictionary");
        xml.OpenT("DictionaryEntry");
        foreach (var (element, text) in new[] { ("DictionaryKey", key), ("DictionaryValue", value) })
        {
            xml.OpenT(element);
            xml.TypeText("Type", "String");
            xml.TypeText("Value", text);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
