using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Folders of any class, in a mailbox that is one's own.</summary>
internal sealed class CreateFolder : EwsOperation
{
    public override string Name => "CreateFolder";

    public override Action<XmlWriter> WhenRefused => xml =>
    {
        xml.OpenM("Folders");
        xml.WriteEndElement();
    };

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Each(request.Element(Ns.M + "Folders")!.Elements(), folder => Create(request, folder, call), WhenRefused);

    private static Action<XmlWriter> Create(XElement request, XElement wish, EwsCall call)
    {
        var parent = call.Folder(request.Element(Ns.M + "ParentFolderId")!.Elements().Single());
        if (call.LevelOn(parent) != FolderLevel.Owner) throw EwsRefusedException.AccessDenied();
        var name = wish.Element(Ns.T + "DisplayName")?.Value ?? "";
        if (name.Length == 0) throw new EwsRefusedException("ErrorFolderSavePropertyError", "A folder has a name.");
        lock (parent.Mailbox.Gate)
        {
            var folder = parent.Mailbox.CreateFolder(parent, name, wish.Element(Ns.T + "FolderClass")?.Value ?? Class(wish));
            var element = folder.IsCalendar ? "CalendarFolder" : "Folder";
            return xml =>
            {
                xml.OpenM("Folders");
                xml.OpenT(element);
                xml.Id("FolderId", folder.Id, folder.Mailbox.Ids.ChangeKey(1));
                xml.WriteEndElement();
                xml.WriteEndElement();
            };
        }
    }

    private static string Class(XElement wish) => wish.Name.LocalName switch
    {
        "CalendarFolder" => "IPF.Appointment",
        "ContactsFolder" => "IPF.Contact",
        "TasksFolder" => "IPF.Task",
        _ => "IPF.Note",
    };
}
