using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.ExchangeSimulator.Mailboxes;
using CalendarZone = CleanSync.Domain.StaffCalendarLinks.CalendarZone;
using FreeBusy = CleanSync.ExchangeSimulator.Mailboxes.FreeBusy;

namespace CleanSync.Model.Histories;

/// <summary>What CleanSync promises of a state at rest (design, "What a change means"). Each answers with what breaks it.</summary>
internal sealed class Laws(World world, Picture picture)
{
    public IEnumerable<string> Broken() =>
    [
        .. world.Surprises.Select(s => $"an unhandled exception: {s}"),
        .. world.Watch.Broken,
        .. world.Office.Overwritten,
        .. world.People.Touched(uidsTell: !world.ExchangeGivesOwnUids),
        .. picture.Stopped.Select(s => $"an integration is {s}"),
        .. picture.Open().Select(o => $"still open: {o}"),
        .. SimulatedOffice.Staff.SelectMany(ExternalEventsAreEqual),
        .. SimulatedOffice.Staff.SelectMany(AppointmentsAreThereOnce),
        .. SimulatedOffice.Staff.SelectMany(FormerCalendarsHoldNothingOfOurs),
        .. NobodyIsTakenOffAnAppointmentButByThemselves(),
        .. WhatPeopleMadeIsUntouched(),
        .. SimulatedOffice.Staff.SelectMany(WhatStayedIsUntouched),
        .. picture.Rows.SelectMany(r => NoTitleIsStoredThatMayNotBe(r.Key, r.Value)),
        .. TheLaterWillCounts(),
        .. SimulatedOffice.Staff.SelectMany(TextsAreTheBookingProducts),
        .. SimulatedOffice.Staff.SelectMany(WhatIsThereIsNotKeptBesides),
    ];

    /// <summary>The staff's appointments that Outlook made series of; they keep their own time.</summary>
    private Dictionary<string, Appointment> BecameSeries(string member) => picture.Rows[member]
        .Where(r => r is { Kind: EventKind.Copy, ItemId: not null } && r.PushState is not PushState.Gone && world.Office.Mailbox(member)
            .Find(r.ItemId)?.Series is not null)
        .ToDictionary(r => r.ItemId!, r => picture.Appointments.Values.First(a => a.Id == r.AppointmentId));

    /// <summary>
    /// What is kept the same; while the clock is in doubt nothing is trimmed, and that reaches over what was read before it jumped.
    /// </summary>
    private SyncWindow WindowOf(string member)
    {
        var (link, zone) = (picture.Links[member], CalendarZone.FindOrUtc(SimulatedOffice.Zone(member)));
        var wanted = SyncWindow.At(world.Clock.GetUtcNow(), world.Admin.HorizonMonths, zone);
        return picture.ClockIsInDoubt && link is { WindowStart: { } start, WindowEnd: { } end }
            ? wanted with { Start = start < wanted.Start ? start : wanted.Start, End = end > wanted.End ? end : wanted.End }
            : wanted;
    }

    private IEnumerable<string> ExternalEventsAreEqual(string member)
    {
        var window = WindowOf(member);
        var copies = picture.Rows[member].Where(r => r.Kind is EventKind.Copy && r.PushState is not PushState.Gone)
            .Select(r => r.ItemId)
            .ToHashSet(StringComparer.Ordinal);
        var series = BecameSeries(member);
        var there = world.Office.Mailbox(member).View(window.Start, window.End)
            .Where(e => !copies.Contains(e.ItemId) && Counts(e.Fields) && window.Overlaps(e.Fields.Start, e.Fields.End))
            .Where(e => e.MasterId is null || !series.TryGetValue(e.MasterId, out var appointment)
                || appointment.Times.Start != e.Fields.Start || appointment.Times.End != e.Fields.End)
            .Select(e => Line(e.OriginalStart is { } slot ? $"{e.Uid}|{slot:u}" : e.ItemId, e.Fields.Start, e.Fields.End, e.Fields.IsAllDay,
                e.Fields.Sensitivity is Sensitivity.Normal && Titles ? e.Fields.Subject : null))
            .ToList();
        var here = picture.Rows[member].Where(r => r.Kind is EventKind.External && !IsKept(member, r))
            .Select(r => Line(r.OriginalStart is { } slot ? $"{r.Uid}|{slot:u}" : r.ItemId!, r.Times!.Start, r.Times.End, r.Times.IsAllDay,
                r.Title))
            .ToList();
        return [.. there.Except(here).Select(l => $"{member}: only in Exchange: {l}"), .. here.Except(there)
            .Select(l => $"{member}: only in CleanSync: {l}"),
            .. here.GroupBy(l => l).Where(g => g.Count() > 1).Select(g => $"{member}: doubled in CleanSync: {g.Key}")];
    }

