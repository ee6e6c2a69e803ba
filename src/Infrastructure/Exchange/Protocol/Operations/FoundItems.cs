using System.Globalization;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>A page of FindItem, and the offset to ask for next (IndexedPagingOffset), if the server named one.</summary>
internal sealed record FoundItems(IReadOnlyList<CalendarItem> Items, int? NextOffset, bool IncludesLastItemInRange)
{
    internal static FoundItems Read(EwsXmlReader xml) =>
        ResponseMessages.ReadOne<FoundItems>(xml, (xml, soFar) => xml.Is("RootFolder") ? ReadRootFolder(xml) : soFar);

    private static FoundItems ReadRootFolder(EwsXmlReader xml)
    {
        int? next = int.TryParse(xml.Attribute("IndexedPagingOffset"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;
        // A page that does not say so is not the last: asking once more is cheaper than missing items.
        var last = xml.Attribute("IncludesLastItemInRange") is "true" or "1";
        List<CalendarItem> items = [];
        for (var children = xml.Children(); children.Next();)
        {
            if (xml.Is("Items"))
                items = CalendarItemReader.ReadAll(xml);
        }
        return new(items, next, last);
    }
}
