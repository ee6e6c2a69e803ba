using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

internal enum SyncChangeKind { Create, Update, Delete, ReadFlag }

/// <summary>
/// One stored item that changed: a single or a master. A changed or deleted occurrence shows as an Update of its master.
/// Type and UID are missing on deletions and on items that are no calendar items. A server may report what left the folder as an Update
/// that names the folder where it is now.
/// </summary>
internal sealed record SyncChange(
    SyncChangeKind Kind,
    ItemId ItemId,
    CalendarItemType? CalendarItemType,
    string? Uid,
    string? ParentFolderId);

/// <summary>
/// A page. Its state is opaque, may be kilobytes, and counts once the changes are stored; ask again until the last item is included.
/// </summary>
internal sealed record SyncPage(string SyncState, bool IncludesLastItemInRange, IReadOnlyList<SyncChange> Changes);

/// <summary>
/// SyncFolderItems: what changed since a state, at most 1 to 512 changes a page; without a state, every item is a Create.
/// There is no date filter.
/// </summary>
internal sealed class SyncFolderItems(FolderRef folder, string? syncState, int maxChanges) : IEwsOperation<SyncPage>
{
    private static readonly string[] Fields = [Field.ParentFolderId, Field.CalendarItemType, Field.Uid];
    private static readonly Page Nothing = new(string.Empty, null, []);

    public string Name => "SyncFolderItems";

    public void Write(EwsXmlWriter xml)
    {
        CalendarItemShape.Write(xml, Fields, []);
        using (xml.Message("SyncFolderId"))
            folder.Write(xml);
        if (syncState is not null)
            xml.MessageText("SyncState", syncState);
        xml.MessageInteger("MaxChangesReturned", maxChanges);
    }

    public SyncPage Read(EwsXmlReader xml)
    {
        var page = ResponseMessages.ReadOne<Page>(xml, (xml, soFar) => Gather(xml, soFar ?? Nothing));
        // Without its state a page cannot be followed by another, and would be taken for a first pass.
        if (page.SyncState.Length == 0)
            throw xml.Malformed("a page without its SyncState");
        return new(page.SyncState, page.IsLast ?? throw xml.Malformed("a page that does not say whether it is the last"), page.Changes);
    }

    private Page Gather(EwsXmlReader xml, Page page) => xml.Name switch
    {
        "SyncState" => page with { SyncState = xml.Text() },
        "IncludesLastItemInRange" => page with { IsLast = xml.Boolean() },
        "Changes" => page with { Changes = ReadChanges(xml, page.Changes) },
        _ => page,
    };

    private List<SyncChange> ReadChanges(EwsXmlReader xml, IReadOnlyList<SyncChange> before)
    {
        var changes = new List<SyncChange>(maxChanges);
        changes.AddRange(before);
        for (var children = xml.Children(); children.Next();)
        {
            SyncChangeKind? kind = xml.Name switch
            {
                "Create" => SyncChangeKind.Create,
                "Update" => SyncChangeKind.Update,
                "Delete" => SyncChangeKind.Delete,
                "ReadFlagChange" => SyncChangeKind.ReadFlag,
                _ => null,
            };
            if (kind is { } known)
                changes.Add(changes.Count < maxChanges ? ReadChange(xml, known)
                    : throw xml.Malformed($"more than the {maxChanges} changes that were asked for"));
        }
        return changes;
    }

    private static SyncChange ReadChange(EwsXmlReader xml, SyncChangeKind kind)
    {
        for (var children = xml.Children(); children.Next();)
        {
            if (kind is SyncChangeKind.Create or SyncChangeKind.Update)
                return ReadItem(xml, kind);
            if (xml.Is("ItemId"))
                return new(kind, CalendarItemReader.ReadItemId(xml), null, null, null);
        }
        throw xml.Malformed($"a {kind} change lacks its item");
    }

    private static SyncChange ReadItem(EwsXmlReader xml, SyncChangeKind kind)
    {
        ItemId? id = null;
        CalendarItemType? type = null;
        string? uid = null, parent = null;
        for (var children = xml.Children(); children.Next();)
        {
            switch (xml.Name)
            {
                case "ItemId": id = CalendarItemReader.ReadItemId(xml); break;
                case "ParentFolderId": parent = xml.RequiredId("Id"); break;
                case "CalendarItemType": type = EwsEnum.Parse<CalendarItemType>(xml.Text()); break;
                case "UID": uid = CalendarItemReader.Uid(xml.Text()); break;
            }
        }
        return new(kind, id ?? throw xml.Malformed($"a {kind} change lacks its ItemId"), type, uid, parent);
    }

    /// <summary>What was gathered of a page so far.</summary>
    private sealed record Page(string SyncState, bool? IsLast, IReadOnlyList<SyncChange> Changes);
}
