using CleanSync.Application.Appointments;

namespace CleanSync.Model.Histories;

/// <summary>The booking product: books, moves, cancels, says who takes an appointment, and remembers what it was answered.</summary>
internal sealed class BookingProduct(DateTimeOffset start, Func<Node> node)
{
    private readonly List<(int Number, BookAppointment Command)> unanswered = [];

    /// <summary>Booked appointments by the number that the history gave them.</summary>
    public Dictionary<int, Guid> Appointments { get; private set; } = [];

    /// <summary>Appointments that it cancelled.</summary>
    public HashSet<int> Cancelled { get; private set; } = [];

    /// <summary>Appointments that it tried to cancel, with or without an answer.</summary>
    public HashSet<int> PerhapsCancelled { get; } = [];

    /// <summary>Whom each appointment is booked for, by the last change that was answered.</summary>
    public Dictionary<int, string[]> BookedFor { get; private set; } = [];

    /// <summary>Whom it may be booked for besides, after a change that got no answer.</summary>
    public Dictionary<int, string[]> PerhapsFor { get; } = [];

    /// <summary>When it last moved, or booked, each appointment, and had an answer.</summary>
    public Dictionary<int, (DateTimeOffset From, DateTimeOffset To)> Times { get; } = [];

    /// <summary>Hears of each appointment that it gave other times, or another title.</summary>
    public Action<int, bool> Changed { get; set; } = (_, _) => { };

    public bool WaitsForAnAnswer => unanswered.Count > 0;

    public async Task Do(Operation operation)
    {
        switch (operation)
        {
            case Operation.Book book: await Book(book); break;
            case Operation.MoveAppointment move: await Move(move); break;
            case Operation.CancelAppointment cancel: await Cancel(cancel); break;
            case Operation.ChangeStaff change: await ChangeStaff(change); break;
            case Operation.Describe describe: await Describe(describe); break;
        }
    }

    /// <summary>A client whose booking got no answer asks again with the same key.</summary>
    public async Task AskAgain()
    {
        foreach (var (number, command) in unanswered.ToList())
        {
            BookedFor[number] = [.. command.StaffIds];
            Appointments[number] = (await node().Send(command)).Value;
            unanswered.RemoveAll(u => u.Number == number);
            Times[number] = (command.Start, command.End);
        }
    }

    /// <summary>What it knows now; it never changes.</summary>
    public Knowledge Snapshot() => new(new(Appointments), [.. Cancelled], new(BookedFor));

    /// <summary>
    /// Everything since then is forgotten. Gives the copies that CleanSync took out of calendars since: a database that does not know that
    /// takes them for deleted by their owners.
    /// </summary>
    public IReadOnlyList<(string Staff, int Number)> Forget(Knowledge then)
    {
        var gone = then.BookedFor.SelectMany(b => b.Value
            .Where(member => (PerhapsCancelled.Contains(b.Key) && !then.Cancelled.Contains(b.Key)) || !BookedFor[b.Key]
                .Contains(member) || PerhapsFor.ContainsKey(b.Key))
            .Select(member => (member, b.Key))).ToList();
        foreach (var (number, staff) in BookedFor) PerhapsFor[number] = [.. staff.Union(PerhapsFor.GetValueOrDefault(number, []))];
        (Appointments, Cancelled, BookedFor) = (new(then.Appointments), [.. then.Cancelled], new(then.BookedFor));
        return gone;
    }

    private async Task Book(Operation.Book book)
    {
        var (from, to) = Span(book.Minute, book.Length);
        var id = $"A{book.Number}";
        unanswered.Add(new(book.Number,
            new BookAppointment($"Visit {id}", from, to, "Europe/Berlin", null, "First visit", null, book.Staff.Split(','), id)));
        await AskAgain();
    }

    private async Task Move(Operation.MoveAppointment move)
    {
        if (!Appointments.TryGetValue(move.Number, out var id)) return;
        var (from, to) = Span(move.Minute, move.Length);
        Times.Remove(move.Number); // without an answer it is not known
        Changed(move.Number, true);
        if ((await node().Send(new MoveAppointment(id, from, to, null, null))).IsRefused) return;
        Times[move.Number] = (from, to);
        Changed(move.Number, true);
    }

    private async Task Cancel(Operation.CancelAppointment cancel)
    {
        if (!Appointments.TryGetValue(cancel.Number, out var id)) return;
        PerhapsCancelled.Add(cancel.Number);
        if (!(await node().Send(new CancelAppointment(id, null))).IsRefused) Cancelled.Add(cancel.Number);
    }

    private async Task ChangeStaff(Operation.ChangeStaff change)
    {
        if (!Appointments.TryGetValue(change.Number, out var id)) return;
        var before = BookedFor[change.Number];
        var staff = change.Staff.Split(',');
        BookedFor[change.Number] = [.. before.Intersect(staff)];
        PerhapsFor[change.Number] = [.. before.Union(staff).Union(PerhapsFor.GetValueOrDefault(change.Number, []))];
        if ((await node().Send(new ChangeAppointmentStaff(id, staff, null))).IsRefused) BookedFor[change.Number] = before;
        else BookedFor[change.Number] = staff;
        PerhapsFor.Remove(change.Number);
    }

    private async Task Describe(Operation.Describe describe)
    {
        if (!Appointments.TryGetValue(describe.Number, out var id)) return;
        Changed(describe.Number, false);
        await node().Send(new ChangeAppointmentDetails(id, describe.Title, null, "First visit", null, null));
    }

    private (DateTimeOffset From, DateTimeOffset To) Span(int minute, int length) =>
        (start.AddMinutes(minute), start.AddMinutes(minute + length));

    /// <summary>What the booking product knew at one moment.</summary>
    internal sealed record Knowledge(Dictionary<int, Guid> Appointments, HashSet<int> Cancelled, Dictionary<int, string[]> BookedFor);
}
