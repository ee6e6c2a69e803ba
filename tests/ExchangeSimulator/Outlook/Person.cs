using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Outlook;

/// <summary>
/// The owner of a mailbox working in Outlook. Every action names an item by its id and gives the id under which the item
/// is found afterwards; an occurrence's id works wherever Outlook offers the action for one occurrence. Throws EwsRefusedException
/// when the item is gone or the change is not possible.
/// </summary>
public sealed class Person
{
    private readonly Mailbox _mailbox;

    internal Person(Mailbox mailbox) => _mailbox = mailbox;

    public string Adds(EventDraft draft) => AddsTo("calendar", draft, null);

    /// <summary>A series in the zone of its first event; the range begins on that event's date.</summary>
    public string AddsSeries(EventDraft first, RecurrencePattern pattern, int? occurrences = null, DateOnly? until = null) =>
        AddsTo("calendar", first, new Series(pattern, Range(Fields(first), occurrences, until)));

    public void Edits(string id, EventEdit edit) => Act(id, entry => _mailbox.Edit(entry, _mailbox.SmtpAddress, edit.Apply));

    /// <summary>Another start, the same length.</summary>
    public void Moves(string id, DateTimeOffset start) => Edits(id, new EventEdit { Start = start });

    public void Moves(string id, DateTimeOffset start, DateTimeOffset end) => Edits(id, new EventEdit { Start = start, End = end });

    public void Renames(string id, string subject) => Edits(id, new EventEdit { Subject = subject });

    public void Lengthens(string id, TimeSpan by) =>
        Act(id, entry => _mailbox.Edit(entry, _mailbox.SmtpAddress, f => f with { End = f.End + by }));

    public void Relocates(string id, string location) => Edits(id, new EventEdit { Location = location });

    public void MakesPrivate(string id) => Edits(id, new EventEdit { Sensitivity = Sensitivity.Private });

    public void MakesNormal(string id) => Edits(id, new EventEdit { Sensitivity = Sensitivity.Normal });

    public void Shows(string id, FreeBusy status) => Edits(id, new EventEdit { FreeBusy = status });

    /// <summary>Invites somebody, which makes a meeting of the event.</summary>
    public void Invites(string id, string address) =>
        Act(
            id,
            entry =>
                _mailbox.Edit(
                    entry,
                    _mailbox.SmtpAddress,
                    f => f with { RequiredAttendees = f.RequiredAttendees.Add(new Participant(address, address)) }));

    /// <summary>Cancels or reinstates a meeting on this attendee's copy.</summary>
    public void SeesCancelled(string id, bool cancelled = true) =>
        Act(id, entry => _mailbox.Edit(entry, _mailbox.SmtpAddress, f => f with { IsCancelled = cancelled }));

    /// <summary>A write without a visible change, as the calendar assistants make.</summary>
    public void Touches(string id) => Act(id, entry => { _mailbox.Touch(Whole(entry), _mailbox.SmtpAddress); return entry; });

    /// <summary>Deletes to Deleted Items and gives the id there; an occurrence just leaves its series.</summary>
    public string Deletes(string id) => Act(id, entry =>
    {
        if (entry.Slot is null) return _mailbox.Move(Whole(entry), _mailbox.Distinguished("deleteditems")).Snapshot();
        _mailbox.DeleteOccurrence(entry, _mailbox.SmtpAddress);
        return entry;
    });

    public string Restores(string deletedId) => MovesToFolder(deletedId, "calendar");

    /// <summary>Accepts an invitation as Outlook does: it is deleted and made anew, under another id and with the same UID.</summary>
    public string Accepts(string id) => Act(id, entry =>
    {
        var anew = _mailbox.Move(Whole(entry), _mailbox.Distinguished("calendar"));
        _mailbox.Change(anew, anew.Fields with { MyResponse = "Accept", FreeBusy = FreeBusy.Busy }, anew.Series, _mailbox.SmtpAddress);
        return anew.Snapshot();
    });

    /// <summary>Copies within the calendar; extended properties are copied too, the UID is new.</summary>
    public string Copies(string id) => Act(id, entry =>
        _mailbox.Create(
            _mailbox.Distinguished("calendar"),
            entry.Fields,
            entry.Slot is null ? entry.Series : null,
            null,
            _mailbox.SmtpAddress,
            _mailbox.Item(entry.MasterId ?? entry.ItemId)).Snapshot());

    /// <summary>Deletes for good.</summary>
    public void HardDeletes(string id) => Act(id, entry =>
    {
        if (entry.Slot is null) _mailbox.Remove(Whole(entry));
        else _mailbox.DeleteOccurrence(entry, _mailbox.SmtpAddress);
        return entry;
    });