    /// <summary>It left Exchange, and somebody said that it goes on blocking time here until it passes.</summary>
    private bool IsKept(string member, SyncedEvent row) =>
        row.Hold is RemovalHold.Kept
            && row.Times!.End > world.Clock.GetUtcNow()
            && world.Admin.HasKept.Contains(member)
            && (row.ItemId is null || world.Office.Mailbox(member).Find(row.ItemId)?.FolderName is not "calendar");

    private bool Titles => world.Admin.TitlesAreShown;

    private IEnumerable<string> AppointmentsAreThereOnce(string member)
    {
        var mailbox = world.Office.Mailbox(member);
        var window = WindowOf(member);
        var pastes = world.People.Made.Where(m => m.Staff == member).Select(m => m.ItemId).ToHashSet(StringComparer.Ordinal);
        foreach (var (number, appointment) in picture.Appointments)
        {
            var rows = picture.Rows[member].Where(r => r.AppointmentId == appointment.Id).ToList();
            var live = rows.Where(r => r.PushState is not PushState.Gone).ToList();
            var tags = rows.Select(r => r.Id.ToString("D")).ToHashSet(StringComparer.Ordinal);
            var items = mailbox.Calendar.Where(i => Tags.Of(i) is { } tag && tags.Contains(tag)).ToList();
            var isWanted = appointment.Wants(member);
            var mayBeMissing = appointment.Times.End <= world.Clock.GetUtcNow()
                && (world.People.TookAway.Contains((member, number)) || world.Admin.CopiesRemoved.ContainsKey(member));
            var name = $"{member}: A{number} ({appointment.Status} for {string.Join(',', appointment.StaffIds)})";
            if (live.Count > (isWanted ? 1 : 0) || (isWanted && live.Count == 0 && !mayBeMissing))
                yield return $"{name} has {live.Count} live copies of {rows.Count}";
            foreach (var copy in live)
            {
                var item = items.Find(i => i.ItemId == copy.ItemId);
                // Outside the window, and at the times of a series, nothing is looked for: it may have come and gone without any report.
                if (item is null
                    && world.People.HadLateReports
                    && (copy.BecameSeries || !window.Overlaps(appointment.Times.Start, appointment.Times.End))) continue;
                if (item is null)
                    yield return $"{name} is {copy.PushState} as {copy.ItemId}, which lies in {(copy.ItemId is null ? null : mailbox.Find(copy.ItemId)?.FolderName) ?? "nothing"}";
                else if (item.Series is null && !Same(item.Fields, appointment.Times))
                    yield return $"{name} is at {appointment.Times.Start:u} to {appointment.Times.End:u}, its copy at {item.Fields.Start:u} to {item.Fields.End:u}";
            }

            var extra = items.Where(i => live.All(c => c.ItemId != i.ItemId) && !pastes.Contains(i.ItemId)).ToList();
            // What Outlook made a series of is its owner's once the appointment has gone from it, and stays theirs when they make it
            // single again (rules C10): it must stay (WhatStayedIsUntouched), and is mirrored like any event of theirs.
            extra.RemoveAll(i => rows.Any(r => r.LeftSeries == i.Uid));
            // Where Exchange gives UIDs of its own, a copy that is taken away and brought back before it was ever read is its owner's
            // event, mirrored while it lies in the window.
            if (world.ExchangeGivesOwnUids)
                extra.RemoveAll(i => !window.Overlaps(i.Fields.Start, i.Fields.End) || !Counts(i.Fields) || picture.Rows[member]
                    .Any(r => r.Kind is not EventKind.Copy && r.ItemId == i.ItemId));
            // Where a delegate may not see private items, one that comes back under a new id is its owner's event, or series.
            if (world.Office.HidPrivateItems) extra.RemoveAll(i => i.Fields.Sensitivity is not Sensitivity.Normal && IsMirrored(i));
            // A second delivery that its owner moved before we knew it, or restored after we removed it, is their own event; so is one that
            // a later page, or a feed that lagged, told long after the first was read: a person may have copied that one whole.
            var isToldLate = world.PagesAreShort || world.People.HadLateReports;
            if (world.SawDoubleDelivery) extra.RemoveAll(i => IsOfTwo(i) && (isToldLate || world.People.Handled.Contains(i.ItemId)));
            bool IsMirrored(CalendarEntry i) => !window.Overlaps(i.Fields.Start, i.Fields.End)
                || picture.Rows[member].Any(r => r.Kind is EventKind.External or EventKind.Series && r.ItemId == i.ItemId);
            if (extra.Count > 0)
                yield return $"{name} has {extra.Count} more items in Exchange: {string.Join(", ", extra.Select(i => i.ItemId))}";
        }
    }

