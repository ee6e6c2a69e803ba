using CleanSync.Application.Appointments;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Takes the clients out of appointments, each in one commit with its copies, undo entries and idempotency mark. The copies are then
/// written anew by the ordinary push, which knows of conflicts, lost answers and pauses; here it is only followed.
/// </summary>
internal sealed class ClientErasure(
    IErasures erasures,
    IAppointmentRepository appointments,
    ISyncedEventRepository events,
    ICleanUpItems former,
    AppointmentEditing editing,
    ISyncStore store,
    ICalendarQueue queue,
    ICautiousClock cautious,
    TimeProvider time)
{
    /// <summary>What Exchange refuses for one item is listed after so many tries; the push goes on trying all the same.</summary>
    private const int MostTries = 5;

    /// <summary>True when no appointment waits any more.</summary>
    public async Task<bool> EraseRows(Erasure erasure, CancellationToken ct)
    {
        var isDone = true;
        foreach (var id in await erasures.Waiting(erasure.Id, ct)) isDone &= await Erase(erasure, id, ct);
        return isDone;
    }

    /// <summary>Notes which items are rewritten by now, and which cannot be.</summary>
    public async Task FollowItems(Erasure erasure, CancellationToken ct)
    {
        foreach (var item in await erasures.Items(erasure.Id, ct))
        {
            var cleanUpWaits = (await former.Of([item.AppointmentId], ct)).Count > 0;
            var (copy, appointment) = (await events.Find(item.Id, ct), await appointments.Find(item.AppointmentId, ct));
            var (state, obstacle) = Standing(copy, appointment, cleanUpWaits, erasure.IsGivenUp(cautious.Earliest()));
            if (state is not ItemState.Waiting) await erasures.NoteItem(erasure.Id, item.Id, state, obstacle, ct);
        }
    }

    /// <summary>False when it has to wait: the next run tries again.</summary>
    private async Task<bool> Erase(Erasure erasure, Guid id, CancellationToken ct)
    {
        for (var tries = 0; tries < StoreChange.MostTries; tries++)
        {
            var (now, earliest) = (time.GetUtcNow(), cautious.Earliest());
            var isGivenUp = erasure.IsGivenUp(earliest);
            if (await appointments.Find(id, ct) is not { } appointment)
                return await Dealt(erasure, id, new AppointmentStanding(IsGone: true), ct);
            if (appointment.IsToCome(earliest) && erasure.CancelsFuture)
            {
                // Noted first: after an end in between it is cancelled again, and still counted.
                await erasures.Note(erasure.Id, id, new AppointmentStanding(IsCancelled: true), ct);
                await editing.Edit(id, null, a => a.Cancelled(), ct);
                continue;
            }

            if (appointment.IsToCome(earliest))
                return isGivenUp
                    ? await Dealt(erasure, id, new AppointmentStanding(IsKept: true), ct)
                    : await Waits(erasure, id, Obstacle.IsToCome, ct);

            var copies = await events.CopiesOf([id], ct);
            var cleanUpWaits = (await former.Of([id], ct)).Count > 0;
            if (!isGivenUp && WhyNotYet(copies, cleanUpWaits) is { } obstacle) return await Waits(erasure, id, obstacle, ct);
            var without = copies.Select(c => c.WithoutClient(now)).ToList();
            var entry = new ChangeSet
            {
                Appointments = [appointment.WithoutClient(now)],
                Keep = without,
                Erased = new ErasedAppointment(erasure.Id, id, isGivenUp),
            };
            if (!await store.Commit(entry, ct)) continue; // somebody changed one of the rows meanwhile
            queue.Add(CalendarWork.Push, without.Where(c => c.NextPushAt is not null).Select(c => c.LinkId).Distinct());
            return true;
        }

        return false;
    }

    private async Task<bool> Dealt(Erasure erasure, Guid id, AppointmentStanding standing, CancellationToken ct)
    {
        await erasures.Note(erasure.Id, id, standing, ct);
        return true;
    }

    private async Task<bool> Waits(Erasure erasure, Guid id, string obstacle, CancellationToken ct)
    {
        await erasures.Note(erasure.Id, id, new AppointmentStanding(WaitsFor: obstacle), ct);
        return false;
    }

    private static string? WhyNotYet(IReadOnlyList<SyncedEvent> copies, bool cleanUpWaits) =>
        copies.Any(c => c.OpenAttempt is not null) ? Obstacle.AttemptIsOpen
        : copies.Any(c => c.IsUnderWay()) ? Obstacle.RemovalWaits
        : cleanUpWaits ? Obstacle.CleanUpWaits
        : null;

    private static (ItemState State, string? Obstacle) Standing(
        SyncedEvent? copy, Appointment? appointment, bool cleanUpWaits, bool isGivenUp)
    {
        if (copy is null || appointment is null) return WithoutRow(cleanUpWaits, isGivenUp);
        if (copy is { PushState: PushState.Gone, OpenAttempt: null }) return (ItemState.Gone, null);
        if (copy is { NextPushAt: null, OpenAttempt: null })
        {
            if (copy.Marks == ContentMarks.Of(appointment.Content())) return (ItemState.Rewritten, null);
            return (ItemState.Left, copy.BecameSeries ? Obstacle.IsASeries : Obstacle.NotCleanedUp);
        }

        var failure = copy.PushFailure?.MostExactCode;
        if (copy.PushTries >= MostTries && failure is not null) return (ItemState.Left, failure);
        return isGivenUp ? (ItemState.Left, failure ?? Obstacle.NotCleanedUp) : (ItemState.Waiting, null);
    }

    /// <summary>It was taken out of the calendar, or is being taken out: by a disconnection, or with its staff member.</summary>
    private static (ItemState State, string? Obstacle) WithoutRow(bool cleanUpWaits, bool isGivenUp) =>
        !cleanUpWaits ? (ItemState.Gone, null) : isGivenUp ? (ItemState.Left, Obstacle.NotCleanedUp) : (ItemState.Waiting, null);
}
