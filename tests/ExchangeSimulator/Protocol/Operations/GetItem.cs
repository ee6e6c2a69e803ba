using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class GetItem : EwsOperation
{
    public override string Name => "GetItem";

    public override Action<XmlWriter> WhenRefused => XmlWriting.EmptyItems;

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var view = new ItemView(request.Element(Ns.M + "ItemShape")!, call, isFull: true);
        response.Each(
            request.Element(Ns.M + "ItemIds")!.Elements(),
            id =>
            {
                var entry = call.Entry(id);
                var broken = entry.Corruption is { } corruption && corruption.Hides(view.AsksForTexts);
                if (broken && entry.Corruption!.Code is { } code) throw new EwsRefusedException(code, "The item is corrupt.");
                return xml =>
                {
                    xml.OpenM("Items");
                    if (broken) xml.WriteRaw("<t:CalendarItem><t:Subject>");
                    view.Write(xml, entry);
                    xml.WriteEndElement();
                };
            },
            WhenRefused);
    }
}
