using System.Xml;
using CleanSync.ExchangeSimulator.Protocol;

namespace CleanSync.ExchangeSimulator.Notifications;

/// <summary>The envelopes of a stream, in the namespaces of the schema or in those that servers really use.</summary>
internal static class StreamedEnvelopes
{
    private const string Operation = "GetStreamingEvents";

    public static ReadOnlyMemory<byte> Status(ExchangeVersion server, string status) =>
        Write(server, xml => xml.WriteElementString("m", "ConnectionStatus", Ns.M.NamespaceName, status));

    public static ReadOnlyMemory<byte> SignOfLife(ExchangeVersion server, bool wire, string subscription) =>
        Write(server, xml => Notification(xml, wire, subscription, () =>
    {
        xml.OpenT("StatusEvent");
        xml.WriteEndElement();
    }));

    public static ReadOnlyMemory<byte> Events(
        ExchangeVersion server,
        bool wire,
        Subscription subscription,
        IReadOnlyList<MailboxEvent> events) =>
        Write(server, xml => Notification(xml, wire, subscription.Id, () =>
        {
            foreach (var what in events)
            {
                if (subscription.EventTypes.Contains(what.Kind + "Event")) Item(xml, what);
                // One action of a person is several events: its folder has changed too.
                if (subscription.EventTypes.Contains("ModifiedEvent")) Folder(xml, what);
            }
        }));

    public static ReadOnlyMemory<byte> Lost(ExchangeVersion server, bool wire, string code, IEnumerable<string> subscriptions) =>
        SoapReply.Write(
            server,
            Operation,
            response => response.Refuse(code, "The specified subscription was not found.", null, xml => LostIds(xml, wire, subscriptions)));

    public static void LostIds(XmlWriter xml, bool wire, IEnumerable<string> subscriptions)
    {
        xml.OpenM("ErrorSubscriptionIds");
        foreach (var id in subscriptions)
        {
            xml.WriteElementString(wire ? "m" : "t", "SubscriptionId", (wire ? Ns.M : Ns.T).NamespaceName, id);
        }
        xml.WriteEndElement();
        xml.WriteElementString("m", "ConnectionStatus", Ns.M.NamespaceName, "Closed");
    }

    /// <summary>Without its XML declaration.</summary>
    public static ReadOnlyMemory<byte> Undeclared(ReadOnlyMemory<byte> envelope)
    {
        var end = envelope.Span.IndexOf("?>"u8);
        return end < 0 ? envelope : envelope[(end + 2)..];
    }

    private static ReadOnlyMemory<byte> Write(ExchangeVersion server, Action<XmlWriter> payload) =>
        SoapReply.Write(server, Operation, response => response.Message(() => payload));

    private static void Notification(XmlWriter xml, bool wire, string subscription, Action events)
    {
        xml.OpenM("Notifications");
        if (wire) xml.OpenM("Notification");
        else xml.OpenT("Notification");
        xml.TypeText("SubscriptionId", subscription);
        events();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Item(XmlWriter xml, MailboxEvent what)
    {
        xml.OpenT(what.Kind + "Event");
        xml.TypeText("TimeStamp", WireTime.Write(what.At, null));
        xml.Id("ItemId", what.ItemId, what.ChangeKey);
        xml.Id("ParentFolderId", what.Folder.Id, null);
        if (what.From is var (id, changeKey, folder))
        {
            xml.Id("OldItemId", id, changeKey);
            xml.Id("OldParentFolderId", folder.Id, null);
        }
        xml.WriteEndElement();
    }

    private static void Folder(XmlWriter xml, MailboxEvent what)
    {
        xml.OpenT("ModifiedEvent");
        xml.TypeText("TimeStamp", WireTime.Write(what.At, null));
        xml.Id("FolderId", what.Folder.Id, null);
        xml.Id("ParentFolderId", what.Folder.Parent?.Id ?? what.Folder.Id, null);
        xml.WriteEndElement();
    }
}
