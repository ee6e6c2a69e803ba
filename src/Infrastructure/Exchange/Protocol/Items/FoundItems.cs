using System.Globalization;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>A page of FindItem, and the offset to ask for next (IndexedPagingOffset), if the server named one.</summary>
internal sealed record FoundItems(IReadOnlyList<CalendarItem> Items, int? NextOffset, bool IncludesLastItemInRange)
{
    /// <param name="most">So many were asked for.</param>
    internal static FoundItems Read(EwsXmlReader xml, int most) =>
        ResponseMessages.ReadOne<FoundItems>(xml, (xml, soFar) =>
            !xml.Is("RootFolder") ? soFar : soFar is null ? ReadRootFolder(xml, most) : throw xml.Malformed("a second RootFolder"));

    private static FoundItems ReadRootFolder(EwsXmlReader xml, int most)
    {
        int? next = int.TryParse(xml.Attribute("IndexedPagingOffset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : null;
        // A page that does not say so is not the last: asking once more is cheaper than missing items.
        var last = xml.Attribute("IncludesLastItemInRange") is "true" or "1";
        List<CalendarItem>? items = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (xml.Is("Items"))
                items = [.. items ?? [], .. CalendarItemReader.ReadAll(xml, most - (items?.Count ?? 0))];
        }
        // An empty folder says so. Taken for one, a damaged answer would empty a calendar.
        return new(items ?? throw xml.Malformed("a RootFolder without its Items"), next, last);
    }
}