    /// <summary>
    /// What nobody touched there since. A second delivery that was never read stays, and so does what a restored backup does not know, if
    /// the server gave it a UID of its own, so that it cannot be told from somebody's paste, or could not give it when it was looked for. A
    /// calendar that came after the backup and went before it was restored is known to nobody.
    /// </summary>
    private IEnumerable<string> FormerCalendarsHoldNothingOfOurs(string member)
    {
        // What cannot be given while its calendar is replaced with all its ids is not found again.
        if (world.People.HadDamage && world.People.HadFoldersMigrated) return [];
        if (world.SawDoubleDelivery || ((world.ExchangeGivesOwnUids || world.People.HadDamage) && world.HadBackupRestored)) return [];
        // Where Exchange gives UIDs of its own, a copy that gets a new id before it was ever read is its owner's event.
        if (world.ExchangeGivesOwnUids && world.People.HadMigration) return [];
        // And its owner's paste of a copy that was never read cannot be told from it: then both stay.
        if (world.ExchangeGivesOwnUids && world.People.Made.Any(m => m.Staff == member)) return [];
        var made = world.People.Made.Where(m => m.Staff == member).Select(m => m.ItemId).ToHashSet(StringComparer.Ordinal);
        var ours = picture.Rows[member].Where(r => r.Kind is EventKind.Copy)
            .Select(r => r.Id.ToString("D"))
            .ToHashSet(StringComparer.Ordinal);
        // A folder that was the calendar once, and whose id went with the mailbox's former GUID, is found by nobody.
        var items = world.Office.Calendars(member).InFormer(replacedToo: !world.People.HadFoldersMigrated);
        return items.Where(i => i.Series is null && Tags.Of(i) is { } tag && ours.Contains(tag) && !made.Contains(i.ItemId)
            && !world.People.Handled.Contains(i.ItemId) && !MayBeAPaste(i))
            .Select(i => $"{member}: {i.ItemId} is still in {i.FolderName}, which their calendar was before");

        // There, what a create made whose answer never came looks like its owner's paste of something that is gone: both carry the
        // attempt and a UID that no answer ever named.
        bool MayBeAPaste(CalendarEntry item) => world.ExchangeGivesOwnUids
            && picture.Rows[member].SelectMany(r => r.Attempts).Any(a => !a.UidIsTold && a.Id.ToString("D") == Tags.AttemptOf(item));
    }

    /// <summary>One of the two items of a create that was delivered twice, also where its copy was written anew since.</summary>
    private bool IsOfTwo(CalendarEntry item) => Tags.AttemptOf(item) is { } attempt && world.Office.MadeTwice.Contains(attempt);

    private IEnumerable<string> NobodyIsTakenOffAnAppointmentButByThemselves()
    {
        foreach (var (number, staff) in world.Product.BookedFor)
        {
            var appointment = picture.Appointments[number];
            if (world.Product.Cancelled.Contains(number))
            {
                if (appointment.IsBooked) yield return $"A{number} was cancelled and is booked";
                continue;
            }

            if (world.Product.PerhapsCancelled.Contains(number) && appointment.Status is AppointmentStatus.Cancelled) continue;
            foreach (var member in staff.Where(m => !world.People.TookAway.Contains((m, number)) && !appointment.Wants(m)))
                yield return $"A{number} lost {member}, who deleted nothing ({appointment.Status})";
            foreach (var member in appointment.StaffIds.Where(m => !staff.Contains(m)
                && !world.Product.PerhapsFor.GetValueOrDefault(number, []).Contains(m) && !world.People.TookAway.Contains((m, number))))
                yield return $"A{number} is booked for {member}, whom the booking product took off";
        }
    }

    private IEnumerable<string> WhatPeopleMadeIsUntouched()
    {
        foreach (var made in world.People.Made.Where(m => m.Folder is not null))
        {
            var item = world.Office.Find(made.Staff, made.ItemId);
            if (item?.FolderName != made.Folder)
                yield return $"{made.Staff}: {made.Thing} was left in {made.Folder} and is in {item?.FolderName ?? "nothing"}";
        }
    }

