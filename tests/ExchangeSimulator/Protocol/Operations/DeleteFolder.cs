using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>
/// MoveToDeletedItems moves the folder there whole; SoftDelete leaves its items to Recoverable Items; HardDelete leaves nothing.
/// Distinguished folders stay.
/// </summary>
internal sealed class DeleteFolder : EwsOperation
{
    public override string Name => "DeleteFolder";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Each(request.Element(Ns.M + "FolderIds")!.Elements(), id => Delete(request.Attribute("DeleteType")!.Value, id, call));

    private static Action<XmlWriter> Delete(string type, XElement id, EwsCall call)
    {
        var folder = call.Folder(id);
        if (call.LevelOn(folder) != FolderLevel.Owner) throw EwsRefusedException.AccessDenied();
        var mailbox = folder.Mailbox;
        lock (mailbox.Gate)
        {
            if (type == "MoveToDeletedItems") mailbox.Discard(folder, mailbox.Distinguished("deleteditems"));
            else mailbox.Destroy(folder, type == "SoftDelete" ? mailbox.Distinguished("recoverableitemsdeletions") : null);
        }
        return _ => { };
    }
}
