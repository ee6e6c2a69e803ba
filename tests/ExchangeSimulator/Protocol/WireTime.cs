using System.Globalization;
using System.Xml;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol;

/// <summary>How Exchange reads and writes a dateTime: protocol brief, table 11.1.</summary>
internal static class WireTime
{
    /// <summary>Z and an offset say it themselves; without suffix the time is in the given zone.</summary>
    public static DateTimeOffset Read(string text, CalendarZone zoneWithoutSuffix)
    {
        text = text.Trim();
        var time = text.IndexOf('T', StringComparison.Ordinal);
        var hasSuffix = text.EndsWith('Z') || text.AsSpan(time).IndexOfAny('+', '-') >= 0;
        return hasSuffix
            ? XmlConvert.ToDateTimeOffset(text).ToUniversalTime()
            : zoneWithoutSuffix.Instant(XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.Unspecified));
    }

    /// <summary>Z without a TimeZoneContext, the context's offset with one.</summary>
    public static string Write(DateTimeOffset instant, CalendarZone? context) => context is null
        ? instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : context.Local(instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A date with the zone's offset on that day, as Exchange writes the ends of a recurrence.</summary>
    public static string Write(DateOnly date, CalendarZone zone) =>
        zone.Local(zone.StartOfDay(date)).ToString("yyyy-MM-ddzzz", CultureInfo.InvariantCulture);

    public static DateOnly ReadDate(string text) =>
        DateOnly.ParseExact(text.Trim().AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
