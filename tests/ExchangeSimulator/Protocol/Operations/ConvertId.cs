using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>
/// Ids in other formats, there and back, with the primary address of the mailbox that each belongs to, whatever address was given with it.
/// Whether the item is still there is not looked at.
/// </summary>
internal sealed class ConvertId : EwsOperation
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public override string Name => "ConvertId";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var format = request.Attribute("DestinationFormat")!.Value;
        response.Each(request.Element(Ns.M + "SourceIds")!.Elements(), source =>
        {
            if (source.Name != Ns.T + "AlternateId")
                throw new EwsRefusedException("ErrorUnsupportedTypeForConversion", "The simulator has no public folders.");
            var id = WireFormats.ToEwsId(source.Attribute("Id")!.Value, source.Attribute("Format")!.Value)
                ?? throw EwsRefusedException.MalformedId();
            var mailbox = call.Organisation.MailboxOfId(id) ?? throw EwsRefusedException.NonExistentMailbox();
            return xml =>
            {
                xml.OpenM("AlternateId");
                xml.WriteAttributeString("xsi", "type", Instance, "t:AlternateIdType");
                xml.WriteAttributeString("Format", format);
                xml.WriteAttributeString("Id", WireFormats.FromEwsId(id, format));
                xml.WriteAttributeString("Mailbox", mailbox.SmtpAddress);
                xml.WriteEndElement();
            };
        });
    }
}
