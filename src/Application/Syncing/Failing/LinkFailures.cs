using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Application.Traffic;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Failing;

/// <summary>Turns what went wrong with one calendar into the state that an admin sees, and into the moment of the next try.</summary>
internal sealed class LinkFailures(
    IStaffCalendarLinkRepository links,
    ISyncStore store,
    ISyncRuns runs,
    ExceptionStreaks streaks,
    SyncOptions options,
    TimeProvider time,
    ILogger<LinkFailures> logger)
{
    public async Task Store(StaffCalendarLink of, CalendarFailure failure, CancellationToken ct)
    {
        if (failure.Reach is not FailureReach.Unexpected)
            logger.LogWarning("{StaffId}: {Reach} failure {Code} {ExchangeCode}", of.StaffId, failure.Reach, failure.Refusal.Code,
                failure.ExchangeCode);
        await store.Change(
            "The link",
            async () => await links.Find(of.Id, ct) is { } link ? new ChangeSet { Links = [Judged(link, failure)] } : (ChangeSet?)null,
            ct);
    }

    /// <summary>
    /// An unhandled exception is a failure of the link like any other. If even that cannot be stored, the link is paused in memory. Returns
    /// what an admin is told.
    /// </summary>
    /// <param name="of">Null when it is not even known whose it is.</param>
    public async Task<CalendarFailure> Surprised(
        Recurring what,
        StaffCalendarLink? of,
        Exception exception,
        Guid pass,
        CancellationToken ct)
    {
        streaks.Note(what, exception, of?.StaffId ?? "a calendar that could not be read", pass, logger);
        var failure = Unforeseen(exception, pass);
        try
        {
            if (of is null)
            {
                streaks.Pause(what);
                return failure;
            }

            await Store(of, failure, ct);
            var began = TimeOrderedId.GivenAt(pass);
            await runs.Record(new SyncRun(pass, of.Id, began, time.GetUtcNow(), Changes: 0, failure.Refusal.Code), ct);
        }
        catch (Exception unstored) when (!ct.IsCancellationRequested)
        {
            // The first one is in the log already; what stands in the way of the second is the same as a rule.
            logger.LogDebug(unstored, "That could not be stored either, so it is paused in memory");
            streaks.Pause(what);
        }

        return failure;
    }

    /// <summary>What was done went well, so a link that rests after failures need not wait any longer to be read.</summary>
    public Task NeedNotRest(Guid linkId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return store.Change(
            "The link",
            async () => await links.Find(linkId, ct) is { Failures: > 0, NextSyncAt: { } next } link && next > now
                ? new ChangeSet { Links = [link.Due(now)] }
                : (ChangeSet?)null,
            ct);
    }

    /// <summary>An item that was being written may have been.</summary>
    public static CalendarFailure Unforeseen(Exception exception, Guid pass) =>
        new(FailureReach.Unexpected, Domain.Unexpected.TriedAgain(pass), outcome: CallOutcome.Unknown, inner: exception);

    /// <summary>Somebody has to act in Exchange or in the link: asking every hour for days does not help.</summary>
    private static bool IsConfirming(CalendarFailure failure) =>
        failure.Reach is FailureReach.Link or FailureReach.Item or FailureReach.Bug;

    private static TrafficPause LongPause(StaffCalendarLink link, CalendarFailure failure, DateTimeOffset now, DateTimeOffset until) =>
        new() { Mailbox = link.MailboxAddress ?? "", Until = until, Reason = failure.Reason.MostExactCode, AskedAt = now };

    private StaffCalendarLink Judged(StaffCalendarLink link, CalendarFailure failure)
    {
        var now = time.GetUtcNow();
        if (failure is { NothingWasSent: true, RetryAfter: { } wait }) return link.Due(now + wait);
        link = link.Failing(new PassFailure(now, failure.Reason));
        if (failure.CalendarIsUnknown && link.CalendarChecked)
            return link.CalendarLost().FailedInPassing(now);
        var usual = options.PauseAfter(link.Failures);
        var next = now + (failure.RetryAfter ?? LinkRestPolicy.Pause(usual, IsConfirming(failure), link.Failures, link.FailingSince, now));
        var health = CalendarCheckup.Health(failure);
        return failure.Reach switch
        {
            FailureReach.Resync => link.CursorRefused(now),
            // The link waits for longer than anybody would guess: the list says so, until a pass ends well.
            FailureReach.BackOff when failure.RetryAfter > TrafficPause.Remarkable => link.FailedInPassing(
                next, new LinkHealth(LinkState.Warning, failure.Reason with { Text = LongPause(link, failure, now, next).InWords })),
            FailureReach.Passing or FailureReach.BackOff when link.Failures < 3 => link.FailedInPassing(next),
            // It says nothing of this mailbox: a check that was asked for is still to come.
            FailureReach.Integration => link.FailedInPassing(next, health),
            _ => link.Failed(health, now, next),
        };
    }
}
