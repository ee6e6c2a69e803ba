using CleanSync.Application;
using CleanSync.Application.Appointments;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;

namespace CleanSync.Model.Histories;

/// <summary>What CleanSync has stored at one moment.</summary>
internal sealed record Picture(
    IReadOnlyDictionary<string, StaffCalendarLink> Links,
    IReadOnlyDictionary<string, IReadOnlyList<SyncedEvent>> Rows,
    IReadOnlyDictionary<int, Appointment> Appointments,
    IReadOnlyDictionary<string, IReadOnlyList<(RemovedEvent Removed, bool Restorable)>> Removals,
    bool ClockIsInDoubt)
{
    /// <summary>Integrations that do not run, and why.</summary>
    public IReadOnlyList<string> Stopped { get; private init; } = [];

    public static async Task<Picture> Of(World world)
    {
        var links = new Dictionary<string, StaffCalendarLink>();
        var rows = new Dictionary<string, IReadOnlyList<SyncedEvent>>();
        foreach (var (member, id) in world.Links)
        {
            links[member] = (await world.Node.Get<IStaffCalendarLinkRepository>().Find(id, default))!;
            rows[member] = [.. (await world.Node.Get<ISyncedEventRepository>().OfLink(id, default)).OrderBy(r => r.Id)];
        }

        var removals = new Dictionary<string, IReadOnlyList<(RemovedEvent, bool)>>();
        foreach (var (member, id) in world.Links)
        {
            var listed = (await world.Node.Send(new ListRemovals(member))).Value.Removals;
            var found = new List<(RemovedEvent, bool)>();
            foreach (var removal in listed)
            {
                found.Add(((await world.Node.Get<IRemovedEvents>().Find(id, removal.Id, default))!, removal.Restorable));
            }
            removals[member] = found;
        }

        var stored = (
            await world.Node.Get<IAppointmentRepository>().Named([.. world.Product.Appointments.Values], default)).ToDictionary(a => a.Id);
        var integrations = await world.Node.Get<IExchangeIntegrationRepository>().All(default);
        var appointments = world.Product.Appointments.ToDictionary(a => a.Key, a => stored[a.Value]);
        return new Picture(links, rows, appointments, removals, !await world.Node.Get<IClockTrust>().MayTrim(default))
        {
            Stopped = [.. integrations.Where(i => i.BlockedBy is not null).Select(i => $"{i.Status}: {i.StatusReason}")],
        };
    }

    /// <summary>No row has been written between the two.</summary>
    public bool Same(Picture other) => Versions().SequenceEqual(other.Versions());

    /// <summary>What is stored here and not there, or differently.</summary>
    public IEnumerable<string> Beyond(Picture other) => Versions().Except(other.Versions()).Select(v => v.Item1);

    /// <summary>What waits for something.</summary>
    public IEnumerable<string> Open()
    {
        foreach (var (member, rows) in Rows)
        {
            foreach (var row in rows.Where(r => r.NextPushAt is not null || r.OpenAttempt is not null || r.RemovalStaged
                || r.PushState is PushState.Failed or PushState.Queued or PushState.Withdrawing || r.Kind is EventKind.Stray))
                yield return $"{member}: {row.Kind} {row.Identity} is {row.PushState} ({row.PushFailure?.MostExactCode}), next {row.NextPushAt:u}, attempt {row.OpenAttempt}, staged {row.RemovalStaged}";
        }

        foreach (var (member, link) in Links.Where(l => l.Value.Failures > 0 || l.Value.Health.State is not LinkState.Syncing
            || l.Value.Cursor is null || l.Value.WindowReadDue))
            yield return $"{member}: the link is {link.Health.State} {link.Health.Reason?.Code} {link.Health.Reason?.ServerCode} after {link.Failures} failures";
    }

    private IEnumerable<(string, int)> Versions() =>
        [
            .. Rows.Values.SelectMany(rows => rows.Select(r => ($"{r.Kind} {r.Identity} {r.PushState}", r.Version))),
            .. Appointments.Values.Select(a => (a.Title, a.Version))
        ];
}
