using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Streaming subscriptions only. A delegate gets none, and all folders of one must be in one mailbox.</summary>
internal sealed class Subscribe : EwsOperation
{
    public override string Name => "Subscribe";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) => response.Message(() =>
    {
        var wish = request.Element(Ns.M + "StreamingSubscriptionRequest")
            ?? throw new SoapFaultException("ErrorInvalidRequest", "The simulator knows streaming subscriptions only.");
        var all = wish.Attribute("SubscribeToAllFolders")?.Value is "true" or "1";
        var folders = wish.Element(Ns.T + "FolderIds")?.Elements().Select(call.Folder).ToList() ?? [];
        var own = call.Impersonated ?? (call.Account.HasMailbox ? call.Organisation.FindMailbox(call.Account.UserPrincipalName) : null);
        if (all == folders.Count > 0 || folders.Select(f => f.Mailbox).Distinct().Count() > 1 || (all && own is null))
            throw new EwsRefusedException("ErrorInvalidSubscriptionRequest", "The subscription request is invalid.");
        var mailbox = all ? own! : folders[0].Mailbox;
        if (mailbox != own)
            throw new EwsRefusedException(
                "ErrorSubscriptionDelegateAccessNotSupported", "Subscriptions are not supported for delegate user access.");
        var (server, cookie) = call.Affinity;
        call.Extras.SetCookie = cookie;
        // Without affinity it lives on the mailbox's own server, where a later call arrives only by luck.
        if (server == "any") server = call.Organisation.Notifications.ServerOf(mailbox.SmtpAddress);
        var types = wish.Element(Ns.T + "EventTypes")!.Elements().Select(e => e.Value).ToHashSet(StringComparer.Ordinal);
        var id = call.Organisation.Notifications.Subscribe(call.Account.UserPrincipalName, mailbox, server, all ? null : folders, types);
        return xml => xml.WriteElementString("m", "SubscriptionId", Ns.M.NamespaceName, id);
    });
}
