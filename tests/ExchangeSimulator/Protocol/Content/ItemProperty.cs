using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>What a property's reader knows beside the element: the zones that the same request names.</summary>
internal sealed record ReadContext(CalendarZone StartFallback, CalendarZone EndFallback);

/// <summary>How one property of a calendar item is written, read and cleared; null means it is not possible.</summary>
internal sealed record ItemProperty(string Uri)
{
    private static readonly HashSet<string> OfPrivateItems = new(
        [
            "item:Subject", "item:Sensitivity", "calendar:Start", "calendar:End", "calendar:OriginalStart", "calendar:IsAllDayEvent",
            "calendar:LegacyFreeBusyStatus", "calendar:CalendarItemType", "calendar:StartTimeZone", "calendar:EndTimeZone",
            "calendar:StartTimeZoneId", "calendar:EndTimeZoneId", "item:EffectiveRights", "item:LastModifiedTime",
        ],
        StringComparer.Ordinal);

    public Action<XmlWriter, CalendarEntry, ItemView>? Write { get; init; }
    public Func<EventFields, XElement, ReadContext, EventFields>? Read { get; init; }
    public Func<EventFields, EventFields>? Clear { get; init; }

    /// <summary>False for what SyncFolderItems and FindItem leave out.</summary>
    public bool IsThin { get; init; } = true;
    public bool IsInDefaultShape { get; init; }
    public bool IsInAllProperties { get; init; } = true;

    /// <summary>Told of a private item also to those who may not see it; the subject in other words.</summary>
    public bool IsOfPrivateItems => OfPrivateItems.Contains(Uri);

    public string Element => Uri[(Uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
