using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>
/// An item of one mailbox. Both parts are opaque, case-sensitive Base64 and compare ordinally; the change key moves with every write.
/// </summary>
internal sealed record ItemId(string Id, string? ChangeKey)
{
    internal void Write(EwsXmlWriter xml)
    {
        using (xml.Type("ItemId"))
        {
            xml.Attribute("Id", Id);
            if (ChangeKey is not null)
                xml.Attribute("ChangeKey", ChangeKey);
        }
    }
}

/// <summary>What GetItem may be asked for.</summary>
internal abstract record ItemRef
{
    private ItemRef() { }

    /// <summary>A stored item, or an occurrence by the id that a calendar view gave. Reading needs no change key.</summary>
    internal sealed record ById(string Id) : ItemRef;

    /// <summary>The n-th occurrence of a series, counted from 1 over the original pattern; deleted ones count too.</summary>
    internal sealed record Occurrence(string RecurringMasterId, int InstanceIndex) : ItemRef;

    /// <summary>The recurring master that an occurrence belongs to.</summary>
    internal sealed record MasterOf(string OccurrenceId) : ItemRef;

    internal void Write(EwsXmlWriter xml)
    {
        switch (this)
        {
            case ById item:
                new ItemId(item.Id, null).Write(xml);
                break;
            case Occurrence occurrence:
                using (xml.Type("OccurrenceItemId"))
                {
                    xml.Attribute("RecurringMasterId", occurrence.RecurringMasterId);
                    xml.Attribute("InstanceIndex", occurrence.InstanceIndex);
                }
                break;
            case MasterOf master:
                using (xml.Type("RecurringMasterItemId"))
                    xml.Attribute("OccurrenceId", master.OccurrenceId);
                break;
        }
    }
}
