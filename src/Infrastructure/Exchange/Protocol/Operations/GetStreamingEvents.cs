using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>What the server says of the connection: open, or ended by it after the time that was asked for.</summary>
internal enum StreamStatus { OK, Closed }

/// <summary>What happened to an item or its folder; <see cref="Status"/> is only the server's sign of life.</summary>
internal enum StreamedEvent { Created, Modified, Deleted, Moved, Copied, FreeBusyChanged, NewMail, Status }

/// <summary>Events of one subscription. What they tell of is read from the calendar itself.</summary>
internal sealed record StreamedNotification(string SubscriptionId, IReadOnlyList<StreamedEvent> Events);

/// <summary>One envelope of the stream.</summary>
/// <param name="Status">Null if it says nothing of the connection.</param>
/// <param name="Notifications">Signs of life among them.</param>
/// <param name="Error">Why the stream or some of its subscriptions ended; whatever its code, it is their end.</param>
/// <param name="LostSubscriptions">The subscriptions that the error speaks of; none if it speaks of the stream.</param>
internal sealed record StreamedMessage(
    StreamStatus? Status, IReadOnlyList<StreamedNotification> Notifications, EwsError? Error, IReadOnlyList<string> LostSubscriptions);

/// <summary>
/// GetStreamingEvents: an answer that stays open, one envelope after another, for at most 200 subscriptions. Schema and wire differ in the
/// namespaces of Notification and SubscriptionId (docs/exchange.md, "Notifications"): they are matched by local name.
/// </summary>
internal sealed class GetStreamingEvents(IReadOnlyCollection<string> subscriptionIds, int minutes) : IEwsOperation<StreamedMessage>
{
    public string Name => "GetStreamingEvents";

    public void Write(EwsXmlWriter xml)
    {
        using (xml.Message("SubscriptionIds"))
        {
            foreach (var id in subscriptionIds)
                xml.TypeText("SubscriptionId", id);
        }
        xml.MessageInteger("ConnectionTimeout", minutes);
    }

    public StreamedMessage Read(EwsXmlReader xml)
    {
        var message = new Draft();
        for (var parts = xml.Children(); parts.Next();)
        {
            if (!xml.Is("ResponseMessages"))
                continue;
            for (var messages = xml.Children(); messages.Next();)
                message.Add(xml);
        }
        return message.Read
            ? new(message.Status, message.Notifications, message.Error, message.Lost)
            : throw xml.Malformed("a streamed envelope without a message");
    }

    private sealed class Draft
    {
        public bool Read { get; private set; }

        public StreamStatus? Status { get; private set; }

        public List<StreamedNotification> Notifications { get; } = [];

        public EwsError? Error { get; private set; }

        public List<string> Lost { get; } = [];

        public void Add(EwsXmlReader xml)
        {
            var succeeded = xml.Attribute("ResponseClass") == "Success";
            string? code = null, text = null;
            Dictionary<string, string>? details = null;
            for (var children = xml.Children(); children.Next();)
            {
                switch (xml.Name)
                {
                    case "MessageText": text = xml.Text(); break;
                    case "ResponseCode": code = xml.Text(); break;
                    case "MessageXml": EwsError.ReadMessageXml(xml, ref details); break;
                    case "ConnectionStatus": Status = EwsEnum.Parse<StreamStatus>(xml.Text()) ?? Status; break;
                    case "Notifications": AddNotifications(xml); break;
                    case "ErrorSubscriptionIds": AddLost(xml); break;
                }
            }
            Read = true;
            if (!succeeded)
                Error ??= EwsError.From(code, text, details);
        }

        private void AddNotifications(EwsXmlReader xml)
        {
            for (var children = xml.Children(); children.Next();)
            {
                if (!xml.Is("Notification"))
                    continue;
                string? id = null;
                var events = new List<StreamedEvent>();
                for (var parts = xml.Children(); parts.Next();)
                {
                    if (xml.Is("SubscriptionId"))
                        id = xml.TextOfId();
                    else if (xml.Name.EndsWith("Event", StringComparison.Ordinal))
                        // A kind that a newer server adds is a change like any other.
                        events.Add(EwsEnum.Parse<StreamedEvent>(xml.Name[..^"Event".Length]) ?? StreamedEvent.Modified);
                }
                Notifications.Add(new(id ?? throw xml.Malformed("a notification lacks its SubscriptionId"), events));
            }
        }

        private void AddLost(EwsXmlReader xml)
        {
            for (var children = xml.Children(); children.Next();)
            {
                if (xml.Is("SubscriptionId"))
                    Lost.Add(xml.TextOfId());
            }
        }
    }
}
