using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>The subscription has ended.</summary>
internal sealed record Unsubscribed
{
    public static Unsubscribed Instance { get; } = new();

    private Unsubscribed() { }
}

/// <summary>Unsubscribe: frees what the server keeps for a subscription, and its place in the mailbox's limit.</summary>
internal sealed class Unsubscribe(string subscriptionId) : IEwsOperation<EwsResult<Unsubscribed>>
{
    public string Name => "Unsubscribe";

    public void Write(EwsXmlWriter xml) => xml.MessageText("SubscriptionId", subscriptionId);

    public EwsResult<Unsubscribed> Read(EwsXmlReader xml) =>
        ResponseMessages.Read<Unsubscribed>(xml, 1, Unsubscribed.Instance, (_, soFar) => soFar)[0];
}
