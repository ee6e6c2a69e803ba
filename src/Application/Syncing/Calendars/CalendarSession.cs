using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>How a calendar is to be opened.</summary>
internal enum Opening
{
    /// <summary>By a job: not while it is paused in memory.</summary>
    ByItself,

    /// <summary>By a push, which goes on removing what is to go after its link was switched off with its copies to be removed.</summary>
    ForPush,

    /// <summary>Because somebody asks just now.</summary>
    Asked,
}

/// <summary>
/// Takes the mailbox's turn and opens its calendar for a pass or push, if it may be touched now. Whatever goes wrong, foreseen or not,
/// becomes the state that an admin sees; every log line until the end carries the pass, the staff id and the mailbox.
/// </summary>
internal sealed class CalendarSession(
    MailboxLocks locks,
    IExchangeIntegrationRepository integrations,
    IStaffCalendarLinkRepository links,
    UnresolvedExceptions standing,
    LinkFailures failures,
    ExceptionStreaks streaks,
    ISyncRuns runs,
    SyncMetrics metrics,
    INewIds ids,
    TimeProvider time,
    ILogger<CalendarSession> logger)
{
    public async Task<Result> Run(Guid linkId, Opening how, Func<OpenCalendar, StaffCalendarLink, Task> work, CancellationToken ct)
    {
        var passes = Recurring.Pass(linkId);
        if (how is not Opening.Asked && (streaks.IsPaused(passes) || streaks.IsPaused(Recurring.Push(linkId)))) return Result.Done;
        var pass = ids.Next();
        StaffCalendarLink? link = null;
        IDisposable? scope = null;
        try
        {
            if ((link = await links.Find(linkId, ct)) is null) return Result.Done;
            scope = logger.BeginPass(pass, link);
            await using var mailbox = await locks.Take(linkId, ct);
            if (mailbox is null) return new CalendarIsBusy(link.StaffId);
            mailbox.PassId = pass;
            var ended = await Open(mailbox, how, work, ct);
            if (await IsOver(passes, ct)) streaks.End(passes);
            return ended;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            var told = (await failures.Surprised(passes, link, exception, pass, ct)).Refusal;
            return exception is StorageFailure { Refusal: var known } ? known : told;
        }
        finally
        {
            scope?.Dispose();
        }
    }

    /// <summary>
    /// A streak of unhandled exceptions goes on while a push waits after one: a run that had nothing to do with it tells nothing.
    /// </summary>
    private async Task<bool> IsOver(Recurring passes, CancellationToken ct) =>
        streaks.HasRow(passes) && !await standing.OfPush(passes.Of, ct);

    private async Task<Result> Open(
        MailboxLock mailbox,
        Opening how,
        Func<OpenCalendar, StaffCalendarLink, Task> work,
        CancellationToken ct)
    {
        if (await links.Find(mailbox.LinkId, ct) is not { } link) return Result.Done;
        if (!link.Enabled && !(how is Opening.ForPush && link.RemovesCopies)) return new LinkIsDisabled(link.StaffId);
        if (await integrations.Find(link.IntegrationId, ct) is not { } integration) return new IntegrationNotFound(link.IntegrationId);
        if (integration.BlockedBy is { } still) return still;
        var started = time.GetUtcNow();
        var ended = await Open(mailbox, link, integration, work, ct);
        if (mailbox.Changes > 0 || (ended.IsRefused && ended.Refusal is not CalendarIsBusy))
            await runs.Record(new SyncRun(mailbox.PassId, link.Id, started, time.GetUtcNow(), mailbox.Changes, ended.Refusal?.Code), ct);
        return ended;
    }

    private async Task<Result> Open(
        MailboxLock mailbox,
        StaffCalendarLink link,
        ExchangeIntegration integration,
        Func<OpenCalendar, StaffCalendarLink, Task> work,
        CancellationToken ct)
    {
        try
        {
            if (link.MailboxAddress is null) throw new CalendarFailure(FailureReach.Link, new MailboxAddressIsMissing(link.StaffId));
            await work(OpenCalendar.Of(integration, link, mailbox), link);
            if (link.Failures > 0) await failures.NeedNotRest(link.Id, ct);
            return Result.Done;
        }
        catch (CalendarFailure failure)
        {
            await failures.Store(link, failure, ct);
            return failure.Refusal;
        }
        catch (LeaseWasLost)
        {
            metrics.LeaseLost();
            logger.LogWarning("Another node took over the calendar of {StaffId}; this pass stops", link.StaffId);
            return new CalendarIsBusy(link.StaffId);
        }
    }
}
