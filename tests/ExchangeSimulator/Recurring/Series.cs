using System.Collections.Immutable;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Recurring;

/// <summary>How long a series goes on: until a date, for a number of slots, or for ever.</summary>
public sealed record RecurrenceRange(DateOnly StartDate, DateOnly? EndDate = null, int? Count = null);

/// <summary>One place in the pattern: its 1-based number, counting deleted ones, and its date in the series' zone.</summary>
public readonly record struct Slot(int Index, DateOnly Date);

/// <summary>The recurring side of a master: pattern, range, changed and deleted occurrences by the date of their slot.</summary>
public sealed record Series(RecurrencePattern Pattern, RecurrenceRange Range)
{
    public ImmutableSortedDictionary<DateOnly, EventFields> Exceptions { get; init; } =
        ImmutableSortedDictionary<DateOnly, EventFields>.Empty;
    public ImmutableSortedSet<DateOnly> Deleted { get; init; } = [];

    /// <summary>All slots in order, deleted ones included.</summary>
    public IEnumerable<Slot> Slots()
    {
        var index = 0;
        foreach (var date in Pattern.Dates(Range.StartDate))
        {
            if (Range.EndDate < date || Range.Count <= index) yield break;
            yield return new Slot(++index, date);
        }
    }

    public bool HasSlot(DateOnly date)
    {
        foreach (var slot in Slots())
            if (slot.Date >= date) return slot.Date == date;
        return false;
    }

    public Slot? SlotNumber(int index) => index < 1 ? null : Slots().Skip(index - 1).Select(s => (Slot?)s).FirstOrDefault();

    /// <summary>The last slot that still takes place; null for an endless series or one without any left.</summary>
    public Slot? LastSlot() =>
        Range is { EndDate: null, Count: null }
            ? null
            : Slots().Where(s => !Deleted.Contains(s.Date)).Select(s => (Slot?)s).LastOrDefault();

    /// <summary>What the occurrence on that slot says: its exception, or the master moved there on the wall clock.</summary>
    public EventFields Occurrence(EventFields master, DateOnly slot) =>
        Exceptions.TryGetValue(slot, out var changed) ? changed : Regular(master, slot);

    public static DateTimeOffset OriginalStart(EventFields master, DateOnly slot) => Regular(master, slot).Start;

    private static EventFields Regular(EventFields master, DateOnly slot)
    {
        if (master.IsAllDay) return WholeDays(master, slot);
        var start = master.StartZone.Local(master.Start).DateTime;
        var end = master.StartZone.Local(master.End).DateTime;
        var moved = slot.ToDateTime(TimeOnly.FromDateTime(start));
        return master with { Start = master.StartZone.Instant(moved), End = master.StartZone.Instant(moved + (end - start)) };
    }

    /// <summary>Dates, not times of day: the master's own first day may be one without a midnight.</summary>
    private static EventFields WholeDays(EventFields master, DateOnly slot)
    {
        var days = DateOnly.FromDateTime(master.EndZone.Local(master.End).DateTime).DayNumber - DateOnly
            .FromDateTime(master.StartZone.Local(master.Start).DateTime).DayNumber;
        return master with { Start = master.StartZone.StartOfDay(slot), End = master.EndZone.StartOfDay(slot.AddDays(days)) };
    }

    /// <summary>The slots whose occurrences overlap the window, exceptions where they now are.</summary>
    public IEnumerable<DateOnly> Overlapping(EventFields master, DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var (date, changed) in Exceptions)
            if (Overlaps(changed, from, to)) yield return date;
        var lastDate = DateOnly.FromDateTime(master.StartZone.Local(to).DateTime);
        var firstDate = DateOnly.FromDateTime(master.StartZone.Local(from - (master.End - master.Start)).DateTime).AddDays(-1);
        foreach (var slot in Slots())
        {
            if (slot.Date > lastDate) yield break;
            if (slot.Date < firstDate || Deleted.Contains(slot.Date) || Exceptions.ContainsKey(slot.Date)) continue;
            if (Overlaps(Regular(master, slot.Date), from, to)) yield return slot.Date;
        }
    }

    /// <summary>Left out of a view: what ends before it begins, and what starts at its end or later.</summary>
    internal static bool Overlaps(EventFields fields, DateTimeOffset from, DateTimeOffset to) => fields.End >= from && fields.Start < to;
}
