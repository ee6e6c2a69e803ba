using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Lists subfolders; a restriction is not evaluated.</summary>
internal sealed class FindFolder : EwsOperation
{
    public override string Name => "FindFolder";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var shape = request.Element(Ns.M + "FolderShape")!;
        var isDeep = request.Attribute("Traversal")!.Value == "Deep";
        response.Each(request.Element(Ns.M + "ParentFolderIds")!.Elements(), id =>
        {
            var parent = call.Folder(id);
            List<MailFolder> found = [.. parent.Mailbox.Folders.Where(f => IsBelow(f, parent, isDeep) && call.LevelOn(f) != FolderLevel.None)];
            return xml =>
            {
                xml.OpenM("RootFolder");
                xml.WriteAttributeString("IndexedPagingOffset", found.Count.Wire());
                xml.WriteAttributeString("TotalItemsInView", found.Count.Wire());
                xml.WriteAttributeString("IncludesLastItemInRange", "true");
                xml.OpenT("Folders");
                lock (parent.Mailbox.Gate)
                    foreach (var folder in found) FolderXml.Write(xml, folder, shape, call);
                xml.WriteEndElement();
                xml.WriteEndElement();
            };
        });
    }

    private static bool IsBelow(MailFolder folder, MailFolder parent, bool isDeep) =>
        folder.Parent is { } above && (above == parent || (isDeep && IsBelow(above, parent, isDeep)));
}
