using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pushes;
using CleanSync.Domain.Syncing.Rules;
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
    SyncOptions options,
    INewIds ids,
    TimeProvider time,
    ILogger<EventPush> logger)
{
    private const int Batch = 100;
    private const int MostSteps = 10;
    private const string NobodyWants = "";

    /// <summary>Until nothing is due. One event's own failure is noted on it and the rest goes on; a failure that reaches further ends the push.</summary>
    public async Task Run(MailboxTurn turn, CalendarAccess access, CancellationToken ct)
    {
        var steps = new Dictionary<Guid, int>();
        while (await events.DuePushes(turn.LinkId, time.GetUtcNow(), Batch, ct) is { Count: > 0 } due)
        {
            foreach (var waiting in due)
            {
                if ((steps[waiting.Id] = steps.GetValueOrDefault(waiting.Id) + 1) <= MostSteps) await Push(turn, access, waiting.Id, ct);
                else await record.Unsettled(turn, waiting.Id, ct);
            }
        }

        streaks.End(Recurring.Push(turn.LinkId));
    }

    private async Task Push(MailboxTurn turn, CalendarAccess access, Guid id, CancellationToken ct)
    {
        if (await events.Find(id, ct) is not { } copy) return;
        if (copy.OpenAttempt?.Deadline > time.GetUtcNow() + options.CallTimeout) copy = await Redated(turn, copy, ct);
        try
        {
            // Read for each event and not once for the run: an admin may switch the link off and on while it goes on.
            var link = await links.Find(turn.LinkId, ct);
            var staffId = link is null or { RemovesCopies: true } ? NobodyWants : link.StaffId;
            var appointment = copy.AppointmentId is { } appointmentId ? await appointments.Find(appointmentId, ct) : null;
            var step = PushPlanner.Decide(copy, appointment, staffId, time.GetUtcNow(), options.AttemptGrace);
            await Carry(turn, access, link, copy, appointment, step, ct);
        }
        catch (CalendarFailure failure) when (failure.NothingWasSent)
        {
            await record.Held(turn, copy.Id, failure, ct);
            throw;
        }
        catch (CalendarFailure failure) when (ConcernsOnlyThis(copy, failure))
        {
            await record.Failed(turn, copy.Id, failure, ct);
        }
        catch (CalendarFailure failure)
        {
            await record.Failed(turn, copy.Id, failure, ct);
            throw;
        }
        catch (Exception exception) when (exception is not LeaseWasLost && !ct.IsCancellationRequested)
        {
            await Note(turn, copy, exception, ct);
            throw;
        }
    }

    /// <summary>
    /// The copy whose push threw waits, so that the next try begins with others. The unhandled exception itself is told by whoever runs the push.
    /// </summary>
    private async Task Note(MailboxTurn turn, SyncedEvent copy, Exception exception, CancellationToken ct)
    {
        try
        {
            await record.Failed(turn, copy.Id, LinkFailures.Unforeseen(exception, turn.PassId), ct);
        }
        catch (Exception unstored) when (!ct.IsCancellationRequested)
        {
            logger.LogDebug(unstored, "It could not be noted with its copy either, so the link is paused in memory");
            streaks.PauseUntold(Recurring.Push(turn.LinkId), unstored);
        }
    }

    /// <summary>No call can be given up so late: the clock was ahead when the attempt was opened. It may be under way still, so it gets its whole time again.</summary>
    private async Task<SyncedEvent> Redated(MailboxTurn turn, SyncedEvent copy, CancellationToken ct)
    {
        await record.Change(turn, copy, c => c.AttemptRedated(time.GetUtcNow() + options.CallTimeout), ct);
        return await events.Find(copy.Id, ct) ?? copy;
    }

    /// <summary>A full mailbox is told of each copy, and read all the same. An internal error that comes a third time is the item's.</summary>
    private static bool ConcernsOnlyThis(SyncedEvent copy, CalendarFailure failure) =>
        failure.Reach is FailureReach.Item or FailureReach.Bug or FailureReach.Writing || (failure.MayBeOfItem && copy.PushTries >= 2);

    private async Task Carry(
        MailboxTurn turn, CalendarAccess access, StaffCalendarLink? link, SyncedEvent copy, Appointment? appointment, PushStep step, CancellationToken ct)
    {
        switch (step)
        {
            case PushStep.Nothing:
                await record.Settled(turn, copy, ct);
                break;
            case PushStep.Wait wait:
                await record.Change(turn, copy, c => c with { NextPushAt = wait.Until }, ct);
                break;
            case PushStep.Finish:
                await (copy.Kind is EventKind.Stray ? record.Forget(turn, copy, ct) : record.Gone(turn, link, copy.NowGone(), [], ct));
                break;
            case PushStep.LookUpOutcome:
                await reading.LookUpOutcome(turn, access, copy, ct);
                break;
            case PushStep.Create:
                await Create(turn, access, copy, appointment!.Content(), ct);
                break;
            case PushStep.Update fields:
                await Update(turn, access, copy, appointment!.Content(), fields, ct);
                break;
            case PushStep.Delete:
                await Delete(turn, access, link, copy, appointment, ct);
                break;
        }
    }

    private async Task Create(MailboxTurn turn, CalendarAccess access, SyncedEvent copy, CopyContent content, CancellationToken ct)
    {
        if ((IsOld(copy) || IsOutOfSight(access, content)) && await reading.Adopts(turn, access, copy, ct)) return;

        var attempt = CreateAttempt.Opened(ids.Next(), time.GetUtcNow() + options.CallTimeout);
        var isOpen = false;
        var opening = new AttemptTurn(turn, async () =>
        {
            var deadline = time.GetUtcNow() + options.CallTimeout;
            if (!isOpen) return isOpen = await record.Change(turn, copy, c =>
                c.AttemptOpened(attempt with { Deadline = deadline }, content), ct);
            // It was refused for its zone, so nothing was made: the same attempt goes on under another.
            return await events.Find(copy.Id, ct) is { } opened && await record.Change(turn, opened, c => c.AttemptRedated(deadline), ct);
        });
        try
        {
            var (item, standIn) = await ZonedWriting.Write(
                access.MailboxAddress, content, zoned => writer.Create(access with { Turn = opening }, zoned, copy.Id, attempt, ct));
            await record.Written(turn, copy.Id, item, content, new HowItWasWritten(attempt.Id, null, standIn), ct);
        }
        catch (AttemptWasOvertaken)
        {
            // the row has changed since it was read, and nothing was sent: the push decides again
        }
        catch (CalendarFailure failure) when (failure.NothingWasSent)
        {
            await record.Unsent(turn, copy.Id, attempt.Id, ct);
            throw;
        }
    }

    /// <summary>It may have an item that only a later state of this database knew.</summary>
    private bool IsOld(SyncedEvent copy) => time.GetUtcNow() - TimeOrderedId.GivenAt(copy.Id) > options.SearchBeforeCreateAfter;

    /// <summary>Outside the window, so that no full pass can have seen an item with its tag there.</summary>
    private bool IsOutOfSight(CalendarAccess access, CopyContent content) =>
        !SyncWindow.At(time.GetUtcNow(), access.Integration.HorizonMonths, CalendarZone.FindOrUtc(access.TimeZone)).Overlaps(content.Times.Start, content.Times.End);

    private async Task Update(MailboxTurn turn, CalendarAccess access, SyncedEvent copy, CopyContent content, PushStep.Update fields, CancellationToken ct)
    {
        var item = new WrittenItem(copy.ItemId!, copy.ChangeKey);
        var (outcome, standIn) = await ZonedWriting.Write(access.MailboxAddress, content, zoned =>
            writer.Update(access, item, zoned, fields, ct));
        switch (outcome)
        {
            case UpdateOutcome.Written written:
                await record.Written(turn, copy.Id, written.Item, content, new HowItWasWritten(null, fields, standIn), ct);
                break;
            case UpdateOutcome.ChangedMeanwhile:
                await reading.Merge(turn, access, copy, ct);
                break;
            case UpdateOutcome.Missing:
                await reading.FindAgain(turn, access, copy, ct);
                break;
        }
    }

    private async Task Delete(
        MailboxTurn turn, CalendarAccess access, StaffCalendarLink? link, SyncedEvent copy, Appointment? appointment, CancellationToken ct)
    {
        var items = await reading.StillOurs(turn, access, copy, ct);
        var series = items.FirstOrDefault(i => i.Type is RemoteItemType.SeriesMaster);
        foreach (var item in items.Where(i => i.Type is not RemoteItemType.SeriesMaster)) await writer.Delete(access, new WrittenItem(item.ItemId, item.ChangeKey), ct);
        if (series is not null && await reading.OwnOccurrence(access, series, appointment, ct) is { } own)
            await writer.Delete(access, new WrittenItem(own.ItemId, own.ChangeKey), ct);
        var uid = items.FirstOrDefault(i => i.Tag!.AttemptId == copy.ItemAttempt)?.Uid;
        if (copy.Kind is EventKind.Stray) await record.Forget(turn, copy, ct);
        else if (series is null) await record.Gone(turn, link, copy.DeletedByUs(uid), [], ct);
        else await record.Gone(turn, link, copy.DeletedByUs(uid) with { BecameSeries = false, ItemId = null, LeftSeries = series.Uid }, [SyncWarning.SeriesStays(copy.Id)], ct);
    }
}
