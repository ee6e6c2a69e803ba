using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pushes;

namespace CleanSync.Application.Appointments;

/// <summary>Changes an appointment together with its copies in one commit, and starts their push.</summary>
internal sealed class AppointmentEditing(
    IAppointmentRepository appointments,
    ISyncedEventRepository events,
    IStaffCalendarLinkRepository links,
    ISyncStore store,
    ICalendarQueue queue,
    INewIds ids,
    ICautiousClock cautious)
{
    public async Task<Result<Guid>> Edit(Guid id, int? expectedVersion, Func<Appointment, Result<Appointment>> edit, CancellationToken ct)
    {
        IReadOnlyList<SyncedEvent> copies = [];
        var done = await store.Change("The appointment", async () =>
        {
            copies = [];
            if (await appointments.Find(id, ct) is not { } stored) return new AppointmentNotFound(id);
            if (expectedVersion is { } expected && expected != stored.Version) return new ChangedMeanwhile("The appointment");
            var edited = edit(stored);
            if (edited.Refusal is { } refusal) return refusal;
            if (ReferenceEquals(edited.Value, stored)) return (ChangeSet?)null;

            var now = cautious.Earliest();
            var staff =
                (await links.OfStaff([.. stored.StaffIds.Union(edited.Value.StaffIds, StringComparer.Ordinal)], ct))
                    .ToDictionary(l => l.Id, l => l.StaffId);
            var known = await events.CopiesOf([id], ct);
            copies = [.. known.Follow(stored, edited.Value, staff, now, ids.Next)
                .Where(c => c.PushState is not PushState.Gone || !known.Contains(c))];
            return new ChangeSet { Appointments = [edited.Value], Keep = copies };
        }, ct);
        if (done.Refusal is { } refused) return refused;
        queue.Add(CalendarWork.Push, copies.Select(c => c.LinkId).Distinct());
        return id;
    }
}
