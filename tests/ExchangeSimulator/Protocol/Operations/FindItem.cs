using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class FindItem : EwsOperation
{
    private const int PageLimit = 1000;

    public override string Name => "FindItem";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var view = new ItemView(request.Element(Ns.M + "ItemShape")!, call, isFull: false);
        response.Each(request.Element(Ns.M + "ParentFolderIds")!.Elements(), id =>
        {
            var folder = call.Folder(id);
            if (!call.LevelOn(folder).Reads()) throw EwsRefusedException.AccessDenied();
            return request.Element(Ns.M + "CalendarView") is { } window
                ? Calendar(request, window, folder, view)
                : Paged(request, folder, view);
        });
    }

    private static Action<XmlWriter> Calendar(XElement request, XElement window, MailFolder folder, ItemView view)
    {
        if (request.Element(Ns.M + "Restriction") is not null || request.Element(Ns.M + "SortOrder") is not null)
            throw new EwsRefusedException("ErrorInvalidRequest", "Restrictions and sort order may not be specified for a CalendarView.");
        if (!folder.IsCalendar)
            throw new EwsRefusedException("ErrorCalendarFolderIsInvalidForCalendarView", "The folder is not a calendar folder.");
        var zone = view.Call.ContextZone ?? CalendarZone.Utc;
        var (from, to) = (
            WireTime.Read(window.Attribute("StartDate")!.Value, zone), WireTime.Read(window.Attribute("EndDate")!.Value, zone));
        if (to < from) throw new EwsRefusedException("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate");
        if (to > from.AddYears(2))
            throw new EwsRefusedException(
                "ErrorCalendarViewRangeTooBig", "The specified view range exceeds the maximum range of two years.");
        var limit = Math.Min(MaxEntries(window), PageLimit);
        List<CalendarEntry> found;
        lock (folder.Mailbox.Gate) found = [.. folder.View(from, to).Where(IsInViews)];
        var page = found.Take(limit).ToList();
        return Shown(page, null, found.Count, found.Count <= limit, view);
    }

    private static Action<XmlWriter> Paged(XElement request, MailFolder folder, ItemView view)
    {
        var restriction = request.Element(Ns.M + "Restriction") is { } r ? new Restriction(r.Elements().Single(), view.Call) : null;
        List<CalendarEntry> found;
        lock (folder.Mailbox.Gate) found =
            [.. folder.Items.Select(i => i.Snapshot()).Where(IsInViews).Where(e => restriction?.Fits(e) != false)];
        if (request.Element(Ns.M + "SortOrder") is { } order) found = Restriction.Sort(found, order);
        var paging = request.Element(Ns.M + "IndexedPageItemView");
        var offset = paging is null ? 0 : int.Parse(paging.Attribute("Offset")!.Value, CultureInfo.InvariantCulture);
        if (paging?.Attribute("BasePoint")!.Value == "End") offset = Math.Max(0, found.Count - offset);
        var limit = Math.Min(
            paging is null ? PageLimit : MaxEntries(paging),
            restriction is not null && view.Call.Version >= ExchangeVersion.Exchange2013 ? 250 : PageLimit);
        var page = found.Skip(offset).Take(limit).ToList();
        var next = Math.Min(offset + page.Count, found.Count);
        return Shown(page, next, found.Count, next >= found.Count, view);
    }

    private static bool IsInViews(CalendarEntry entry) => entry.Corruption is not { IsInViews: false, SpoilsViews: false };

    private static int MaxEntries(XElement paging) =>
        paging.Attribute("MaxEntriesReturned") is { } max && int.Parse(max.Value, CultureInfo.InvariantCulture) is > 0 and var n
            ? n
            : PageLimit;

    /// <summary>A page that one item spoils is refused, or written so that it is no XML.</summary>
    private static Action<XmlWriter> Shown(
        List<CalendarEntry> page,
        int? next,
        int total,
        bool isLast,
        ItemView view)
    {
        var broken = view.AsksForTexts ? page.Find(e => e.Corruption is { SpoilsViews: true }) : null;
        if (broken?.Corruption!.Code is { } code) throw new EwsRefusedException(code, "An item is corrupt.");
        return xml =>
        {
            if (broken is not null) xml.WriteRaw("<m:RootFolder><t:Items><t:CalendarItem><t:Subject>");
            Write(xml, page, next, total, isLast, view);
        };
    }

    private static void Write(
        XmlWriter xml,
        List<CalendarEntry> page,
        int? next,
        int total,
        bool isLast,
        ItemView view)
    {
        xml.OpenM("RootFolder");
        if (next is { } offset) xml.WriteAttributeString("IndexedPagingOffset", offset.Wire());
        xml.WriteAttributeString("TotalItemsInView", total.Wire());
        xml.WriteAttributeString("IncludesLastItemInRange", isLast.Wire());
        xml.OpenT("Items");
        foreach (var entry in page) view.Write(xml, entry);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
