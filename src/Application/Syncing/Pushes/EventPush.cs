using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pushes;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>Writes what waits for one calendar into Exchange: an outbox in which every create is an attempt with an identity.</summary>
internal sealed class EventPush(
    ISyncedEventRepository events,
    IAppointmentRepository appointments,
    IStaffCalendarLinkRepository links,
    ICalendarWriter writer,
    PushReading reading,
    PushRecord record,
    ExceptionStreaks streaks,
    SyncMetrics metrics,
    SyncOptions options,
    DatabaseRestore restore,
    INewIds ids,
    TimeProvider time,
    ILogger<EventPush> logger)
{
    private const int Batch = 100, MostSteps = 10;
    private const string NobodyWants = "";

    /// <summary>
    /// Until nothing is due. One event's own failure is noted on it and the rest goes on; a failure that reaches further ends the push.
    /// </summary>
    public async Task Run(OpenCalendar calendar, CancellationToken ct)
    {
        var steps = new Dictionary<Guid, int>();
        while (await events.DuePushes(calendar.LinkId, time.GetUtcNow(), Batch, ct) is { Count: > 0 } due)
        {
            foreach (var waiting in due)
            {
                if ((steps[waiting.Id] = steps.GetValueOrDefault(waiting.Id) + 1) <= MostSteps) await Push(calendar, waiting.Id, ct);
                else await record.Unsettled(calendar, waiting.Id, ct);
            }
        }

        streaks.End(Recurring.Push(calendar.LinkId));
    }

    private async Task Push(OpenCalendar calendar, Guid id, CancellationToken ct)
    {
        if (await events.Find(id, ct) is not { } copy) return;
        if (copy.OpenAttempt?.Deadline > time.GetUtcNow() + options.CallTimeout) copy = await Redated(calendar, copy, ct);
        try
        {
            // Read for each event and not once for the run: an admin may switch the link off and on while it goes on.
            var link = await links.Find(calendar.LinkId, ct);
            var staffId = link is null or { RemovesCopies: true } ? NobodyWants : link.StaffId;
            var appointment = copy.AppointmentId is { } appointmentId ? await appointments.Find(appointmentId, ct) : null;
            var step = PushPlanner.Decide(copy, appointment, staffId, time.GetUtcNow(), options.AttemptGrace);
            await metrics.Push(step, () => Carry(calendar, new Due(copy, link, appointment), step, ct));
        }
        catch (CalendarFailure failure) when (failure.NothingWasSent)
        {
            await record.Held(calendar, copy.Id, failure, ct);
            throw;
        }
        catch (CalendarFailure failure) when (ConcernsOnlyThis(copy, failure))
        {
            await record.Failed(calendar, copy.Id, failure, ct);
        }
        catch (CalendarFailure failure)
        {
            await record.Failed(calendar, copy.Id, failure, ct);
            throw;
        }
        catch (Exception exception) when (exception is not LeaseWasLost && !ct.IsCancellationRequested)
        {
            await Note(calendar, copy, exception, ct);
            throw;
        }
    }

    /// <summary>
    /// The copy whose push threw waits, so that the next try begins with others. The exception itself is told by whoever runs the push.
    /// </summary>
    private async Task Note(OpenCalendar calendar, SyncedEvent copy, Exception exception, CancellationToken ct)
    {
        try
        {
            await record.Failed(calendar, copy.Id, LinkFailures.Unforeseen(exception, calendar.PassId), ct);
        }
        catch (Exception unstored) when (!ct.IsCancellationRequested)
        {
            logger.LogDebug(unstored, "It could not be noted with its copy either, so the link is paused in memory");
            streaks.PauseUntold(Recurring.Push(calendar.LinkId), unstored);
        }
    }

    /// <summary>
    /// No call can be given up so late: the clock was ahead when the attempt was opened. It may be under way still, so it gets its whole
    /// time again.
    /// </summary>
    private async Task<SyncedEvent> Redated(OpenCalendar calendar, SyncedEvent copy, CancellationToken ct)
    {
        await record.Change(calendar, copy, c => c.AttemptRedated(time.GetUtcNow() + options.CallTimeout), ct);
        return await events.Find(copy.Id, ct) ?? copy;
    }

    /// <summary>A full mailbox is told of each copy. An internal error that comes a third time is the item's own.</summary>
    private static bool ConcernsOnlyThis(SyncedEvent copy, CalendarFailure failure) =>
        failure.Reach is FailureReach.Item or FailureReach.Bug or FailureReach.Writing
            || (failure.Meaning is FailureMeaning.MayBeOfItem && copy.PushTries >= 2);

    private async Task Carry(OpenCalendar calendar, Due due, PushStep step, CancellationToken ct)
    {
        var (copy, link, appointment) = due;
        switch (step)
        {
            case PushStep.Nothing:
                await record.Settled(calendar, copy, ct);
                break;
            case PushStep.Wait wait:
                await record.Change(calendar, copy, c => c with { NextPushAt = wait.Until }, ct);
                break;
            case PushStep.Finish:
                await (
                    copy.Kind is EventKind.Stray
                        ? record.Forget(calendar, copy, null, null, null, ct)
                        : record.Gone(calendar, link, copy.NowGone(), null, ct));
                break;
            case PushStep.LookUpOutcome:
                await reading.LookUpOutcome(calendar, copy, ct);
                break;
            case PushStep.Create:
                await Create(calendar, copy, appointment!.Content(), ct);
                break;
            case PushStep.Update fields:
                await Update(calendar, copy, appointment!.Content(), fields, ct);
                break;
            case PushStep.Delete:
                await Delete(calendar, due, ct);
                break;
        }
    }

    private async Task Create(OpenCalendar calendar, SyncedEvent copy, CopyContent content, CancellationToken ct)
    {
        if ((IsOld(copy) || IsOutOfSight(calendar, content)) && await reading.Adopts(calendar, copy, ct)) return;

        var attempt = CreateAttempt.Opened(ids.Next(), time.GetUtcNow() + options.CallTimeout);
        var isOpen = false;
        var checkedLast = calendar with { LastCheck = Open };
        try
        {
            var (item, standIn) = await ZonedWriting.Write(
                calendar.MailboxAddress, content, zoned => writer.Create(checkedLast, zoned, copy.Id, attempt, ct));
            await record.Written(calendar, copy.Id, item, content, new HowItWasWritten(attempt.Id, null, standIn), ct);
        }
        catch (AttemptWasOvertaken)
        {
            // the row has changed since it was read, and nothing was sent: the push decides again
        }
        catch (CalendarFailure failure) when (failure.NothingWasSent)
        {
            await record.Unsent(calendar, copy.Id, attempt.Id, ct);
            throw;
        }

        // When its call is about to start and nothing is left to wait for, so that its deadline is the call's own.
        async Task Open(CancellationToken stop)
        {
            var deadline = time.GetUtcNow() + options.CallTimeout;
            if (!isOpen)
            {
                isOpen = await record.Change(calendar, copy, c => c.AttemptOpened(attempt with { Deadline = deadline }, content), stop);
                if (!isOpen) throw new AttemptWasOvertaken();
                return;
            }

            // It was refused for its zone, so nothing was made: the same attempt goes on under another.
            if (await events.Find(copy.Id, stop) is not { } opened
                || !await record.Change(calendar, opened, c => c.AttemptRedated(deadline), stop))
                throw new AttemptWasOvertaken();
        }
    }

    /// <summary>It may have an item that only a later state of this database knew.</summary>
    private bool IsOld(SyncedEvent copy) => TimeOrderedId.GivenAt(copy.Id) is var given
        && (given <= restore.At || time.GetUtcNow() - given > options.SearchBeforeCreateAfter);

    /// <summary>Outside the window, so that no full pass can have seen an item with its tag there.</summary>
    private bool IsOutOfSight(OpenCalendar calendar, CopyContent content) =>
        !SyncWindow.At(time.GetUtcNow(), calendar.Settings.HorizonMonths, CalendarZone.FindOrUtc(calendar.TimeZone))
            .Overlaps(content.Times.Start, content.Times.End);

    private async Task Update(
        OpenCalendar calendar,
        SyncedEvent copy,
        CopyContent content,
        PushStep.Update fields,
        CancellationToken ct)
    {
        var item = new WrittenItem(copy.ItemId!, copy.ChangeKey);
        var (outcome, standIn) = await ZonedWriting.Write(calendar.MailboxAddress, content, zoned =>
            writer.Update(calendar, item, zoned, fields, ct));
        switch (outcome)
        {
            case UpdateOutcome.Written written:
                await record.Written(calendar, copy.Id, written.Item, content, new HowItWasWritten(null, fields, standIn), ct);
                break;
            case UpdateOutcome.ChangedMeanwhile:
                await reading.Merge(calendar, copy, ct);
                break;
            case UpdateOutcome.Missing:
                await reading.FindAgain(calendar, copy, ct);
                break;
        }
    }

    private async Task Delete(OpenCalendar calendar, Due due, CancellationToken ct)
    {
        var (copy, link, appointment) = due;
        var items = await reading.StillOurs(calendar, copy, ct);
        var series = items.FirstOrDefault(i => i.Type is RemoteItemType.SeriesMaster);
        var notFound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items.Where(i => i.Type is not RemoteItemType.SeriesMaster))
        {
            if (!await writer.Delete(calendar, new WrittenItem(item.ItemId, item.ChangeKey), ct)) notFound.Add(item.ItemId);
        }
        // That it is not there although it was shown just now proves nothing.
        if (notFound.Count > 0 && (await reading.StillOurs(calendar, copy, ct)).Any(i => notFound.Contains(i.ItemId)))
            throw CalendarFailure.OfVanishedItem(calendar.MailboxAddress);
        var owner = series is not null && copy.Kind is EventKind.Stray ? await CopyOf(series, copy, ct) : null;
        if (owner is { AppointmentId: { } booked }) appointment = await appointments.Find(booked, ct);
        if (series is not null && await reading.OwnOccurrence(calendar, series, appointment, ct) is { } own)
            await writer.Delete(calendar, new WrittenItem(own.ItemId, own.ChangeKey), ct);
        var uid = items.FirstOrDefault(i => i.Tag!.AttemptId == copy.ItemAttempt)?.Uid;
        if (copy.Kind is EventKind.Stray)
        {
            var unfound = items.Count == 0 && link is { Enabled: true } ? link : null;
            await record.Forget(calendar, copy, owner, series, unfound, ct);
        }
        else
        {
            var gone = copy.DeletedByUs(uid);
            await record.Gone(calendar, link, series is null ? gone : gone with { BecameSeries = false, ItemId = null }, series, ct);
        }
    }

    /// <summary>The copy that Outlook made this stray series of, if it was written anew since.</summary>
    private async Task<SyncedEvent?> CopyOf(RemoteEvent series, SyncedEvent stray, CancellationToken ct) =>
        await events.Find(series.Tag!.EventId, ct) is { Kind: EventKind.Copy } copy
        && copy.LinkId == stray.LinkId && copy.ItemId != series.ItemId ? copy : null;

    /// <summary>A copy that is due, with its link and its appointment as they are now.</summary>
    private sealed record Due(SyncedEvent Copy, StaffCalendarLink? Link, Appointment? Appointment);
}
