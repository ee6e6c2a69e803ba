using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Lists zones by id and name; rules are not written, which the schema permits.</summary>
internal sealed class GetServerTimeZones : EwsOperation
{
    public override string Name => "GetServerTimeZones";

    public override Action<XmlWriter> WhenRefused => xml =>
    {
        xml.OpenM("TimeZoneDefinitions");
        xml.WriteEndElement();
    };

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) => response.Message(() =>
    {
        var ids = request.Element(Ns.M + "Ids")?.Elements().Select(e => e.Value) ?? WindowsIds();
        var zones = ids.Select(CalendarZone.Find).OfType<CalendarZone>().ToList();
        return xml =>
        {
            xml.OpenM("TimeZoneDefinitions");
            foreach (var zone in zones)
            {
                xml.OpenT("TimeZoneDefinition");
                xml.WriteAttributeString("Id", zone.WireId);
                xml.WriteAttributeString("Name", zone.Rules.DisplayName);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        };
    });

    private static IEnumerable<string> WindowsIds() => TimeZoneInfo.GetSystemTimeZones()
        .Select(z => TimeZoneInfo.TryConvertIanaIdToWindowsId(z.Id, out var id) ? id : null)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);
}
