using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>A new zone on an item keeps the wall clock time and so shifts the instant, unless the same request sets the time too.</summary>
internal static class ZoneReading
{
    public static EventFields Start(EventFields fields, CalendarZone zone) =>
        fields with { StartZone = zone, Start = zone.Instant(fields.StartZone.Local(fields.Start).DateTime) };

    public static EventFields End(EventFields fields, CalendarZone zone) =>
        fields with { EndZone = zone, End = zone.Instant(fields.EndZone.Local(fields.End).DateTime) };

    public static EventFields Both(EventFields fields, CalendarZone zone) => End(Start(fields, zone), zone);
}
