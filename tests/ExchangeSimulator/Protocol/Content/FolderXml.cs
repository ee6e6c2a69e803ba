using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>Folders as a FolderShape asks for them.</summary>
internal static class FolderXml
{
    private static readonly string[] Default = ["DisplayName", "TotalCount", "ChildFolderCount", "UnreadCount"];

    public static void Write(XmlWriter xml, MailFolder folder, XElement shape, EwsCall call)
    {
        var asked = shape.Element(Ns.T + "AdditionalProperties")?
            .Elements()
            .Attributes("FieldURI")
            .Select(a => a.Value.Split(':')[1])
            .ToHashSet(StringComparer.Ordinal)
            ?? [];
        var baseShape = shape.Element(Ns.T + "BaseShape")!.Value;
        bool Wants(string name) => asked.Contains(name)
            || baseShape == "AllProperties"
            || (baseShape == "Default" && Default.Contains(name));

        xml.OpenT(folder.FolderClass switch
        {
            "IPF.Appointment" => "CalendarFolder",
            "IPF.Contact" => "ContactsFolder",
            "IPF.Task" => "TasksFolder",
            _ => "Folder",
        });
        xml.Id("FolderId", folder.Id, folder.Mailbox.Ids.ChangeKey(1));
        if (Wants("ParentFolderId")) xml.Id("ParentFolderId", (folder.Parent ?? folder).Id, null);
        if (Wants("FolderClass")) xml.TypeText("FolderClass", folder.FolderClass);
        if (Wants("DisplayName")) xml.TypeText("DisplayName", folder.DisplayName);
        if (Wants("TotalCount")) xml.TypeText("TotalCount", folder.Count.Wire());
        if (Wants("ChildFolderCount")) xml.TypeText("ChildFolderCount", folder.Mailbox.Folders.Count(f => f.Parent == folder).Wire());
        foreach (var path in shape.Element(Ns.T + "AdditionalProperties")?.Elements(Ns.T + "ExtendedFieldURI") ?? [])
            if (ExtendedPropertyXml.Definition(path) is var property && MapiProperties.Of(folder, property) is { } value)
                ExtendedPropertyXml.Write(xml, path, property, [value]);
        if (Wants("EffectiveRights"))
        {
            var level = call.LevelOn(folder);
            var owns = level == FolderLevel.Owner;
            xml.Rights(owns, level.Creates(), owns, owns, level.Reads(), owns, call.Version, createsHierarchy: owns);
        }
        if (call.Version >= ExchangeVersion.Exchange2013 && folder.DistinguishedId is { } distinguished && Wants("DistinguishedFolderId"))
            xml.TypeText("DistinguishedFolderId", distinguished);
        if (!folder.IsCalendar && folder.FolderClass is not "IPF.Contact" && Wants("UnreadCount")) xml.TypeText("UnreadCount", "0");
        xml.WriteEndElement();
    }

    public static void Rights(
        this XmlWriter xml,
        bool createsAssociated,
        bool createsContents,
        bool deletes,
        bool modifies,
        bool reads,
        bool seesPrivate,
        ExchangeVersion version,
        bool createsHierarchy = false)
    {
        xml.OpenT("EffectiveRights");
        xml.TypeText("CreateAssociated", createsAssociated.Wire());
        xml.TypeText("CreateContents", createsContents.Wire());
        xml.TypeText("CreateHierarchy", createsHierarchy.Wire());
        xml.TypeText("Delete", deletes.Wire());
        xml.TypeText("Modify", modifies.Wire());
        xml.TypeText("Read", reads.Wire());
        if (version >= ExchangeVersion.Exchange2010) xml.TypeText("ViewPrivateItems", seesPrivate.Wire());
        xml.WriteEndElement();
    }
}
