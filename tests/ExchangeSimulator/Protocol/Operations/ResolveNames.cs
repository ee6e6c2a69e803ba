using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Finds mailboxes by the beginning of their address or name.</summary>
internal sealed class ResolveNames : EwsOperation
{
    public override string Name => "ResolveNames";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) => response.Message(() =>
    {
        var wanted = request.Element(Ns.M + "UnresolvedEntry")!.Value;
        if (wanted.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase)) wanted = wanted[5..];
        List<Mailbox> found = [.. call.Organisation.Mailboxes.Where(m =>
            m.SmtpAddress.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
                || m.DisplayName.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))];
        if (found.Count == 0) throw new EwsRefusedException("ErrorNameResolutionNoResults", "No results were found.");
        return xml =>
        {
            xml.OpenM("ResolutionSet");
            xml.WriteAttributeString("TotalItemsInView", found.Count.Wire());
            xml.WriteAttributeString("IncludesLastItemInRange", "true");
            foreach (var mailbox in found)
            {
                xml.OpenT("Resolution");
                xml.OpenT("Mailbox");
                xml.TypeText("Name", mailbox.DisplayName);
                xml.TypeText("EmailAddress", mailbox.SmtpAddress);
                xml.TypeText("RoutingType", "SMTP");
                xml.TypeText("MailboxType", "Mailbox");
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        };
    });
}
