namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>A time zone as Exchange knows it: the id exactly as it came over the wire, and the rules behind it.</summary>
public sealed record CalendarZone(string Id, TimeZoneInfo Rules)
{
    public static CalendarZone Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    /// <summary>The zone of that id, Windows or IANA; null when nobody knows it.</summary>
    public static CalendarZone? Find(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var rules) ? new CalendarZone(id, rules) : null;

    /// <summary>The id that goes on the wire: a Windows id wherever one exists.</summary>
    public string WireId =>
        TimeZoneInfo.TryConvertIanaIdToWindowsId(Id, out var windows) ? windows : Id;

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Rules);

    /// <summary>The instant of a wall clock time; a time inside a spring gap moves behind the gap.</summary>
    public DateTimeOffset Instant(DateTime wallClock)
    {
        var time = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        while (Rules.IsInvalidTime(time)) time = time.AddMinutes(15);
        return new DateTimeOffset(time, Rules.GetUtcOffset(time)).ToUniversalTime();
    }

    /// <summary>The first valid instant of a date, which is not everywhere midnight, and of two midnights the first.</summary>
    public DateTimeOffset StartOfDay(DateOnly date)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        return Rules.IsAmbiguousTime(midnight)
            ? new DateTimeOffset(midnight, Rules.GetAmbiguousTimeOffsets(midnight).Max()).ToUniversalTime()
            : Instant(midnight);
    }

    public bool Equals(CalendarZone? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}
