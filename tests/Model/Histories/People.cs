using CleanSync.Domain.SyncedEvents;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using FreeBusy = CleanSync.ExchangeSimulator.Mailboxes.FreeBusy;

namespace CleanSync.Model.Histories;

/// <summary>The people in Outlook: carries out what they do, and remembers what they made and took away.</summary>
internal sealed class People(SimulatedOffice office, DateTimeOffset start)
{
    private readonly Dictionary<(string Staff, string Thing), Possession> things = [];
    private readonly Dictionary<(string Staff, int Number), int> unnoticed = [];
    private readonly List<(Mailbox Mailbox, string ItemId)> damaged = [];
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);
    private bool hadCalendarsReplaced;
    private int titles;

    /// <summary>Everything that a person made: an event, a series, or a paste.</summary>
    public IEnumerable<Possession> Made => things.Values.Where(t => t.WasMade);

    /// <summary>Copies of appointments that a person took out of their calendar at least once.</summary>
    public HashSet<(string Staff, int Number)> TookAway { get; } = [];

    public async Task Do(Operation operation, World world)
    {
        try
        {
            switch (operation)
            {
                case Operation.Add add:
                    Keep(
                    add.Staff, add.Thing, office.Mailbox(add.Staff).Person.Adds(Draft(add.Event, add.Thing))); break;
                case Operation.AddSeries add: AddSeries(add); break;
                case Operation.Outlook deed: await Act(deed, world); break;
                case Operation.EmptyCalendar empty: await Empty(empty.Staff, world); break;
                case Operation.Corrupt corrupt: await Corrupt(corrupt, world); break;
                case Operation.LateReports late:
                    office.Mailbox(late.Staff).Reports = late.AreLate
                    ? ChangeReports.Late
                    : ChangeReports.AtOnce; HadLateReports |= late.AreLate; break;
                case Operation.ReplaceCalendar replace: ReplaceCalendar(replace.Staff); break;
                case Operation.Misread misread: await Misread(misread, world); break;
                case Operation.Migrate migrate: Migrate(migrate); break;
            }
        }
        catch (EwsRefusedException refused)
        {
            world.Trace?.Invoke($"  refused: {refused.Code}");
        }
    }

    /// <summary>What people made and CleanSync asked Exchange to change or delete.</summary>
    /// <param name="uidsTell">Whether a paste of a copy can be told from it: not where Exchange gives UIDs of its own and the copy was
    /// never read.</param>
    public IEnumerable<string> Touched(bool uidsTell) => made
        .Where(m => office.Written.Contains(m.Key) && (uidsTell || Made.All(t => t.ItemId != m.Key || t.Tag is null)))
        .Select(m => $"CleanSync wrote to {m.Value}, which somebody made");

    /// <summary>Whether somebody pasted a copy of the appointment.</summary>
    public bool Pasted(IEnumerable<Guid> copies) => Made.Any(t => t.Tag is { } tag && copies.Any(c => c.ToString("D") == tag));

    public bool HadDamage => damaged.Count > 0;

    /// <summary>A mailbox got a new GUID at least once.</summary>
    public bool HadFoldersMigrated { get; private set; }

    /// <summary>The items of a mailbox got new ids.</summary>
    public bool HadMigration { get; private set; }

    /// <summary>A change feed was late at least once.</summary>
    public bool HadLateReports { get; private set; }

    /// <summary>The ids of the items that a person did something with, before and after.</summary>
    public HashSet<string> Handled { get; } = new(StringComparer.Ordinal);

    /// <summary>The id of something in the staff member's calendar; null when it is not there.</summary>
    public Task<string?> InCalendar(string staff, string thing, World world) => Find(staff, thing, "calendar", world);

    /// <summary>Copies of appointments whose times a person changed in Outlook, and the booking product not since.</summary>
    public HashSet<int> Retimed { get; } = [];

    /// <summary>Copies of appointments that a person gave another title, and the booking product not since.</summary>
    public HashSet<int> Renamed { get; } = [];

    /// <summary>
    /// Their owner declined it through CleanSync: Exchange put it into Deleted Items, or took the occurrence out of its series.
    /// </summary>
    public void Declined(string staff, string thing)
    {
        if (!things.TryGetValue((staff, thing), out var known) || office.Mailbox(staff).Find(known.ItemId) is not null) return;
        things.Remove((staff, thing));
    }

    /// <summary>The id under which a thing is found by someone who looks for it in that folder; null when they do not find it.</summary>
    private async Task<string?> Find(string staff, string thing, string folder, World world)
    {
        var mailbox = office.Mailbox(staff);
        if (things.TryGetValue((staff, thing), out var known) && mailbox.Find(known.ItemId)?.FolderName == folder) return known.ItemId;
        if (thing[0] != 'A' || !world.Product.Appointments.TryGetValue(Number(thing), out var appointment)) return null;
        var tags = (await world.Node.Get<ISyncedEventRepository>().CopiesOf([appointment], default))
            .Where(c => c.LinkId == world.Links[staff]).Select(c => c.Id.ToString("D")).ToHashSet(StringComparer.Ordinal);
        var pastes = Made.Where(t => t.Staff == staff).Select(t => t.ItemId).ToHashSet(StringComparer.Ordinal);
        return mailbox.ItemsIn(folder).Where(i => Tags.Of(i) is { } tag && tags.Contains(tag) && !pastes.Contains(i.ItemId))
            .Select(i => i.ItemId).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private async Task Act(Operation.Outlook deed, World world)
    {
        var folder = deed.Deed switch { Deed.Restore => "deleteditems", Deed.MoveBack => "Other Calendar", _ => "calendar" };
        if (await Find(deed.Staff, deed.Thing, folder, world) is not { } whole) return;
        var mailbox = office.Mailbox(deed.Staff);
        Handled.Add(whole);
        var id = whole;
        if (deed.Slot is { } slot)
        {
            if (Occurrence(mailbox, whole, slot) is not { } occurrence) return;
            id = occurrence;
        }

        var found = mailbox.Find(id);
        if (found is null) return;
        if (deed.Thing[0] == 'A') NoteEdit(Number(deed.Thing), deed.Deed);
        var person = mailbox.Person;
        switch (deed.Deed)
        {
            case Deed.Move: person.Moves(id, found.Fields.Start.AddMinutes(deed.Amount)); break;
            case Deed.Rename: person.Renames(id, $"Secret {deed.Thing} {++titles}"); break;
            case Deed.Lengthen: person.Lengthens(id, TimeSpan.FromMinutes(15)); break;
            case Deed.MakePrivate: person.MakesPrivate(id); break;
            case Deed.MakeNormal: person.MakesNormal(id); break;
            case Deed.ShowFree: person.Shows(id, FreeBusy.Free); break;
            case Deed.ShowBusy: person.Shows(id, FreeBusy.Busy); break;
            case Deed.ShowTentative: person.Shows(id, FreeBusy.Tentative); break;
            case Deed.ShowElsewhere: person.Shows(id, FreeBusy.WorkingElsewhere); break;
            case Deed.Touch: person.Touches(whole); break;
            case Deed.MakeZeroLength: person.Edits(id, new EventEdit { End = found.Fields.Start, IsAllDay = false }); break;
            case Deed.SeeCancelled: person.SeesCancelled(id); break;
            case Deed.SeeReinstated: person.SeesCancelled(id, false); break;
            case Deed.MakeAllDay: person.Edits(id, new EventEdit { IsAllDay = true }); break;
            case Deed.Copy: Keep(deed.Staff, deed.NewThing!, person.Copies(id)); break;
            case Deed.TurnIntoSeries:
                person.TurnsIntoSeries(
                id, new DailyPattern(1 + (deed.Amount % 3)), occurrences: 2 + (deed.Amount % 4)); break;
            case Deed.TurnIntoSingle: person.TurnsIntoSingle(id); break;
            case Deed.EndSeries:
                person.EndsSeries(
                id, DateOnly.FromDateTime(found.Fields.StartZone.Local(found.Fields.Start).DateTime).AddDays(deed.Amount)); break;
            default: TakeOrBring(deed, person, id, whole != id); break;
        }
    }

    private void TakeOrBring(Operation.Outlook deed, Person person, string id, bool isOccurrence)
    {
        var thing = deed.Thing[0] == 'A' ? null : Known(deed);
        switch (deed.Deed)
        {
            case Deed.Delete or Deed.HardDelete when isOccurrence:
                person.Deletes(id);
                return;
            case Deed.Delete: Now(person.Deletes(id), "deleteditems"); break;
            case Deed.Accept: Now(person.Accepts(id), "calendar"); break;
            case Deed.MoveToOtherFolder: Now(person.MovesToFolder(id, "Other Calendar"), "Other Calendar"); break;
            case Deed.Restore: Now(person.Restores(id), "calendar"); break;
            case Deed.AwayAndBack:
                var away = person.MovesToFolder(id, "Other Calendar");
                Now(away, "Other Calendar");
                Now(person.MovesToFolder(away, "calendar"), "calendar");
                break;
            case Deed.MoveBack: Now(person.MovesToFolder(id, "calendar"), "calendar"); break;
            case Deed.HardDelete:
                person.HardDeletes(id);
                Now(id, null);
                break;
        }

        void Now(string itemId, string? folder)
        {
            Handled.Add(itemId);
            if (thing is null) NoteWhere(deed.Staff, Number(deed.Thing), isHome: folder is "calendar");
            if (thing is { WasMade: true }) made[itemId] = deed.Thing;
            things[(deed.Staff, deed.Thing)] = (
                thing ?? new Possession(deed.Staff, deed.Thing, itemId, folder, null, false)) with
            { ItemId = itemId, Folder = folder };
        }
    }

    private void NoteEdit(int number, Deed deed)
    {
        if (deed is Deed.Rename) Renamed.Add(number);
        if (deed is Deed.Move or Deed.Lengthen or Deed.MakeZeroLength or Deed.MakeAllDay or Deed.TurnIntoSeries or Deed.TurnIntoSingle
            or Deed.EndSeries) Retimed.Add(number);
    }

    private async Task Misread(Operation.Misread misread, World world)
    {
        // An item that cannot be given, under an id that is refused, is in no answer at all.
        if (await InCalendar(misread.Staff, misread.Thing, world) is not { } id || damaged.Contains((office.Mailbox(misread.Staff), id)))
            return;
        office.Mailbox(misread.Staff).AnswersOddly(id, misread.Code, misread.Times);
        refused.Add(id);
        world.HasPlayed($"misread {misread.Code}");
    }

    private void Migrate(Operation.Migrate migrate)
    {
        var mailbox = office.Mailbox(migrate.Staff);
        var ids = mailbox.GivesNewIds(migrate.Code, migrate.FoldersToo);
        HadMigration = true;
        HadFoldersMigrated |= migrate.FoldersToo;
        foreach (var (key, thing) in things.Where(t => t.Key.Staff == migrate.Staff).ToList())
        {
            if (ids.TryGetValue(thing.ItemId, out var now)) things[key] = thing with { ItemId = now };
        }

        foreach (var (before, now) in ids)
        {
            if (made.TryGetValue(before, out var thing)) made[now] = thing;
            if (Handled.Contains(before)) Handled.Add(now);
            for (var i = 0; i < damaged.Count; i++) if (damaged[i] == (mailbox, before)) damaged[i] = (mailbox, now);
        }
    }

    /// <summary>A copy that comes back before CleanSync has looked was never away.</summary>
    private void NoteWhere(string staff, int number, bool isHome)
    {
        if (isHome && unnoticed.Remove((staff, number), out var calls) && calls == office.Calls(staff)) TookAway.Remove((staff, number));
        else if (!isHome && TookAway.Add((staff, number))) unnoticed[(staff, number)] = office.Calls(staff);
    }

    /// <summary>Deletes everything that is still ahead, series whole.</summary>
    private async Task Empty(string staff, World world)
    {
        var mailbox = office.Mailbox(staff);
        var copies =
            (await world.Node.Get<ISyncedEventRepository>().OfLink(world.Links[staff], default)).Where(e => e.AppointmentId is not null)
                .ToDictionary(e => e.Id.ToString("D"), e => e.AppointmentId);
        foreach (var item in mailbox.Calendar.Where(i => i.Series is not null || i.Fields.End > world.Clock.GetUtcNow())
            .OrderBy(i => i.ItemId, StringComparer.Ordinal))
        {
            var known = things.FirstOrDefault(t => t.Key.Staff == staff && t.Value.ItemId == item.ItemId);
            var appointment = Tags.Of(item) is { } tag && known.Value is not { WasMade: true } ? copies.GetValueOrDefault(tag) : null;
            var number = world.Product.Appointments.FirstOrDefault(a => a.Value == appointment).Key;
            var name = known.Value?.Thing ?? (number > 0 ? $"A{number}" : null);
            var id = mailbox.Person.Deletes(item.ItemId);
            Handled.Add(id);
            if (name is null) continue;
            if (number > 0) NoteWhere(staff, number, isHome: false);
            if (known.Value is { WasMade: true }) made[id] = name;
            things[(staff, name)] = (
                known.Value ?? new Possession(staff, name, id, null, null, false)) with
            { ItemId = id, Folder = "deleteditems" };
        }
    }

    private async Task Corrupt(Operation.Corrupt corrupt, World world)
    {
        if (await InCalendar(corrupt.Staff, corrupt.Thing, world) is not { } id || refused.Contains(id)) return;
        var mailbox = office.Mailbox(corrupt.Staff);
        mailbox.Corrupt(
            id,
            new Corruption(
                corrupt.Damage is Damage.Answer ? null : "ErrorItemCorrupt",
                GivesTimes: corrupt.Damage is not Damage.Everything,
                corrupt.IsInViews));
        damaged.Add((mailbox, id));
    }

    /// <summary>Exchange can give everything again; false when it always could, and no calendar was replaced and no report late.</summary>
    public bool Mend()
    {
        foreach (var (mailbox, id) in damaged.Where(d => d.Mailbox.Find(d.ItemId) is not null)) mailbox.Corrupt(id, null);
        return damaged.Count > 0 || hadCalendarsReplaced || HadLateReports;
    }

    /// <summary>Everything lies in another folder by then. Nobody took a copy out of the calendar.</summary>
    private void ReplaceCalendar(string staff)
    {
        var mailbox = office.Mailbox(staff);
        var former = mailbox.ReplaceCalendar();
        office.Calendars(staff).Replaced(former);
        hadCalendarsReplaced = true;
        foreach (var (key, thing) in things.Where(t => t.Key.Staff == staff && t.Value.Folder == "calendar"
            && mailbox.Find(t.Value.ItemId) is not null).ToList()) things[key] = thing with { Folder = former };
    }

    private Possession? Known(Operation.Outlook deed) => things.GetValueOrDefault((deed.Staff, deed.Thing));

    private static string? Occurrence(Mailbox mailbox, string master, int number)
    {
        if (mailbox.Find(master) is not { Series: { } series } entry || series.SlotNumber(number) is not { } slot) return null;
        return mailbox.Person.OccurrenceId(master, Series.OriginalStart(entry.Fields, slot.Date));
    }

    private void AddSeries(Operation.AddSeries add)
    {
        var first = Draft(add.First, add.Thing);
        RecurrencePattern pattern = add.Series.Kind switch
        {
            SeriesKind.Daily => new DailyPattern(add.Series.Interval),
            SeriesKind.Weekly => new WeeklyPattern(add.Series.Interval, [first.Start.DayOfWeek, DayOfWeek.Thursday], DayOfWeek.Monday),
            SeriesKind.Weekdays =>
                new WeeklyPattern(
                    1, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], DayOfWeek.Monday),
            SeriesKind.Monthly => new MonthlyPattern(add.Series.Interval, 31),
            SeriesKind.LastFriday => new RelativeMonthlyPattern(add.Series.Interval, "Friday", "Last"),
            _ => new YearlyPattern(first.Start.Day, first.Start.Month),
        };
        Keep(add.Staff, add.Thing, office.Mailbox(add.Staff).Person.AddsSeries(first, pattern, add.Series.Occurrences));
    }

    private EventDraft Draft(EventShape shape, string thing)
    {
        var from = start.AddMinutes(shape.Minute);
        return new EventDraft($"Secret {thing} {++titles}", from, from.AddMinutes(shape.Length))
        {
            IsAllDay = shape.IsAllDay,
            TimeZoneId = shape.Zone,
            Sensitivity = shape.IsPrivate ? Sensitivity.Private : Sensitivity.Normal,
            FreeBusy = shape.IsFree ? FreeBusy.Free : FreeBusy.Busy,
            Location = $"Secret room of {thing}",
            Organizer = shape.IsInvitation ? "boss@contoso.example" : null,
        };
    }

    private void Keep(string staff, string thing, string itemId)
    {
        made[itemId] = thing;
        things[(staff, thing)] = new Possession(staff, thing, itemId, "calendar", Tags.Of(office.Mailbox(staff).Find(itemId)!), true);
    }

    private static int Number(string thing) => int.Parse(thing.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Something in a mailbox, and where its owner left it.</summary>
/// <param name="Folder">Null when its owner deleted it for good.</param>
/// <param name="Tag">Of a paste of an appointment's copy: the tag that was pasted along.</param>
/// <param name="WasMade">A person made it; otherwise CleanSync did, and the person only took or brought it.</param>
internal sealed record Possession(
    string Staff,
    string Thing,
    string ItemId,
    string? Folder,
    string? Tag,
    bool WasMade);

/// <summary>CleanSync's own named properties on an item.</summary>
internal static class Tags
{
    private const string Set = "6d0a4d2e-7c53-4b0e-9d51-1f0c2a6e8b34";

    public static string? Of(CalendarEntry entry) => entry.Fields.ExtendedText(Set, "CleanSyncId");

    public static string? AttemptOf(CalendarEntry entry) => entry.Fields.ExtendedText(Set, "CleanSyncAttempt");
}
