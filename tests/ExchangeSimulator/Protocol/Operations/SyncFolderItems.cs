using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class SyncFolderItems : EwsOperation
{
    public override string Name => "SyncFolderItems";

    public override Action<XmlWriter> WhenRefused => xml =>
    {
        xml.OpenM("SyncState");
        xml.WriteEndElement();
        xml.WriteElementString("m", "IncludesLastItemInRange", Ns.M.NamespaceName, "true");
    };

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Message(() => Read(request, call), WhenRefused);

    private static Action<XmlWriter> Read(XElement request, EwsCall call)
    {
        var folder = call.Folder(request.Element(Ns.M + "SyncFolderId")!.Elements().Single());
        if (!call.LevelOn(folder).Reads()) throw EwsRefusedException.AccessDenied();
        var view = new ItemView(request.Element(Ns.M + "ItemShape")!, call, isFull: false);
        var asked = int.Parse(request.Element(Ns.M + "MaxChangesReturned")!.Value, CultureInfo.InvariantCulture);
        var limit = Math.Min(asked, call.Organisation.LongestChangePage ?? asked);
        var ignored = request.Element(Ns.M + "Ignore")?.Elements().Attributes("Id").Select(a => a.Value).ToHashSet(StringComparer.Ordinal);
        List<(ChangeKind Kind, string Id, CalendarEntry? Entry)> told;
        string state;
        bool isLast;
        lock (folder.Mailbox.Gate)
        {
            var position = SyncState.Read(folder, request.Element(Ns.M + "SyncState")?.Value);
            var (changes, next) = folder.Log.Read(
                position, limit, call.Organisation.TellsOldestFirst ?? call.Server < ExchangeVersion.Exchange2010_SP2, folder.Find);
            bool IsTold(Change c) => ignored?.Contains(c.ItemId) != true
                && !(call.Organisation.LeavesBrokenOutOfChanges && c.Item?.Corruption is not null);
            told =
                [.. changes.Where(IsTold)
                    .Select(c => Told(c, call.Organisation.ReportsMovesAsUpdates ? folder.Mailbox.MovedAway(c.ItemId) : null))];
            if (told.Select(t => t.Entry?.Corruption).FirstOrDefault(c =>
                c is { SpoilsChanges: true, Code: not null }) is { Code: { } code })
                throw new EwsRefusedException(code, "An item of the page is corrupt.");
            state = SyncState.Write(folder, next);
            isLast = !next.IsInsideARange && next.Low == folder.Log.Top;
        }
        return xml =>
        {
            xml.WriteElementString("m", "SyncState", Ns.M.NamespaceName, state);
            xml.WriteElementString("m", "IncludesLastItemInRange", Ns.M.NamespaceName, isLast.Wire());
            xml.OpenM("Changes");
            foreach (var (kind, id, entry) in told)
            {
                xml.OpenT(kind.ToString());
                if (entry is null) xml.Id("ItemId", id, null);
                else view.Write(xml, entry);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        };
    }

    private static (ChangeKind Kind, string Id, CalendarEntry? Entry) Told(Change change, CalendarEntry? movedAway) =>
        change.Kind is ChangeKind.Delete && movedAway is not null
        ? (ChangeKind.Update, change.ItemId, movedAway)
        : (change.Kind, change.ItemId, change.Item?.Snapshot());
}
