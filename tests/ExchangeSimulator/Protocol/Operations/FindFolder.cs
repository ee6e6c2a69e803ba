using System.Globalization;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Lists subfolders that a restriction lets through, page by page.</summary>
internal sealed class FindFolder : EwsOperation
{
    public override string Name => "FindFolder";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var shape = request.Element(Ns.M + "FolderShape")!;
        var restriction = request.Element(Ns.M + "Restriction") is { } r ? new Restriction(r.Elements().Single(), call) : null;
        var isDeep = request.Attribute("Traversal")!.Value == "Deep";
        response.Each(request.Element(Ns.M + "ParentFolderIds")!.Elements(), id =>
        {
            var parent = call.Folder(id);
            List<MailFolder> found =
                [.. parent.Mailbox.Folders.Where(f => (isDeep ? f.IsBelow(parent) : f.Parent == parent)
                    && call.LevelOn(f) != FolderLevel.None && restriction?.Fits(f) != false)];
            var offset = Offset(request, found.Count);
            List<MailFolder> page = [.. found.Skip(offset).Take(MaxEntries(request))];
            var next = Math.Min(offset + page.Count, found.Count);
            return xml =>
            {
                xml.OpenM("RootFolder");
                xml.WriteAttributeString("IndexedPagingOffset", next.Wire());
                xml.WriteAttributeString("TotalItemsInView", found.Count.Wire());
                xml.WriteAttributeString("IncludesLastItemInRange", (next >= found.Count).Wire());
                xml.OpenT("Folders");
                lock (parent.Mailbox.Gate)
                    foreach (var folder in page) FolderXml.Write(xml, folder, shape, call);
                xml.WriteEndElement();
                xml.WriteEndElement();
            };
        });
    }

    private static int MaxEntries(XElement request) =>
        Paging(request)?.Attribute("MaxEntriesReturned") is { } max ? int.Parse(max.Value, CultureInfo.InvariantCulture) : int.MaxValue;

    private static int Offset(XElement request, int count)
    {
        if (Paging(request) is not { } paging) return 0;
        int Number(string name) => int.Parse(paging.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        if (paging.Name == Ns.M + "FractionalPageFolderView") return (int)((long)count * Number("Numerator") / Number("Denominator"));
        return paging.Attribute("BasePoint")!.Value == "End" ? Math.Max(0, count - Number("Offset")) : Number("Offset");
    }

    private static XElement? Paging(XElement request) =>
        request.Element(Ns.M + "IndexedPageFolderView") ?? request.Element(Ns.M + "FractionalPageFolderView");
}
