using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using MediatR;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Model.Histories;

/// <summary>
/// Both sides on one virtual clock. Carries out operations, and survives every one of them: what a history asks for that is not possible
/// does nothing.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan CallTimeout = new SyncOptions().CallTimeout;
    private readonly DataFiles files = new();
    private readonly Troubles troubles = new();
    private readonly SeededIds ids;
    private bool busy;
    private Node? another;
    private (BookingProduct.Knowledge Product, Dictionary<string, int> HadRemoved)? backup;

    private World(DateTimeOffset start, int seed)
    {
        (Start, Clock) = (start, new FakeTimeProvider(start));
        ids = new SeededIds(Clock, seed);
        Office = new SimulatedOffice(Clock);
        People = new People(Office, start);
        Watch = new Watch(Clock);
        Product =
            new BookingProduct(start, () => Node) { Changed = (number, times) => (times ? People.Retimed : People.Renamed).Remove(number) };
        Admin = new Admin(Office, Watch, () => Node);
        troubles.WhileStalled = WhileStalled;
    }

    public DateTimeOffset Start { get; }

    public FakeTimeProvider Clock { get; }

    public SimulatedOffice Office { get; }

    public People People { get; }

    public Watch Watch { get; }

    public Node Node { get; private set; } = null!;

    public BookingProduct Product { get; }

    public Admin Admin { get; }

    public IReadOnlyDictionary<string, Guid> Links => Admin.Links;

    public bool SawDoubleDelivery => troubles.DeliveredTwice;

    public bool SawLateCreate => troubles.CreatedLate;

    /// <summary>Right passwords that were answered with 401 so far.</summary>
    public int SingleRefusals => troubles.Misjudgements.Played;

    public bool ExchangeGivesOwnUids { get; private set; }

    public bool HadBackupRestored { get; private set; }

    public bool PagesAreShort { get; private set; }

    /// <summary>Habits that this history has met, and how often.</summary>
    public Dictionary<string, int> Played { get; } = [];

    public void HasPlayed(string habit) => Played[habit] = Played.GetValueOrDefault(habit) + 1;

    /// <summary>What nobody expected: an exception that no trouble of the history explains.</summary>
    public List<string> Surprises { get; } = [];

    /// <summary>Set by a history to see each step's state; for a failing seed that is replayed.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>A connected organisation with every staff member linked; no pass has run yet.</summary>
    public static async Task<World> Open(History history, Action<string>? trace = null)
    {
        var world = new World(history.Start, history.Seed) { Trace = trace };
        await world.StartNode();
        await world.Admin.Connect();
        return world;
    }


    public async Task Do(Operation operation)
    {
        troubles.HasBroken = false;
        try
        {
            await Carry(operation);
        }
        catch (Exception exception) when (troubles.HasBroken || troubles.PowerIsOff)
        {
            Trace?.Invoke($"  {exception.GetType().Name}");
        }
        catch (Exception exception)
        {
            Surprises.Add($"{operation}: {exception}");
        }

        NoteExceptions(operation);
        if (troubles.PowerIsOff) await Restart();
        if (!Product.WaitsForAnAnswer) return;
        troubles.ClearCommits();
        await Product.AskAgain();
    }

    /// <summary>What CleanSync caught itself. Another node has no troubles that could explain one.</summary>
    private void NoteExceptions(Operation operation)
    {
        var caught = Node.Get<NotedExceptions>().Take();
        if (!troubles.HasBroken && !troubles.PowerIsOff) Surprises.AddRange(caught.Select(s => $"{operation}: {s}"));
        if (another is not null) Surprises.AddRange(another.Get<NotedExceptions>().Take().Select(s => $"{operation}, another node: {s}"));
    }

    /// <summary>No more troubles; everybody syncs again; requests that are on their way arrive.</summary>
    public async Task CalmDown()
    {
        troubles.Clear();
        await Admin.SetUpAgain();
        foreach (var member in SimulatedOffice.Staff) await Do(new Operation.LateReports(member, false));
        foreach (var member in SimulatedOffice.Staff) await Do(new Operation.Enable(member, true));
        Advance(CallTimeout + TimeSpan.FromMinutes(4));
        Office.ShowPrivateItems();
        // The first pass of a day asks for it again; that an account may see more than before is told by no change of any item.
        if (People.Mend() || Office.HidPrivateItems) Advance(TimeSpan.FromDays(1));
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
        HasPlayed(operation is Operation.Outlook { Deed: Deed.Accept } ? "acceptance" : operation.GetType().Name);
        switch (operation)
        {
            case Operation.Book or Operation.MoveAppointment or Operation.CancelAppointment or Operation.ChangeStaff
                or Operation.Describe:
                await Product.Do(operation); break;
            case Operation.ShowTitles or Operation.Horizon or Operation.Enable or Operation.Readdress or Operation.Relocate
                or Operation.ReleaseHeld or Operation.RejectHeld or Operation.Undo
                    or Operation.ActAsDelegate:
                await Admin.Do(operation); break;
            case Operation.Add or Operation.AddSeries or Operation.Outlook or Operation.EmptyCalendar or Operation.Corrupt
                or Operation.LateReports or Operation.ReplaceCalendar or Operation.Misread
                    or Operation.Migrate:
                await People.Do(operation, this); break;
            case Operation.Respond respond: await Respond(respond); break;
            case Operation.Pass pass: await Node.Send(new SyncCalendar(Links[pass.Staff])); break;
            case Operation.Push push: await Node.Send(new PushPendingEvents(Links[push.Staff])); break;
            case Operation.PushAnnounced announced: await PushAnnounced(announced.Reversed); break;
            case Operation.Heartbeat: await Heartbeat(); break;
            case Operation.Elsewhere elsewhere: await Elsewhere(Links[elsewhere.Staff]); break;
            case Operation.Wait wait: Advance(TimeSpan.FromMinutes(wait.Minutes)); break;
            case Operation.Restart: await Restart(); break;
            case Operation.Backup: await Backup(); break;
            case Operation.RestoreBackup: await RestoreBackup(); break;
            case Operation.ShortPages pages:
                Office.LimitPages(pages.Changes);
                PagesAreShort = true;
                break;
            case Operation.OldestFirst: Office.TellOldestFirst(); break;
            case Operation.MovesAsUpdates: Office.ReportMovesAsUpdates(); break;
            case Operation.BusyAssistants busy: Office.SendAssistants(busy.Touches, TimeSpan.FromSeconds(busy.Seconds)); break;
            case Operation.SingleRefusals refusals: troubles.Misjudgements.Every = refusals.Every; break;
            case Operation.OwnUids:
                Office.GiveOwnUids();
                ExchangeGivesOwnUids = true;
                break;
            case Operation.TroubleAtCall call: troubles.AtCall(call.Trouble, call.After); break;
            case Operation.TroubleAtCommit commit: troubles.AtCommit(commit.Trouble, commit.After); break;
            case Operation.Meanwhile meanwhile: troubles.Meanwhile(meanwhile.What, meanwhile.After); break;
        }
    }

    private async Task Respond(Operation.Respond respond)
    {
        if (await People.InCalendar(respond.Staff, respond.Thing, this) is not { } item) return;
        var row = (await Node.Get<ISyncedEventRepository>().OfLink(Links[respond.Staff], default))
            .Where(r => r.Kind is EventKind.External
                && (r.ItemId == item || (Office.Mailbox(respond.Staff).Find(item)?.Uid is { } uid && r.Uid == uid)))
            .MinBy(r => r.Id);
        if (row is null) return;
        try
        {
            await Node.Send(new RespondToMeeting(respond.Staff, row.Id, respond.Reply, respond.Series ? ResponseScope.Series
                : ResponseScope.Occurrence));
        }
        finally
        {
            People.Declined(respond.Staff, respond.Thing);
        }
    }

    /// <summary>The other node has no troubles of its own; its leases stand between the two.</summary>
    private async Task Elsewhere(Guid link)
    {
        var calm = new Troubles();
        another ??= Node.Open(
            files.Folder, files.Server, "another", Clock, calm, Watch, ids, () =>
                new InProcessExchange(Office, Clock, calm, _ => Task.CompletedTask, CallTimeout), beside: true);
        await another.Send(new SyncCalendar(link));
    }

    private async Task WhileStalled(Guid link)
    {
        Advance(TimeSpan.FromMinutes(10));
        await Elsewhere(link);
    }

    private async Task PushAnnounced(bool reversed)
    {
        var announced = Node.AnnouncedPushes.Take();
        foreach (var link in reversed ? announced.Reverse() : announced) await Node.Send(new PushPendingEvents(link));
    }

    private async Task Heartbeat()
    {
        await Do(new QueueDueCalendars());
        if (troubles.PowerIsOff) return;
        await Do(new QueueDuePushes());
        await PushAnnounced(reversed: false);
        if (troubles.PowerIsOff) return;
        await Do(new QueueCleanUps());
    }

    private async Task Do(IRequest queueing)
    {
        await Node.Send(queueing);
        await Node.Get<CalendarWorker>().Drain(default);
    }

    private async Task Restart()
    {
        await Node.DisposeAsync();
        troubles.PowerIsOff = false;
        Watch.Started();
        await StartNode();
    }

    private async Task Backup()
    {
        files.Backup();
        foreach (var (staff, link) in Links)
        {
            var calendar = await Node.Get<IStaffCalendarLinkRepository>().Find(link, default);
            Office.Calendars(staff).BackedUp(calendar is { CalendarChecked: true });
        }

        Watch.BackedUp();
        backup = (Product.Snapshot(), new(Admin.CopiesRemoved));
    }

    /// <summary>
    /// What happened since is forgotten here, but not in Exchange: what CleanSync took out of calendars looks as if its owners had (the
    /// operators' page says so), each time that copies were removed anew.
    /// </summary>
    private async Task RestoreBackup()
    {
        if (backup is not var (knowledge, hadRemoved)) return;
        await Node.DisposeAsync();
        if (another is not null) await another.DisposeAsync();
        another = null;
        files.RestoreBackup();
        HadBackupRestored = true;
        foreach (var staff in SimulatedOffice.Staff) Office.Calendars(staff).Restored();
        Advance(TimeSpan.FromMinutes(5));
        People.TookAway.UnionWith(Product.Forget(knowledge));
        People.TookAway.UnionWith(knowledge.BookedFor.SelectMany(b =>
            b.Value.Where(m => Admin.CopiesRemoved.GetValueOrDefault(m) > hadRemoved.GetValueOrDefault(m)).Select(m => (m, b.Key))));
        Watch.Restored();
        await StartNode();
        await Admin.SetUpAgain();
    }

    private async Task StartNode() =>
        Node = await Node.Start(
            files.Folder,
            files.Server,
            "first",
            Clock,
            troubles,
            Watch,
            ids,
            () => new InProcessExchange(Office, Clock, troubles, MeanwhileDo, CallTimeout));

    /// <summary>
    /// In the middle of a call of CleanSync. What goes wrong here is somebody else's request: it does not break the call.
    /// </summary>
    private async Task MeanwhileDo(Operation what)
    {
        if (busy
            || what is not (Operation.Book or Operation.MoveAppointment or Operation.CancelAppointment or Operation.ChangeStaff
                or Operation.Describe or Operation.Add or Operation.AddSeries or Operation.Outlook or Operation.ShowTitles
                    or Operation.Horizon or Operation.Elsewhere
            or Operation.Enable or Operation.Undo or Operation.Misread or Operation.Migrate)) return;
        busy = true;
        HasPlayed($"meanwhile {what.GetType().Name}");
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
}
