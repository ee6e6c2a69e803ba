using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>People in Outlook and the booking product's front end, editing at random. The same seed makes the same edits.</summary>
internal sealed class RandomEdits(int seed, Organisation exchange, CleanSyncClient api, IReadOnlyList<string> staff)
{
    private static readonly TimeSpan Minutes15 = TimeSpan.FromMinutes(15);
    private readonly Random random = new(seed);
    private readonly List<Guid> booked = [];
    private readonly List<(string Staff, string Id, bool WasKept)> deleted = [];
    private readonly List<(string Key, object Booking)> unanswered = [];
    private int bookings;

    /// <summary>Every appointment whose booking was answered.</summary>
    public IReadOnlyList<Guid> Booked => booked;

    /// <summary>What people made for themselves, pastes among it, and have not deleted.</summary>
    public HashSet<(string Staff, string Id)> Kept { get; } = [];

    /// <summary>What was done, for the message of a failing test.</summary>
    public List<string> Done { get; } = [];

    public async Task Next()
    {
        var member = Pick(staff);
        switch (random.Next(20))
        {
            case < 3: await Book(); break;
            case 3 or 4: await MoveAppointment(); break;
            case 5: await CancelAppointment(); break;
            case 6 or 7: Add(member); break;
            case 8: AddSeries(member); break;
            case 9: await Pass(member); break;
            case 10: Restore(); break;
            default: EditInOutlook(member); break;
        }
    }

    public async Task Book()
    {
        var several = staff.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Pick(staff)).ToArray();
        unanswered.Add(($"booking-{++bookings}", CleanSyncClient.Booking(Time(), random.Next(1, 8) / 4.0, several)));
        Note($"books for {string.Join(',', several)}");
        await AskAgain();
    }

    /// <summary>A front end whose booking got no answer asks again with the same key.</summary>
    public async Task AskAgain()
    {
        foreach (var ask in unanswered.ToList())
        {
            booked.Add(await api.Book(ask.Booking, ask.Key));
            unanswered.Remove(ask);
        }
    }

    private async Task MoveAppointment()
    {
        if (booked.Count == 0) return;
        var (status, _) = await api.TryMove(Pick(booked), Time(), random.Next(1, 8) / 4.0);
        Note($"moves an appointment: {status}");
    }

    private async Task CancelAppointment()
    {
        if (booked.Count == 0) return;
        await api.Cancel(Pick(booked));
        Note("cancels an appointment");
    }

    private async Task Pass(string member)
    {
        var (status, _) = await api.TrySync(member);
        Note($"pass of {member}: {status}");
    }

    private void Add(string member)
    {
        Kept.Add((member, exchange.Outlook(member).Adds(Draft())));
        Note($"{member} adds an event");
    }

    private void AddSeries(string member)
    {
        RecurrencePattern pattern = random.Next(2) == 0
            ? new DailyPattern(random.Next(1, 4))
            : new WeeklyPattern(1, [DayOfWeek.Monday, DayOfWeek.Thursday], DayOfWeek.Monday);
        Kept.Add((member, exchange.Outlook(member).AddsSeries(Draft(), pattern, occurrences: random.Next(2, 9))));
        Note($"{member} adds a series");
    }

    private void Restore()
    {
        if (deleted.Count == 0) return;
        var (member, id, wasKept) = Pick(deleted);
        deleted.Remove((member, id, wasKept));
        var restored = exchange.Outlook(member).Restores(id);
        if (wasKept) Kept.Add((member, restored));
        Note($"{member} restores");
    }

    private void EditInOutlook(string member)
    {
        var view = exchange.Mailbox(member).View(Start.AddDays(-1), Start.AddDays(60));
        if (view.Count == 0) return;
        var entry = Pick(view);
        var person = exchange.Outlook(member);
        var what = random.Next(9);
        if (entry.Slot() && what is 6 or 7) what = 0;
        try
        {
            switch (what)
            {
                case 0: person.Moves(entry.ItemId, entry.Fields.Start + (Minutes15 * random.Next(1, 4))); break;
                case 1: person.Renames(entry.ItemId, $"Renamed {random.Next(100)}"); break;
                case 2: person.Lengthens(entry.ItemId, Minutes15); break;
                case 3: person.MakesPrivate(entry.ItemId); break;
                case 4: person.Shows(entry.ItemId, random.Next(2) == 0 ? FreeBusy.Free : FreeBusy.Busy); break;
                case 5: person.Touches(entry.MasterId ?? entry.ItemId); break;
                case 6: Kept.Add((member, person.Copies(entry.ItemId))); break;
                default:
                    var id = person.Deletes(entry.ItemId);
                    if (!entry.Slot()) deleted.Add((member, id, Kept.Remove((member, entry.ItemId))));
                    break;
            }

            Note($"{member} edit {what} on {entry.Type} {entry.Fields.Subject}");
        }
        catch (EwsRefusedException refused)
        {
            Note($"{member} edit {what} refused: {refused.Code}"); // an occurrence may not cross its neighbour
        }
    }

    private static DateTimeOffset Start { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private DateTimeOffset Time() => Start.AddDays(random.Next(40)).AddHours(random.Next(6, 18)).AddMinutes(random.Next(4) * 15);

    private EventDraft Draft()
    {
        var start = Time();
        if (random.Next(8) == 0)
            return new EventDraft("All day", start.Date, start.Date.AddDays(random.Next(1, 4))) { IsAllDay = true, TimeZoneId = "UTC" };
        return new EventDraft($"Event {random.Next(1000)}", start, start.AddMinutes(random.Next(1, 12) * 15));
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private void Note(string what) => Done.Add(what);
}

internal static class Occurrences
{
    public static bool Slot(this CalendarEntry entry) => entry.MasterId is not null;
}
