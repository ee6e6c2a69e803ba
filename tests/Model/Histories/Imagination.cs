using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Model.Histories;

/// <summary>Thinks of what could happen next. Remembers roughly what exists, so that most operations meet something.</summary>
internal sealed class Imagination(Dice dice)
{
    private static readonly string?[] Zones =
        [null, null, "UTC", "Europe/Berlin", "America/Santiago", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo"];
    private static readonly Deed[] WithOne =
        [Deed.Move, Deed.Rename, Deed.Lengthen, Deed.ShowFree, Deed.ShowBusy, Deed.Delete, Deed.Delete, Deed.Copy, Deed.MakeZeroLength];
    private static readonly string[] Codes =
        ["ErrorItemNotFound", "ErrorInvalidIdMalformed", "ErrorInvalidId", "ErrorInvalidIdStoreObjectIdTooLong", "ErrorNonExistentMailbox"];
    private readonly List<Thing> things = [];
    private readonly List<Thing> pruned = [];
    private readonly List<string> appointments = [];
    private int named;
    private int days;

    public Operation Next() => dice.Next(113) switch
    {
        < 8 => Book(),
        < 13 => MoveOrCancel(),
        < 19 => Add(),
        < 22 => Series(),
        < 51 => Outlook(),
        < 60 => new Operation.Pass(Staff()),
        < 63 => new Operation.Push(Staff()),
        < 71 => new Operation.PushAnnounced(dice.OneIn(3)),
        < 78 => new Operation.Heartbeat(),
        < 83 => Wait(),
        < 84 => new Operation.Restart(),
        < 85 => dice.OneIn(3) ? new Operation.Horizon(dice.Between(1, 24)) : new Operation.ShowTitles(dice.OneIn(2)),
        < 86 => dice.OneIn(3) ? new Operation.Readdress(Staff()) : Enable(),
        < 92 => new Operation.TroubleAtCall(dice.Pick(Enum.GetValues<CallTrouble>()), dice.Next(6)),
        < 95 => new Operation.TroubleAtCommit(dice.Pick(Enum.GetValues<CommitTrouble>()), dice.Next(5)),
        < 100 => Meanwhile(),
        < 101 => new Operation.Elsewhere(Staff()),
        < 102 => new Operation.EmptyCalendar(Staff()),
        < 103 => new Operation.ReleaseHeld(Staff()),
        < 104 => dice.OneIn(2) ? new Operation.RejectHeld(Staff()) : new Operation.Undo(Staff()),
        < 106 => Corrupt(),
        < 107 => new Operation.LateReports(Staff(), dice.OneIn(2)),
        < 108 => dice.OneIn(3) ? new Operation.ReplaceCalendar(Staff()) : new Operation.EmptyCalendar(Staff()),
        < 109 => dice.OneIn(2) ? new Operation.Relocate(Staff(), dice.OneIn(2)) : new Operation.Readdress(Staff()),
        < 110 => dice.OneIn(2) ? new Operation.Backup() : new Operation.RestoreBackup(),
        < 112 => Misread(),
        < 113 when dice.OneIn(3) => new Operation.Migrate(Staff(), dice.Pick(Codes), dice.OneIn(2)),
        _ => Misread(),
    };

    private Operation.Book Book()
    {
        var number = ++named;
        appointments.Add($"A{number}");
        return new Operation.Book(number, ForWhom(number), Minute(), Length());
    }

    private string ForWhom(int number)
    {
        var several = SimulatedOffice.Staff.Where(_ => dice.OneIn(2)).DefaultIfEmpty(Staff()).ToList();
        foreach (var thing in several.Select(member => new Thing(member, $"A{number}", IsSeries: false)).Except(things).ToList())
        {
            things.Add(thing);
        }
        return string.Join(',', several);
    }

    private Operation MoveOrCancel()
    {
        if (appointments.Count == 0) return Book();
        var number = int.Parse(Recent(appointments).AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        return dice.Next(10) switch
        {
            < 2 => new Operation.CancelAppointment(number),
            < 4 => new Operation.ChangeStaff(number, ForWhom(number)),
            4 => new Operation.Describe(number, $"Visit {++named}"),
            _ => new Operation.MoveAppointment(number, Minute(), Length()),
        };
    }

    private Operation.Enable Enable() => dice.OneIn(3)
        ? new Operation.Enable(Staff(), false, dice.OneIn(2) ? CopiesDecision.Keep : CopiesDecision.Remove)
        : new Operation.Enable(Staff(), true);

    private Operation.AddSeries Series()
    {
        var (staff, name) = (Staff(), $"E{++named}");
        things.Add(new Thing(staff, name, IsSeries: true));
        var kind = dice.Pick(Enum.GetValues<SeriesKind>());
        var endless = dice.OneIn(6) && kind is not (SeriesKind.Daily or SeriesKind.Weekdays);
        return new Operation.AddSeries(
            staff,
            name,
            Shape() with { Length = Length() },
            new SeriesShape(kind, dice.Between(1, 3), endless ? null : dice.Between(2, 7)));
    }

    private Operation Outlook()
    {
        if (things.Count == 0) return Series();
        if (pruned.Count > 0 && dice.OneIn(20)) return Hide(Recent(pruned));
        var thing = Recent(things);
        if (dice.OneIn(12)) return new Operation.Respond(thing.Staff, thing.Name, dice.Pick(Enum.GetValues<MeetingReply>()), dice.OneIn(2));
        int? slot = thing.IsSeries && !dice.OneIn(3) ? dice.Between(1, 5) : null;
        var deed = slot is null ? dice.Pick(Enum.GetValues<Deed>()) : dice.Pick(WithOne);
        if (dice.OneIn(5)) deed = Deed.Move;
        if (deed is Deed.Delete && slot is not null) pruned.Add(thing);
        string? made = null;
        if (deed is Deed.Copy)
        {
            made = $"P{++named}";
            things.Add(new Thing(thing.Staff, made, thing.IsSeries && slot is null));
        }

        return new Operation.Outlook(thing.Staff, thing.Name, deed, Amount(deed), slot, made);
    }

    /// <summary>The rest of a series of which an occurrence was deleted becomes private: so does what is kept of that one.</summary>
    private Operation.Outlook Hide(Thing series)
    {
        pruned.RemoveAll(s => s == series);
        return new Operation.Outlook(series.Staff, series.Name, Deed.MakePrivate, 0, null, null);
    }

    private Operation Misread()
    {
        if (things.Count == 0) return Add();
        var thing = Recent(things);
        return new Operation.Misread(thing.Staff, thing.Name, dice.Pick(Codes), dice.Between(1, 3));
    }

    private Operation Corrupt()
    {
        if (things.Count == 0) return Add();
        var thing = Recent(things);
        return new Operation.Corrupt(thing.Staff, thing.Name, dice.Pick(Enum.GetValues<Damage>()), dice.OneIn(2));
    }

    private int Amount(Deed deed) =>
        deed is Deed.EndSeries ? dice.Between(0, 6) : dice.OneIn(4) ? dice.Between(1, 20) * 24 * 60 : dice.Between(1, 8) * 15;

    private Operation.Wait Wait()
    {
        var minutes = dice.Next(6) switch { < 2 => dice.Between(1, 4), < 5 => dice.Between(5, 180), _ => dice.Between(8, 40) * 60 };
        if (days + minutes > 20 * 24 * 60) minutes = 1;
        days += minutes;
        return new Operation.Wait(minutes);
    }

    private Operation.Meanwhile Meanwhile()
    {
        Operation what = dice.Next(10) switch
        {
            8 => Enable(),
            9 => dice.Next(4) switch
            {
                0 or 2 => new Operation.Undo(Staff()),
                1 => new Operation.Migrate(Staff(), dice.Pick(Codes), false),
                _ => Misread()
            },
            0 => Book(),
            1 or 2 => MoveOrCancel(),
            3 => new Operation.ShowTitles(dice.OneIn(2)),
            4 => new Operation.Elsewhere(Staff()),
            _ => Outlook(),
        };
        return new Operation.Meanwhile(what, dice.Next(8));
    }

    private Operation.Add Add()
    {
        var (staff, name) = (Staff(), $"E{++named}");
        things.Add(new Thing(staff, name, IsSeries: false));
        return new Operation.Add(staff, name, Shape());
    }

    private EventShape Shape() => dice.OneIn(5)
        ? new EventShape(Minute(), dice.Between(1, 3) * 24 * 60, IsAllDay: true, dice.Pick(Zones), dice.OneIn(6), dice.OneIn(8))
        : new EventShape(
            Minute(), dice.OneIn(12) ? 0 : Length(), IsAllDay: false, dice.Pick(Zones), dice.OneIn(6), dice.OneIn(8), dice.OneIn(5));

    /// <summary>From three days ago to seven weeks ahead, counted from what the clock may read by now.</summary>
    private int Minute() => days + (dice.Between(-12, 200) * 6 * 60) + (dice.Next(24) * 15);

    private int Length() => dice.OneIn(8) ? dice.Between(10, 60) * 60 : dice.Between(1, 8) * 15;

    private string Staff() => dice.Pick(SimulatedOffice.Staff);

    /// <summary>Rather something new than something old.</summary>
    private T Recent<T>(List<T> from) => from[^(1 + Math.Min(dice.Next(from.Count), dice.Next(from.Count)))];

    private sealed record Thing(string Staff, string Name, bool IsSeries);
}
