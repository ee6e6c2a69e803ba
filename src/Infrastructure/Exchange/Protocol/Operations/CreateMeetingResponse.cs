using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>The response objects with which an attendee answers a meeting, named as on the wire.</summary>
internal enum MeetingResponseObject { AcceptItem, TentativelyAcceptItem, DeclineItem }

/// <summary>The response was carried out. The calendar item may have another id than before; after a decline none is named.</summary>
internal sealed record MeetingResponded(ItemId? CalendarItem);

/// <summary>
/// CreateItem with a response object: the one request that mails somebody, since the organiser must learn the answer. The item is a single,
/// a master (the whole series) or an occurrence (only that one). A change key that is no longer the item's is refused, so of two requests
/// with one key at most one is carried out.
/// </summary>
internal sealed class CreateMeetingResponse : IEwsOperation<EwsResult<MeetingResponded>>
{
    /// <summary>The calendar item, and the messages that were sent or moved.</summary>
    private const int MostItems = 100;

    private static readonly MeetingResponded NothingNamed = new((ItemId?)null);

    private readonly ItemId meeting;
    private readonly MeetingResponseObject response;

    public CreateMeetingResponse(ItemId meeting, MeetingResponseObject response)
    {
        ArgumentNullException.ThrowIfNull(meeting.ChangeKey);
        (this.meeting, this.response) = (meeting, response);
    }

    public string Name => "CreateItem";

    public void Write(EwsXmlWriter xml)
    {
        xml.Attribute("MessageDisposition", "SendAndSaveCopy");
        using (xml.Message("Items"))
        using (xml.Type(response.ToString()))
        using (xml.Type("ReferenceItemId"))
        {
            xml.Attribute("Id", meeting.Id);
            xml.Attribute("ChangeKey", meeting.ChangeKey!);
        }
    }

    /// <summary>Servers also name the messages that they sent or moved: only a calendar item counts.</summary>
    public EwsResult<MeetingResponded> Read(EwsXmlReader xml) =>
        ResponseMessages.Read<MeetingResponded>(xml, 1, NothingNamed, (xml, soFar) =>
            xml.Is("Items")
                ? new(CalendarItemReader.ReadAll(xml, MostItems).Find(item => item.ElementName == "CalendarItem")?.ItemId)
                : soFar)[0];
}
