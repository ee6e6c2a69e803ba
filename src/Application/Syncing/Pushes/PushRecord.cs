using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Pushes;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>Commits what a push did, onto the row as it is by then: the booking product may have changed it meanwhile.</summary>
internal sealed class PushRecord(
    ISyncedEventRepository events,
    IAppointmentRepository appointments,
    IStaffCalendarLinkRepository links,
    ISyncStore store,
    SyncOptions options,
    INewIds ids,
    TimeProvider time)
{
    /// <summary>False, with nothing stored, when the row changed since it was read: then the push decides again.</summary>
    public Task<bool> Change(OpenCalendar calendar, SyncedEvent read, Func<SyncedEvent, SyncedEvent> change, CancellationToken ct)
    {
        var changed = change(read);
        return changed == read ? Task.FromResult(true) : store.Commit(new ChangeSet { Lease = calendar.Lease, Keep = [changed] }, ct);
    }

    /// <summary>
    /// Nothing is left to push. An appointment that Outlook made a series of left one of its occurrences behind, or took the place of
    /// another: the next pass reads the window to tell them apart.
    /// </summary>
    public async Task Settled(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        var link = copy.BecameSeries ? await links.Find(copy.LinkId, ct) : null;
        await store.Commit(
            new ChangeSet
            {
                Lease = calendar.Lease,
                Keep = [copy.Settled()],
                Links = link is null ? [] : [link.WindowDue(time.GetUtcNow())]
            },
            ct);
    }

    /// <summary>
    /// The copy is gone, unless an admin has switched its link on or off since that was decided: then somebody may want it again, and the
    /// push decides anew.
    /// </summary>
    /// <param name="link">As it was when it was decided that nobody wants the copy; null when it was gone already.</param>
    /// <param name="stays">The series that Outlook made of it, as it was read; null as a rule.</param>
    public async Task Gone(
        OpenCalendar calendar,
        StaffCalendarLink? link,
        SyncedEvent gone,
        RemoteEvent? stays,
        CancellationToken ct) => await store.Commit(
        new ChangeSet
        {
            Lease = calendar.Lease,
            Keep = stays is null ? [gone] : [gone with { LeftSeries = stays.Uid }, .. await OwnersFromNowOn(calendar, stays, ct)],
            Links = link is null ? [] : [link],
            Warnings = Said(stays is null ? null : gone),
        }, ct);

    /// <param name="owner">The copy whose series the stray was; null as a rule.</param>
    /// <param name="stays">The series that the stray was, as it was read; null as a rule.</param>
    /// <param name="link">To have its window read, where the stray was not found; null where it was deleted.</param>
    public async Task Forget(
        OpenCalendar calendar,
        SyncedEvent stray,
        SyncedEvent? owner,
        RemoteEvent? stays,
        StaffCalendarLink? link,
        CancellationToken ct) => await store.Commit(
        new ChangeSet
        {
            Lease = calendar.Lease,
            Remove = [stray],
            Links = link is null ? [] : [link.WindowDue(time.GetUtcNow())],
            Keep =
            [
                .. owner is null ? Array.Empty<SyncedEvent>() : [owner with { LeftSeries = stays?.Uid }],
                .. stays is null ? [] : await OwnersFromNowOn(calendar, stays, ct),
            ],
            Warnings = Said(owner),
        }, ct);

    /// <summary>
    /// What stays is a series like any other: without a row of it nothing would tell that its occurrences go when it is single again. Its
    /// change key is left open, so that the next page reads them.
    /// </summary>
    private async Task<IReadOnlyList<SyncedEvent>> OwnersFromNowOn(OpenCalendar calendar, RemoteEvent series, CancellationToken ct)
    {
        var rows = await events.Named(calendar.LinkId, [series.ItemId], [], [], ct);
        return rows.Any(r => r.Kind is EventKind.Series)
            ? []
            : [SyncedEvent.SeriesOf(ids.Next(), calendar.LinkId, series.ItemId) with { Uid = series.Uid }];
    }

    private IReadOnlyList<LinkWarning> Said(SyncedEvent? whoseSeriesStays) => whoseSeriesStays is not { } copy
        ? []
        : [new LinkWarning(ids.Next(), copy.LinkId, time.GetUtcNow(), SyncWarning.SeriesStays(copy.Id))];

    /// <summary>
    /// Exchange holds the item. If the booking product changed the appointment while it was being written, the row stays queued.
    /// </summary>
    public Task Written(
        OpenCalendar calendar,
        Guid id,
        WrittenItem item,
        CopyContent content,
        HowItWasWritten how,
        CancellationToken ct) =>
        OntoCurrent(calendar, id, async copy =>
        {
            var written = copy.WrittenAs(item.ItemId, item.ChangeKey, content, how.Attempt) with
            {
                Differs = how.Fields is null ? CopyDifferences.None : copy.Differs.Without(how.Fields),
                StandInZone = how.Fields is { Times: false } ? copy.StandInZone : how.StandInZone,
            };
            var appointment = copy.AppointmentId is { } appointmentId ? await appointments.Find(appointmentId, ct) : null;
            var link = await links.Find(copy.LinkId, ct);
            var staffId = link is { RemovesCopies: false } ? link.StaffId : "";
            var next = PushPlanner.Decide(written, appointment, staffId, time.GetUtcNow(), options.AttemptGrace);
            if (next is PushStep.Nothing) return new ChangeSet { Keep = [written] };
            var goes = next is PushStep.Delete;
            return new ChangeSet
            {
                Keep = [written with { PushState = goes ? PushState.Withdrawing : PushState.Queued, NextPushAt = time.GetUtcNow() }],
                Links = goes && link is not null ? [link] : [],
            };
        }, ct);

    /// <summary>An attempt whose outcome is unknown stays open; one that certainly did nothing is closed.</summary>
    public Task Failed(OpenCalendar calendar, Guid id, CalendarFailure failure, CancellationToken ct) =>
        OntoCurrent(calendar, id, copy =>
        {
            var now = time.GetUtcNow();
            var next = now + (failure.RetryAfter ?? options.PauseAfter(copy.PushTries));
            var settled = failure.OutcomeUnknown ? copy : copy.AttemptClosed();
            if (settled.OpenAttempt is { Deadline: { } deadline } && next < deadline + options.AttemptGrace)
                next = deadline + options.AttemptGrace;
            // That it stays because it is private is known until it is read otherwise, whatever else goes wrong meanwhile.
            var stays = copy.PushFailure is { Code: var before } known && before == StayReason.IsPrivate.Code ? known : null;
            return settled.PushFailed(stays ?? failure.Reason, next);
        }, ct);

    /// <summary>Nothing was sent: the copy waits as it is.</summary>
    public Task Held(OpenCalendar calendar, Guid id, CalendarFailure failure, CancellationToken ct) =>
        OntoCurrent(calendar, id, copy => copy with { NextPushAt = time.GetUtcNow() + (failure.RetryAfter ?? options.FirstPause) }, ct);

    /// <summary>The attempt certainly did nothing, so nobody need look for what it made. An older one stays open.</summary>
    public Task Unsent(OpenCalendar calendar, Guid id, Guid attempt, CancellationToken ct) =>
        OntoCurrent(calendar, id, copy => copy.OpenAttempt?.Id == attempt ? copy.AttemptClosed() : copy, ct);

    /// <summary>Changes keep overtaking each other: the event waits for the next pass, and others go on.</summary>
    public Task Unsettled(OpenCalendar calendar, Guid id, CancellationToken ct) =>
        OntoCurrent(calendar, id, copy => copy.PushFailed(
            new Reason(
                "push-did-not-settle", "The event changed again and again while it was being written. CleanSync tries again by itself."),
            time.GetUtcNow() + options.PauseAfter(copy.PushTries)), ct);

    private Task OntoCurrent(OpenCalendar calendar, Guid id, Func<SyncedEvent, SyncedEvent> change, CancellationToken ct) =>
        OntoCurrent(calendar, id, copy => Task.FromResult(new ChangeSet { Keep = [change(copy)] }), ct);

    private async Task OntoCurrent(OpenCalendar calendar, Guid id, Func<SyncedEvent, Task<ChangeSet>> change, CancellationToken ct)
    {
        var stored = await store.Change("The event", async () => await events.Find(id, ct) is { } current
            ? await change(current) with { Lease = calendar.Lease }
            : (ChangeSet?)null, ct);
        if (stored.IsRefused) throw new LeaseWasLost();
    }
}

/// <summary>Of one write that Exchange took.</summary>
/// <param name="Attempt">Of a create.</param>
/// <param name="Fields">Of an update: what was written; null for a create, which writes all.</param>
/// <param name="StandInZone">The zone that its times were written under, where Exchange does not know the one that was booked.</param>
internal sealed record HowItWasWritten(Guid? Attempt, PushStep.Update? Fields, string? StandInZone);
