using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>
/// What lies in a window. If it does not include the last item, the answer was cut: a view has no pages, so halve the window.
/// </summary>
internal sealed record CalendarViewPage(IReadOnlyList<CalendarItem> Items, bool IncludesLastItemInRange);

/// <summary>
/// FindItem with a CalendarView: series expanded by the server, masters left out, everything that overlaps [from, to).
/// A window of more than two years is refused (ErrorCalendarViewRangeTooBig); restriction and sort order are not allowed.
/// </summary>
internal sealed class FindCalendarView(
    FolderRef folder,
    DateTimeOffset from,
    DateTimeOffset to,
    CalendarItemShape shape,
    int max = 1000)
    : IEwsOperation<CalendarViewPage>
{
    public string Name => "FindItem";

    public void Write(EwsXmlWriter xml)
    {
        xml.Attribute("Traversal", "Shallow");
        shape.WriteForFindItem(xml);
        using (xml.Message("CalendarView"))
        {
            xml.Attribute("MaxEntriesReturned", max);
            xml.Attribute("StartDate", EwsTime.Format(from));
            xml.Attribute("EndDate", EwsTime.Format(to));
        }
        using (xml.Message("ParentFolderIds"))
            folder.Write(xml);
    }

    public CalendarViewPage Read(EwsXmlReader xml)
    {
        var page = FoundItems.Read(xml, max);
        return new(page.Items, page.IncludesLastItemInRange);
    }
}
