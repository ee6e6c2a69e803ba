using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>The item lies in the other folder, under an id that nobody asks for.</summary>
internal sealed record Moved
{
    public static Moved Instance { get; } = new();

    private Moved() { }
}

/// <summary>
/// MoveItem for one item. It gets another id and keeps its UID. Only a folder that says whose it is can be the target: a bare well-known
/// name would be that of the caller, and under delegate access the item would land in the wrong mailbox.
/// </summary>
internal sealed class MoveCalendarItem : IEwsOperation<EwsResult<Moved>>
{
    private readonly ItemId item;
    private readonly FolderRef target;

    public MoveCalendarItem(ItemId item, FolderRef target)
    {
        if (target is FolderRef.Distinguished { MailboxSmtpAddress: null })
            throw new ArgumentException("The target does not say whose folder it is.", nameof(target));
        (this.item, this.target) = (item, target);
    }

    public string Name => "MoveItem";

    public void Write(EwsXmlWriter xml)
    {
        using (xml.Message("ToFolderId"))
            target.Write(xml);
        using (xml.Message("ItemIds"))
            item.Write(xml);
    }

    public EwsResult<Moved> Read(EwsXmlReader xml) => ResponseMessages.Read<Moved>(xml, 1, Moved.Instance, (_, soFar) => soFar)[0];
}
