using System.Globalization;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Notifications;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Opens a connection, or names the ids that are wrong.</summary>
internal sealed class GetStreamingEvents : EwsOperation
{
    public override string Name => "GetStreamingEvents";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var hub = call.Organisation.Notifications;
        if (call.Version < ExchangeVersion.Exchange2010_SP1)
            throw SoapFaultException.Schema(request, "The element 'GetStreamingEvents' is not known in this version.");
        var ids = request.Element(Ns.M + "SubscriptionIds")!.Elements().Select(e => e.Value).ToList();
        var bad = ids.Select(id => (Id: id, Code: hub.WhyNot(id, call.Account.UserPrincipalName, call.Affinity.Server)))
            .Where(b => b.Code is not null)
            .ToList();
        var timeout = TimeSpan.FromMinutes(int.Parse(request.Element(Ns.M + "ConnectionTimeout")!.Value, CultureInfo.InvariantCulture));
        if (bad.Count == 0 || hub.StaysOpenWithBadIds)
            call.Extras.Stream = hub.Open(
                ids, bad.Count == 0, call.Impersonated?.SmtpAddress ?? call.Account.UserPrincipalName, timeout, call.Server);
        if (bad.Count == 0) response.Message(() => xml => xml.WriteElementString("m", "ConnectionStatus", Ns.M.NamespaceName, "OK"));
        else response.Refuse(
            bad[0].Code!,
            "The specified subscription was not found.",
            null,
            xml => StreamedEnvelopes.LostIds(xml, hub.UsesWireNamespaces, bad.Select(b => b.Id)));
    }
}
