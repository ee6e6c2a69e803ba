using CleanSync.Application.Appointments;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using MediatR;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Benchmarks.Model;

/// <summary>Both sides on one virtual clock. Carries out operations, and survives every one of them: what a history asks for that is not possible does nothing.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = new SyncOptions().CallTimeout;
    private readonly DataFiles files = new();
    private readonly Troubles troubles = new();
    private readonly SeededIds ids;
    private Guid integration;
    private readonly List<(int Number, BookAppointment Command)> unanswered = [];
    private bool busy;
    private int addresses;
    private Node? another;

    private World(DateTimeOffset start, int seed)
    {
        (Start, Clock) = (start, new FakeTimeProvider(start));
        ids = new SeededIds(Clock, seed);
        Office = new SimulatedOffice(Clock);
        People = new People(Office, start);
        Watch = new Watch(Clock);
        troubles.WhileStalled = WhileStalled;
    }

    public DateTimeOffset Start { get; }

    public FakeTimeProvider Clock { get; }

    public SimulatedOffice Office { get; }

    public People People { get; }

    public Watch Watch { get; }

    public Node Node { get; private set; } = null!;

    public IReadOnlyDictionary<string, Guid> Links { get; private set; } = new Dictionary<string, Guid>();

    /// <summary>Booked appointments by the number that the history gave them.</summary>
    public Dictionary<int, Guid> Appointments { get; } = [];

    /// <summary>Appointments that the booking product cancelled.</summary>
    public HashSet<int> Cancelled { get; } = [];

    /// <summary>Appointments that somebody tried to cancel, with or without an answer.</summary>
    public HashSet<int> PerhapsCancelled { get; } = [];

    /// <summary>Whom each appointment is booked for, by the last change that was answered.</summary>
    public Dictionary<int, string[]> BookedFor { get; } = [];

    /// <summary>Whom it may be booked for besides, after a change that got no answer.</summary>
    public Dictionary<int, string[]> PerhapsFor { get; } = [];

    /// <summary>Staff whose copies an admin had removed at least once: what was past by then does not come back.</summary>
    public HashSet<string> HadCopiesRemoved { get; } = [];

    public bool TitlesAreShown { get; private set; } = true;

    public int HorizonMonths { get; private set; } = 12;

    public bool SawDoubleDelivery => troubles.DeliveredTwice;

    public bool ExchangeGivesOwnUids { get; private set; }

    public bool PagesAreShort { get; private set; }

    /// <summary>What nobody expected: an exception that no trouble of the history explains.</summary>
    public List<string> Surprises { get; } = [];

    /// <summary>Set by a history to see each step's state; for a failing seed that is replayed.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>A connected organisation with every staff member linked; no pass has run yet.</summary>
    public static async Task<World> Open(History history, Action<string>? trace = null)
    {
        var world = new World(history.Start, history.Seed) { Trace = trace };
        await world.StartNode();
        var settings = Settings(titles: true);
        world.integration = (await world.Node.Send(new ConnectExchange(settings, "Correct-Horse-7"))).Value.Id;
        foreach (var member in SimulatedOffice.Staff)
            await world.Node.Send(new PutStaffLink(member, member, world.integration, SimulatedOffice.Address(member), SimulatedOffice.Zone(member)));
        var authorized = await world.Node.Send(new AuthorizeIntegration(world.integration));
        if (authorized.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
        world.Links = (await world.Node.Get<IStaffCalendarLinkRepository>().OfIntegration(world.integration, default)).ToDictionary(l => l.StaffId, l => l.Id);
        return world;
    }


    public async Task Do(Operation operation)
    {
        troubles.HasBroken = false;
        try
        {
            await Carry(operation);
        }
        catch (Exception surprise) when (troubles.HasBroken || troubles.PowerIsOff)
        {
            Trace?.Invoke($"  {surprise.GetType().Name}");
        }
        catch (Exception surprise)
        {
            Surprises.Add($"{operation}: {surprise}");
        }

        if (troubles.PowerIsOff) await Restart();
        if (unanswered.Count == 0) return;
        troubles.ClearCommits();
        await AskAgain();
    }

    /// <summary>No more troubles; everybody syncs again; requests that are on their way arrive.</summary>
    public async Task CalmDown()
    {
        troubles.Clear();
        foreach (var member in SimulatedOffice.Staff) await Do(new Operation.Enable(member, true));
        Advance(CallTimeout + TimeSpan.FromMinutes(4));
    }

    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        Office.CatchUp(Clock.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        if (another is not null) await another.DisposeAsync();
        files.Dispose();
    }

    private async Task Carry(Operation operation)
    {
        switch (operation)
        {
            case Operation.Book book: await Book(book); break;
            case Operation.MoveAppointment move: await MoveAppointment(move); break;
            case Operation.CancelAppointment cancel: await CancelAppointment(cancel); break;
            case Operation.ChangeStaff change: await ChangeStaff(change); break;
            case Operation.Describe describe: await Describe(describe); break;
            case Operation.Respond respond: await Respond(respond); break;
            case Operation.Readdress readdress: await Readdress(readdress.Staff); break;
            case Operation.Add or Operation.AddSeries or Operation.Outlook or Operation.EmptyCalendar: await People.Do(operation, this); break;
            case Operation.Pass pass: await Node.Send(new SyncCalendar(Links[pass.Staff])); break;
            case Operation.Push push: await Node.Send(new PushPendingEvents(Links[push.Staff])); break;
            case Operation.PushRung rung: await PushRung(rung.Reversed); break;
            case Operation.Heartbeat: await Heartbeat(); break;
            case Operation.Elsewhere elsewhere: await Elsewhere(Links[elsewhere.Staff]); break;
            case Operation.ReleaseHeld held: await ReleaseHeld(held.Staff); break;
            case Operation.Wait wait: Advance(TimeSpan.FromMinutes(wait.Minutes)); break;
            case Operation.Restart: await Restart(); break;
            case Operation.ShowTitles titles: await Settle(titles.Shown, HorizonMonths); break;
            case Operation.Horizon horizon: await Settle(TitlesAreShown, horizon.Months); break;
            case Operation.Enable enable:
                if (enable.Copies is CopiesDecision.Remove) HadCopiesRemoved.Add(enable.Staff);
                await Node.Send(new EnableStaffLink(enable.Staff, enable.Enabled, enable.Copies));
                break;
            case Operation.ShortPages pages:
                Office.LimitPages(pages.Changes);
                PagesAreShort = true;
                break;
            case Operation.OwnUids:
                Office.GiveOwnUids();
                ExchangeGivesOwnUids = true;
                break;
            case Operation.TroubleAtCall call: troubles.AtCall(call.Trouble, call.After); break;
            case Operation.TroubleAtCommit commit: troubles.AtCommit(commit.Trouble, commit.After); break;
            case Operation.Meanwhile meanwhile: troubles.Meanwhile(meanwhile.What, meanwhile.After); break;
        }
    }

    private async Task Book(Operation.Book book)
    {
        var (from, to) = Span(book.Minute, book.Length);
        var id = $"A{book.Number}";
        unanswered.Add(new(book.Number, new BookAppointment($"Visit {id}", from, to, "Europe/Berlin", null, "First visit", null, book.Staff.Split(','), id)));
        await AskAgain();
    }

    /// <summary>A client whose booking got no answer asks again with the same key.</summary>
    private async Task AskAgain()
    {
        foreach (var (number, command) in unanswered.ToList())
        {
            BookedFor[number] = [.. command.StaffIds];
            Appointments[number] = (await Node.Send(command)).Value;
            unanswered.RemoveAll(u => u.Number == number);
        }
    }

    private async Task MoveAppointment(Operation.MoveAppointment move)
    {
        if (!Appointments.TryGetValue(move.Number, out var id)) return;
        var (from, to) = Span(move.Minute, move.Length);
        await Node.Send(new MoveAppointment(id, from, to, null, null));
    }

    private async Task CancelAppointment(Operation.CancelAppointment cancel)
    {
        if (!Appointments.TryGetValue(cancel.Number, out var id)) return;
        PerhapsCancelled.Add(cancel.Number);
        if (!(await Node.Send(new CancelAppointment(id, null))).IsRefused) Cancelled.Add(cancel.Number);
    }

    private async Task ChangeStaff(Operation.ChangeStaff change)
    {
        if (!Appointments.TryGetValue(change.Number, out var id)) return;
        var before = BookedFor[change.Number];
        var staff = change.Staff.Split(',');
        BookedFor[change.Number] = [.. before.Intersect(staff)];
        PerhapsFor[change.Number] = [.. before.Union(staff).Union(PerhapsFor.GetValueOrDefault(change.Number, []))];
        if ((await Node.Send(new ChangeAppointmentStaff(id, staff, null))).IsRefused) BookedFor[change.Number] = before;
        else BookedFor[change.Number] = staff;
        PerhapsFor.Remove(change.Number);
    }

    private async Task Describe(Operation.Describe describe)
    {
        if (!Appointments.TryGetValue(describe.Number, out var id)) return;
        await Node.Send(new ChangeAppointmentDetails(id, describe.Title, null, "First visit", null, null));
    }

    private async Task Respond(Operation.Respond respond)
    {
        if (await People.InCalendar(respond.Staff, respond.Thing, this) is not { } item) return;
        var row = (await Node.Get<ISyncedEventRepository>().OfLink(Links[respond.Staff], default))
            .Where(r => r.Kind is EventKind.External && (r.ItemId == item || (Office.Mailbox(respond.Staff).Find(item)?.Uid is { } uid && r.Uid == uid))).MinBy(r => r.Id);
        if (row is null) return;
        try
        {
            await Node.Send(new RespondToMeeting(respond.Staff, row.Id, respond.Reply, respond.Series ? ResponseScope.Series : ResponseScope.Occurrence));
        }
        finally
        {
            People.Declined(respond.Staff, respond.Thing);
        }
    }

    private async Task Readdress(string staff)
    {
        var address = $"{staff}.{++addresses}@contoso.example";
        Office.AddAddress(staff, address);
        await Node.Send(new PutStaffLink(staff, staff, integration, address, SimulatedOffice.Zone(staff)));
    }

    private async Task Settle(bool titles, int horizon)
    {
        await Node.Send(new ChangeIntegration(integration, Settings(titles, horizon), null, null));
        (TitlesAreShown, HorizonMonths) = (titles, horizon);
    }

    private async Task ReleaseHeld(string staff)
    {
        Watch.AdminReleases = true;
        try
        {
            await Node.Send(new DecideHeldDeletions(staff, HeldDeletionsDecision.Release));
        }
        finally
        {
            Watch.AdminReleases = false;
        }
    }

    /// <summary>The other node has no troubles of its own; its leases stand between the two.</summary>
    private async Task Elsewhere(Guid link)
    {
        var calm = new Troubles();
        another ??= Node.Open(files.ForAnotherNode(), "another", Clock, calm, Watch, ids, () => new InProcessExchange(Office, Clock, calm, _ => Task.CompletedTask, CallTimeout));
        await another.Send(new SyncCalendar(link));
    }

    private async Task WhileStalled(Guid link)
    {
        Advance(TimeSpan.FromMinutes(10));
        await Elsewhere(link);
    }

    private async Task PushRung(bool reversed)
    {
        var rung = Node.Rings.Take();
        foreach (var link in reversed ? rung.Reverse() : rung) await Node.Send(new PushPendingEvents(link));
    }

    private async Task Heartbeat()
    {
        await Node.Get<IMediator>().Send(new SyncDueCalendars());
        if (troubles.PowerIsOff) return;
        await Node.Get<IMediator>().Send(new PushDueEvents());
        await PushRung(reversed: false);
    }

    private (DateTimeOffset From, DateTimeOffset To) Span(int minute, int length) => (Start.AddMinutes(minute), Start.AddMinutes(minute + length));

    private async Task Restart()
    {
        await Node.DisposeAsync();
        troubles.PowerIsOff = false;
        Watch.Started();
        await StartNode();
    }

    private async Task StartNode() => Node = await Node.Start(files.Folder, "first", Clock, troubles, Watch, ids, () => new InProcessExchange(Office, Clock, troubles, MeanwhileDo, CallTimeout));

    /// <summary>In the middle of a call of CleanSync. What goes wrong here is somebody else's request: it does not break the call.</summary>
    private async Task MeanwhileDo(Operation what)
    {
        if (busy || what is not (Operation.Book or Operation.MoveAppointment or Operation.CancelAppointment or Operation.ChangeStaff or Operation.Describe or Operation.Add or Operation.AddSeries or Operation.Outlook or Operation.ShowTitles or Operation.Horizon or Operation.Elsewhere)) return;
        busy = true;
        try
        {
            await Carry(what);
        }
        catch (Exception broken) when (troubles.HasBroken || troubles.PowerIsOff)
        {
            Trace?.Invoke($"  meanwhile {broken.GetType().Name}");
        }
        finally
        {
            busy = false;
        }
    }

    private static IntegrationSettings Settings(bool titles, int horizon = 12) => new(
        "Head office", new Uri("http://exchange.test/EWS/Exchange.asmx"), AuthenticationType.Basic, SimulatedOffice.AccountName, ExchangeVersion.Exchange2016, true, titles, horizon, 15, ServerTrust.OfTheMachine);
}
