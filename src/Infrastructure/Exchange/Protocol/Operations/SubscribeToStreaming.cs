using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>The id under which a stream tells of one mailbox.</summary>
internal sealed record Subscription(string Id);

/// <summary>Subscribe for streaming notifications of one folder; from Exchange 2010 SP1, and with impersonation only.</summary>
internal sealed class SubscribeToStreaming(FolderRef folder) : IEwsOperation<Subscription>
{
    private static readonly string[] Events = ["CreatedEvent", "ModifiedEvent", "DeletedEvent", "MovedEvent", "CopiedEvent"];

    public string Name => "Subscribe";

    public void Write(EwsXmlWriter xml)
    {
        using (xml.Message("StreamingSubscriptionRequest"))
        {
            using (xml.Type("FolderIds"))
                folder.Write(xml);
            using (xml.Type("EventTypes"))
            {
                foreach (var name in Events)
                    xml.TypeText("EventType", name);
            }
        }
    }

    public Subscription Read(EwsXmlReader xml) =>
        ResponseMessages.ReadOne<Subscription>(xml, (xml, soFar) => xml.Is("SubscriptionId") ? new Subscription(xml.TextOfId()) : soFar);
}