    /// <summary>Moves to the folder of that distinguished or display name, such as "Other Calendar" or "calendar".</summary>
    public string MovesToFolder(string id, string folder) =>
        Act(id, entry => _mailbox.Move(Whole(entry), _mailbox.Named(folder)).Snapshot());

    public void ChangesOccurrence(string masterId, DateTimeOffset originalStart, EventEdit edit) =>
        Edits(OccurrenceId(masterId, originalStart), edit);

    public void DeletesOccurrence(string masterId, DateTimeOffset originalStart) => Deletes(OccurrenceId(masterId, originalStart));

    /// <summary>The id of the occurrence that the pattern puts at that instant; throws when there is none.</summary>
    public string OccurrenceId(string masterId, DateTimeOffset originalStart)
    {
        lock (_mailbox.Gate)
        {
            var master = _mailbox.Item(masterId) ?? throw EwsRefusedException.ItemNotFound();
            var slot = DateOnly.FromDateTime(master.Fields.StartZone.Local(originalStart).DateTime);
            var entry = master.Series is null ? null : _mailbox.Entry(WireIds.Occurrence(masterId, slot));
            return entry?.OriginalStart == originalStart ? entry.ItemId : throw EwsRefusedException.ItemNotFound();
        }
    }

    public void TurnsIntoSeries(string id, RecurrencePattern pattern, int? occurrences = null, DateOnly? until = null) => Act(id, entry =>
    {
        var item = Whole(entry);
        _mailbox.Change(item, item.Fields, new Series(pattern, Range(item.Fields, occurrences, until)), _mailbox.SmtpAddress);
        return item.Snapshot();
    });

    /// <summary>Makes a series a single event again, at the master's first start.</summary>
    public void TurnsIntoSingle(string id) => Act(id, entry =>
    {
        var item = Whole(entry);
        _mailbox.Change(item, item.Fields, null, _mailbox.SmtpAddress);
        return item.Snapshot();
    });

    /// <summary>The series takes place for the last time on that date or before.</summary>
    public void EndsSeries(string masterId, DateOnly lastDate) => Act(masterId, entry =>
    {
        var item = Whole(entry);
        var series = item.Series ?? throw EwsRefusedException.ItemNotFound();
        var gone = series.Exceptions.Keys.Where(d => d > lastDate);
        _mailbox.Change(item, item.Fields, series with
        {
            Range = series.Range with { EndDate = lastDate, Count = null },
            Exceptions = series.Exceptions.RemoveRange(gone),
            Deleted = series.Deleted.Except(series.Deleted.Where(d => d > lastDate)),
        }, _mailbox.SmtpAddress);
        return item.Snapshot();
    });

    private string AddsTo(string folder, EventDraft draft, Series? series)
    {
        lock (_mailbox.Gate) return _mailbox.Create(_mailbox.Distinguished(folder), Fields(draft), series, null, _mailbox.SmtpAddress).Id;
    }

    private EventFields Fields(EventDraft draft)
    {
        var zone = draft.TimeZoneId is null
            ? _mailbox.Zone
            : CalendarZone.Find(draft.TimeZoneId) ?? throw new EwsRefusedException("ErrorTimeZone", "The time zone is unknown.");
        return new EventFields
        {
            Subject = draft.Subject,
            Start = draft.Start.ToUniversalTime(),
            End = draft.End.ToUniversalTime(),
            StartZone = zone,
            EndZone = zone,
            IsAllDay = draft.IsAllDay,
            Sensitivity = draft.Sensitivity,
            // until it is answered
            FreeBusy = draft is { Organizer: not null, FreeBusy: FreeBusy.Busy } ? FreeBusy.Tentative : draft.FreeBusy,
            Location = draft.Location,
            Organizer = draft.Organizer is null ? null : new Participant(draft.Organizer, draft.Organizer),
            MyResponse = draft.Organizer is null ? "Organizer" : "NoResponseReceived",
        };
    }

    private static RecurrenceRange Range(EventFields fields, int? occurrences, DateOnly? until) =>
        new(DateOnly.FromDateTime(fields.StartZone.Local(fields.Start).DateTime), until, occurrences);

    private StoredItem Whole(CalendarEntry entry) =>
        entry.Slot is null
            ? _mailbox.Item(entry.ItemId)!
            : throw new EwsRefusedException("ErrorCalendarCannotUseIdForOccurrenceId", "This is not possible with one occurrence.");

    private string Act(string id, Func<CalendarEntry, CalendarEntry> action)
    {
        lock (_mailbox.Gate) return action(_mailbox.Entry(id) ?? throw EwsRefusedException.ItemNotFound()).ItemId;
    }
}
