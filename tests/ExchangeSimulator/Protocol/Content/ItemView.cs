using System.Text;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>What one request wants to see of items: the properties, chosen once and then written for every item in schema order.</summary>
internal sealed class ItemView
{
    private const int ThinText = 255;
    private readonly bool _showsMime;
    private readonly List<ItemProperty> _properties;
    private readonly List<(XElement Definition, ExtendedProperty Property)> _extended;

    /// <summary>A full view is GetItem's; sync and find see thin items with cut texts.</summary>
    public ItemView(XElement shape, EwsCall call, bool isFull)
    {
        (Call, IsFull) = (call, isFull);
        var bodyType = shape.Element(Ns.T + "BodyType")?.Value;
        BodyType = bodyType is "HTML" or "Text" ? bodyType : null;
        var asked = shape.Element(Ns.T + "AdditionalProperties")?.Elements().ToList() ?? [];
        var uris = asked.Where(a => a.Name.LocalName == "FieldURI")
            .Select(a => a.Attribute("FieldURI")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        var baseShape = shape.Element(Ns.T + "BaseShape")!.Value;
        AsksForTexts = baseShape != "IdOnly" || uris.Overlaps(["item:Subject", "item:Body", "calendar:Location"]);
        var includesMime = shape.Element(Ns.T + "IncludeMimeContent")?.Value.Trim() is "true" or "1";
        _showsMime = isFull && (includesMime || uris.Contains("item:MimeContent"));
        _extended =
            [.. asked.Where(a => a.Name.LocalName == "ExtendedFieldURI").Select(a => (a, ExtendedPropertyXml.Definition(a)))
                .DistinctBy(d => d.Item2)];
        _properties = [.. ItemProperties.InOrder.Where(p => (isFull || p.IsThin) && Wanted(p, baseShape, uris))];
    }

    public EwsCall Call { get; }
    public bool IsFull { get; }
    public string? BodyType { get; }
    public bool AsksForTexts { get; }

    public void Write(XmlWriter xml, CalendarEntry entry)
    {
        xml.OpenT(entry.Oddity?.Element ?? "CalendarItem");
        if (_showsMime && !Call.HidesFrom(entry)) WriteMime(xml, entry);
        xml.Id("ItemId", entry.ItemId, entry.ChangeKey);
        if (Call.HidesFrom(entry)) WriteHidden(xml, entry);
        else foreach (var property in _properties)
        {
            if (entry.Oddity is { IsNoEvent: true } && property.Uri.StartsWith("calendar:", StringComparison.Ordinal)) continue;
            if (property.Uri == ItemProperties.ExtendedPlace) WriteExtended(xml, entry);
            else property.Write?.Invoke(xml, entry, this);
        }
        xml.WriteEndElement();
    }

    /// <summary>What a delegate without the right to see private items gets of one.</summary>
    private void WriteHidden(XmlWriter xml, CalendarEntry entry)
    {
        foreach (var property in _properties.Where(p => p.IsOfPrivateItems))
        {
            if (property.Uri == "item:Subject") xml.TypeText("Subject", "Private Appointment");
            else property.Write?.Invoke(xml, entry, this);
        }
    }

    public string Time(DateTimeOffset instant) => WireTime.Write(instant, Call.ContextZone);

    public void TimeIfAny(XmlWriter xml, string element, DateTimeOffset? instant)
    {
        if (instant is { } time) xml.TypeText(element, Time(time));
    }

    /// <summary>As it is, or as the server tells it.</summary>
    public void Told(XmlWriter xml, string element, DateTimeOffset instant, string? told)
    {
        if (told is null || told.Length > 0) xml.TypeText(element, told ?? Time(instant));
    }

    public string Cut(string text) => IsFull || text.Length <= ThinText ? text : text[..ThinText];

    public void Rights(XmlWriter xml, CalendarEntry entry)
    {
        var level = Call.LevelOn(entry.Folder);
        var own = string.Equals(entry.Creator, Call.Actor, StringComparison.OrdinalIgnoreCase);
        xml.Rights(false, false, level.Deletes(own), level.Edits(own), level.Reads(), level == FolderLevel.Owner, Call.Version);
    }

    private bool Wanted(ItemProperty property, string baseShape, HashSet<string> uris)
    {
        if (property.Uri == ItemProperties.ExtendedPlace) return _extended.Count > 0;
        if (uris.Contains(property.Uri)) return true;
        if (!Schema.FieldUris.Exists(property.Uri, Call.Version)) return false;
        return baseShape switch { "Default" => property.IsInDefaultShape, "AllProperties" => property.IsInAllProperties, _ => false };
    }

    private void WriteExtended(XmlWriter xml, CalendarEntry entry)
    {
        foreach (var (definition, property) in _extended)
            if (MapiProperties.Of(entry, property) is { } values) ExtendedPropertyXml.Write(xml, definition, property, values);
    }

    private static void WriteMime(XmlWriter xml, CalendarEntry entry)
    {
        xml.OpenT("MimeContent");
        xml.WriteAttributeString("CharacterSet", "UTF-8");
        xml.WriteString(Convert.ToBase64String(Encoding.UTF8.GetBytes(CalendarText.Of(entry))));
        xml.WriteEndElement();
    }
}
