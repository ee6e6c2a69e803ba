using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.UnitTests.Syncing;

/// <summary>One staff member's calendar as a plan sees it. Applying steps gives the basis of the next plan.</summary>
internal sealed class PlanFixture
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<Guid, SyncedEvent> rows = [];
    private readonly Dictionary<Guid, Appointment> appointments = [];
    private int ids;

    public StaffCalendarLink Link { get; set; } = new()
    {
        Id = Id(1),
        StaffId = "anna",
        StaffName = "Anna",
        IntegrationId = Id(2),
        TimeZone = "Europe/Berlin",
        Cursor = new SyncCursor("c"),
    };

    public bool ShowTitles { get; set; } = true;

    public int ProjectionVersion { get; set; } = 1;

    public HashSet<string> StillThere { get; } = [];

    public HashSet<string> MayBeThere { get; } = [];

    public bool HoldsAll { get; set; }

    /// <summary>
    /// Counts what is present now and remembers nothing from before, unless a test says otherwise; null lets everything through.
    /// </summary>
    public RemovalCount? Fuse { get; set; } = new(0, -1);

    public List<EventTimes> Busy { get; } = [];

    public List<SyncConflict> Conflicts { get; } = [];

    public List<SyncWarning> Warnings { get; } = [];

    public IReadOnlyCollection<SyncedEvent> Rows => rows.Values;

    public IEnumerable<SyncedEvent> Own => rows.Values.Where(e => e.LinkId == Link.Id);

    public static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    public static EventTimes At(double hour, double hours = 1) =>
        EventTimes.Timed(Now.Date.AddDays(1).AddHours(hour), Now.Date.AddDays(1).AddHours(hour + hours), "Europe/Berlin");

    public static RemoteEvent Remote(string item, EventTimes times, string key = "k1") =>
        new() { ItemId = item, ChangeKey = key, Times = times, Title = "Dentist", Location = "Main street" };

    public Appointment Appointment(EventTimes times, params string[] staff)
    {
        var booked =
            new Appointment
            {
                Id = NewId(),
                Title = "Haircut",
                Times = times,
                StaffIds = staff.Length == 0 ? ["anna"] : staff,
                Version = 1
            };
        appointments[booked.Id] = booked;
        return booked;
    }

    /// <summary>A copy that both sides agree on.</summary>
    public SyncedEvent Copy(Appointment of, string? item = "item-1", Guid? link = null)
    {
        var copy = SyncedEvent.CopyFor(NewId(), link ?? Link.Id, of.Id, Now);
        if (item is not null)
        {
            var attempt = NewId();
            copy = copy.AttemptOpened(CreateAttempt.Opened(attempt, Now), of.Content())
                .WrittenAs(item, "k1", of.Content(), attempt) with
            { PushState = PushState.Confirmed };
        }

        return Put(copy);
    }

    public SyncedEvent Put(SyncedEvent row) => rows[row.Id] = row;

    public void Drop(SyncedEvent row) => rows.Remove(row.Id);

    public Appointment Change(Appointment changed) => appointments[changed.Id] = changed;

    public Appointment Of(SyncedEvent copy) => appointments[copy.AppointmentId!.Value];

    public SyncedEvent Row(Guid id) => rows[id];

    public IReadOnlyList<SyncStep> See(params RemoteEvent[] seen) => Plan([.. seen.Select(e => new RemoteChange.Seen(e))]);

    /// <summary>Plans and applies.</summary>
    public IReadOnlyList<SyncStep> Plan(params RemoteChange[] changes)
    {
        var steps = PullPlanner.Plan(Basis(), changes);
        foreach (var step in steps)
        {
            switch (step)
            {
                case SyncStep.Keep keep: rows[keep.Event.Id] = keep.Event; break;
                case SyncStep.Remove remove: rows.Remove(remove.Event.Id); break;
                case SyncStep.Change change: appointments[change.Appointment.Id] = change.Appointment; break;
                case SyncStep.Record record: Conflicts.Add(record.Conflict); break;
                case SyncStep.Warn warn: Warnings.Add(warn.Warning); break;
            }
        }

        return steps;
    }

    public PullBasis Basis() => new()
    {
        Link = Link,
        Window = SyncWindow.At(Now, 12, CalendarZone.FindOrUtc(Link.TimeZone)),
        Now = Now,
        ShowTitles = ShowTitles,
        ProjectionVersion = ProjectionVersion,
        Known = [.. Own],
        Appointments = appointments.Values,
        Copies = [.. rows.Values.Where(e => e.AppointmentId is not null)],
        StillThere = StillThere,
        MayBeThere = MayBeThere,
        HoldsAll = HoldsAll,
        Busy = Busy,
        Fuse = Fuse is { Present: -1 } fuse ? fuse with { Present = Own.Count() } : Fuse,
        NewId = NewId,
    };

    private Guid NewId() => Id(100 + ids++);
}