    private IEnumerable<string> WhatStayedIsUntouched(string member)
    {
        var stayed = picture.Rows[member].Select(r => r.LeftSeries).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return world.Office.Mailbox(member).ItemsIn("deleteditems")
            .Where(i => stayed.Contains(i.Uid) && !world.People.Handled.Contains(i.ItemId))
            .Select(i => $"{member}: {i.ItemId} stayed with its owner when its appointment went, and was deleted");
    }

    private IEnumerable<string> NoTitleIsStoredThatMayNotBe(string member, IEnumerable<SyncedEvent> rows) => rows
        .Where(r => r.Kind is not EventKind.Copy && (r.IsPrivate || !Titles || r.Kind is EventKind.Series)
            && (r.Title ?? r.Location) is not null)
        .Select(r => $"{member}: a title or place of {r.Identity} is stored");

    /// <summary>An appointment is when the booking product last said, unless a person changed its times in Outlook since.</summary>
    private IEnumerable<string> TheLaterWillCounts() => world.HadBackupRestored ? [] : world.Product.Times
        .Where(t => !world.People.Retimed.Contains(t.Key) && !(world.ExchangeGivesOwnUids && IsPasted(t.Key))
            && picture.Appointments[t.Key] is { } a && (a.Times.Start != t.Value.From || a.Times.End != t.Value.To))
        .Select(t => $"A{t.Key} was moved to {t.Value.From:u} by the booking product and by nobody since, and is at {picture.Appointments[t.Key].Times.Start:u}");

    private bool IsPasted(int number) =>
        world.People.Pasted(
            picture.Rows.Values.SelectMany(rows => rows).Where(r => r.AppointmentId == picture.Appointments[number].Id).Select(r => r.Id));

    /// <summary>A copy has its appointment's title, unless a person gave it another since the booking product did.</summary>
    private IEnumerable<string> TextsAreTheBookingProducts(string member)
    {
        if (world.HadBackupRestored) yield break;
        foreach (var (number, appointment) in picture.Appointments.Where(a => !world.People.Renamed.Contains(a.Key)
            && !(world.ExchangeGivesOwnUids && IsPasted(a.Key))))
        {
            foreach (var copy in picture.Rows[member]
                .Where(r => r.AppointmentId == appointment.Id && r is { ItemId: not null, BecameSeries: false }
                    && r.PushState is not PushState.Gone))
            {
                if (world.Office.Mailbox(member).Find(copy.ItemId!) is { Series: null } item && item.Fields.Subject != appointment.Title)
                    yield return $"{member}: A{number} is called {appointment.Title}, and its copy {item.Fields.Subject}";
            }
        }
    }

    /// <summary>
    /// A single event that is in the calendar is one row, nothing to be brought back, and its title is nowhere if it is private.
    /// </summary>
    private IEnumerable<string> WhatIsThereIsNotKeptBesides(string member)
    {
        var window = WindowOf(member);
        var there = world.Office.Mailbox(member).Calendar
            .Where(e => e.Series is null && Tags.Of(e) is null && Counts(e.Fields) && window.Overlaps(e.Fields.Start, e.Fields.End))
            .ToLookup(e => e.Uid);
        foreach (var row in picture.Rows[member]
            .Where(r => r is { Kind: EventKind.External, OriginalStart: null, Hold: not null, Uid: { } uid } && there[uid].Any()))
            yield return $"{member}: {row.Identity} is {row.Hold} although its event is in the calendar";
        foreach (var (removed, restorable) in picture.Removals[member]
            .Where(r => r.Removed.Event is { AppointmentId: null, OriginalStart: null, Uid: not null }))
        {
            if (restorable && there[removed.Event.Uid!].Any())
                yield return $"{member}: {removed.Event.Identity} can be brought back although it is in the calendar";
        }

        foreach (var (removed, _) in picture.Removals[member]
            .Where(r => r.Removed.Event is { AppointmentId: null, Uid: not null, Title: not null }))
        {
            var uid = removed.Event.Uid;
            if (picture.Rows[member].Any(r => r.Uid == uid && r.IsPrivate))
                yield return $"{member}: the title of a removal of {uid} is kept, which is private";
        }
    }

    private static bool Same(EventFields fields, EventTimes times) =>
        fields.IsAllDay == times.IsAllDay && fields.Start == times.Start && fields.End == times.End;

    private static bool Counts(EventFields fields) =>
        fields.FreeBusy is not (FreeBusy.Free or FreeBusy.WorkingElsewhere) && !fields.IsCancelled && fields.End > fields.Start;

    private static string Line(
        string identity,
        DateTimeOffset start,
        DateTimeOffset end,
        bool allDay,
        string? title) =>
        $"{identity} {start:u} {end:u}{(allDay ? " all day" : "")} {title}";
}
