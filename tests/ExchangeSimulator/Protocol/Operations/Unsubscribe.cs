using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class Unsubscribe : EwsOperation
{
    public override string Name => "Unsubscribe";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) => response.Message(() =>
    {
        call.Organisation.Notifications.Unsubscribe(
            request.Element(Ns.M + "SubscriptionId")!.Value, call.Account.UserPrincipalName, call.Affinity.Server);
        return _ => { };
    });
}
