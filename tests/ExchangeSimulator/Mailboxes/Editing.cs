using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>What a write does to an item, whoever makes it: the same for EWS and for a person in Outlook.</summary>
internal static class Editing
{
    /// <summary>Applies the edit to a single, a master or one occurrence. An occurrence becomes an exception of its master.</summary>
    public static CalendarEntry Edit(
        this Mailbox mailbox,
        CalendarEntry entry,
        string by,
        Func<EventFields, EventFields> edit,
        Func<Series?, Series?>? recurrence = null)
    {
        var item = mailbox.Item(entry.MasterId ?? entry.ItemId) ?? throw EwsRefusedException.ItemNotFound();
        if (entry.Slot is { } slot)
        {
            var changed = edit(entry.Fields).Aligned();
            if (changed.End < changed.Start)
                throw new EwsRefusedException("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate");
            StayBetweenNeighbours(item, slot, changed);
            mailbox.Change(item, item.Fields, item.Series! with { Exceptions = item.Series.Exceptions.SetItem(slot, changed) }, by);
            return item.Occurrence(slot);
        }
        var fields = edit(item.Fields);
        var series = item.Series is null ? null : Follow(item.Series, item.Fields, fields);
        mailbox.Change(item, fields, recurrence is null ? series : recurrence(series), by);
        return item.Snapshot();
    }

    public static void DeleteOccurrence(this Mailbox mailbox, CalendarEntry entry, string by)
    {
        var item = mailbox.Item(entry.MasterId!) ?? throw EwsRefusedException.ItemNotFound();
        var series = item.Series!;
        series = series with { Exceptions = series.Exceptions.Remove(entry.Slot!.Value), Deleted = series.Deleted.Add(entry.Slot.Value) };
        mailbox.Change(item, item.Fields, series, by);
    }

    /// <summary>
    /// New times on the master discard its exceptions; any other change reaches the exceptions that had not changed that field.
    /// </summary>
    private static Series Follow(Series series, EventFields old, EventFields now)
    {
        if (old.Start != now.Start || old.End != now.End || old.StartZone != now.StartZone || old.IsAllDay != now.IsAllDay)
            return new Series(
                series.Pattern, series.Range with { StartDate = DateOnly.FromDateTime(now.StartZone.Local(now.Start).DateTime) });
        var exceptions = series.Exceptions;
        foreach (var (slot, exception) in series.Exceptions)
        {
            exceptions = exceptions.SetItem(slot, exception with
            {
                Subject = exception.Subject == old.Subject ? now.Subject : exception.Subject,
                Location = exception.Location == old.Location ? now.Location : exception.Location,
                Body = exception.Body == old.Body ? now.Body : exception.Body,
                Sensitivity = now.Sensitivity,
                FreeBusy = exception.FreeBusy == old.FreeBusy ? now.FreeBusy : exception.FreeBusy,
                MyResponse = exception.MyResponse == old.MyResponse ? now.MyResponse : exception.MyResponse,
                Extended = exception.Extended == old.Extended ? now.Extended : exception.Extended,
            });
        }
        return series with { Exceptions = exceptions };
    }

    private static void StayBetweenNeighbours(StoredItem item, DateOnly slot, EventFields changed)
    {
        var series = item.Series!;
        DateOnly? before = null, after = null;
        foreach (var other in series.Slots())
        {
            if (series.Deleted.Contains(other.Date) || other.Date == slot) continue;
            var date = LocalDate(series.Occurrence(item.Fields, other.Date));
            if (other.Date < slot) before = date;
            else { after = date; break; }
        }
        var now = LocalDate(changed);
        if (now <= before || now >= after)
            throw new EwsRefusedException(
                "ErrorOccurrenceCrossingBoundary", "Modified occurrence is crossing or overlapping adjacent occurrence.");
    }

    private static DateOnly LocalDate(EventFields fields) => DateOnly.FromDateTime(fields.StartZone.Local(fields.Start).DateTime);
}
