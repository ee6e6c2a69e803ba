using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Domain.SyncedEvents;

/// <summary>When something is: two instants, or for an all-day event two dates in its own zone.</summary>
public sealed record EventTimes
{
    private EventTimes(
        DateTimeOffset start,
        DateTimeOffset end,
        string timeZone,
        DateOnly? firstDay,
        DateOnly? endDay)
    {
        Start = start;
        End = end;
        TimeZone = timeZone;
        FirstDay = firstDay;
        EndDay = endDay;
    }

    /// <summary>UTC, whole seconds. Of an all-day event: the first valid instant of its first day in its zone.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>UTC, whole seconds, exclusive.</summary>
    public DateTimeOffset End { get; }

    /// <summary>IANA or Windows id of the zone that the event was made in.</summary>
    public string TimeZone { get; }

    /// <summary>First day of an all-day event; null for a timed one.</summary>
    public DateOnly? FirstDay { get; }

    /// <summary>The day after the last of an all-day event; null for a timed one.</summary>
    public DateOnly? EndDay { get; }

    public bool IsAllDay => FirstDay is not null;

    public static EventTimes Timed(DateTimeOffset start, DateTimeOffset end, string timeZone) =>
        new(WholeSeconds(start), WholeSeconds(end), timeZone, null, null);

    /// <param name="endDay">Exclusive: the day after the last.</param>
    public static EventTimes AllDay(DateOnly firstDay, DateOnly endDay, string timeZone)
    {
        var zone = CalendarZone.FindOrUtc(timeZone);
        return new EventTimes(CalendarZone.StartOfDay(firstDay, zone), CalendarZone.StartOfDay(endDay, zone), timeZone, firstDay, endDay);
    }

    /// <summary>Whether a person would see the same span: the same dates, or the same instants. The zone's name does not count.</summary>
    public bool SameSpan(EventTimes other) => IsAllDay || other.IsAllDay
        ? FirstDay == other.FirstDay && EndDay == other.EndDay
        : Start == other.Start && End == other.End;

    /// <summary>The same instants, or the same days, under the name of another zone.</summary>
    public EventTimes Under(string timeZone) =>
        this is { FirstDay: { } first, EndDay: { } end } ? AllDay(first, end, timeZone) : Timed(Start, End, timeZone);

    public bool Overlaps(EventTimes other) => End > other.Start && Start < other.End;

    /// <summary>As it is kept: in UTC, and what is less than a second is cut off.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond));
    }
}
