using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>What one pass or push starts from.</summary>
internal sealed record OpenCalendar(ExchangeIntegration Integration, StaffCalendarLink Link, IMailboxTurn Turn)
{
    public CalendarAccess Access => CalendarAccess.Of(Integration, Link, Turn);

    /// <summary>The stored ids were read at another address or in another manner of access: the calendar has to be read from scratch.</summary>
    public bool IdsMeanNothing => Link.IdentityVersion != Integration.IdentityVersion;
}

/// <summary>Opens a calendar for a pass or push if it may be touched now, and turns a failure into the state that an admin sees.</summary>
internal sealed class CalendarSession(
    IExchangeIntegrationRepository integrations,
    IStaffCalendarLinkRepository links,
    ISyncLedger ledger,
    SyncOptions options,
    ISyncRuns runs,
    INewIds ids,
    TimeProvider time,
    ILogger<CalendarSession> logger)
{
    /// <param name="removals">Removals from the calendar go on after its link was switched off with its copies to be removed.</param>
    public async Task<Result> Run(MailboxTurn turn, Func<OpenCalendar, Task> work, CancellationToken ct, bool removals = false)
    {
        if (await links.Find(turn.LinkId, ct) is not { } link) return Result.Done;
        if (!link.Enabled && !(removals && link.RemovesCopies)) return new LinkIsDisabled(link.StaffId);
        if (await integrations.Find(link.IntegrationId, ct) is not { } integration) return new IntegrationNotFound(link.IntegrationId);
        if (integration.WhyStill is { } still) return still;
        var started = time.GetUtcNow();
        var ended = await Run(turn, link, integration, work, ct);
        if (turn.Changes > 0 || (ended.IsRefused && ended.Refusal is not CalendarIsBusy))
            await runs.Record(new SyncRun(ids.Next(), link.Id, started, time.GetUtcNow(), turn.Changes, ended.Refusal?.Code), ct);
        return ended;
    }

    private async Task<Result> Run(MailboxTurn turn, StaffCalendarLink link, ExchangeIntegration integration, Func<OpenCalendar, Task> work, CancellationToken ct)
    {
        if (link.MailboxAddress is null) return await Fail(link.Id, new CalendarFailure(FailureReach.Link, new MailboxAddressIsMissing(link.StaffId)), ct);
        try
        {
            await work(new OpenCalendar(integration, link, turn));
            if (link.Failures > 0) await NeedNotRest(link.Id, ct);
            return Result.Done;
        }
        catch (CalendarFailure failure)
        {
            return await Fail(link.Id, failure, ct);
        }
        catch (LeaseWasLost)
        {
            logger.LogWarning("Another node took over link {LinkId}; this pass stops", link.Id);
            return new CalendarIsBusy(link.StaffId);
        }
    }

    /// <summary>What was done went well, so a link that rests after failures need not wait any longer to be read.</summary>
    private async Task NeedNotRest(Guid linkId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        while (await links.Find(linkId, ct) is { Failures: > 0, NextSyncAt: { } next } link && next > now)
        {
            if (await ledger.Commit(new LedgerEntry { Links = [link with { NextSyncAt = now }] }, ct)) return;
        }
    }

    private async Task<Result> Fail(Guid linkId, CalendarFailure failure, CancellationToken ct)
    {
        logger.LogWarning("Link {LinkId}: {Reach} failure {Code} {ExchangeCode}", linkId, failure.Reach, failure.Refusal.Code, failure.ExchangeCode);
        while (await links.Find(linkId, ct) is { } link)
        {
            var failed = Judged(link, failure);
            if (await ledger.Commit(new LedgerEntry { Links = [failed] }, ct)) break;
        }

        return failure.Refusal;
    }

    /// <summary>Somebody has to act in Exchange or in the link: asking every hour for days does not help.</summary>
    private static bool IsConfirming(CalendarFailure failure) => failure.Reach is FailureReach.Link or FailureReach.Item or FailureReach.Bug;

    private static TrafficPause LongPause(StaffCalendarLink link, CalendarFailure failure, DateTimeOffset now, DateTimeOffset until) =>
        new() { Mailbox = link.MailboxAddress ?? "", Until = until, Reason = failure.ExchangeCode ?? failure.Refusal.Code, AskedAt = now };

    private StaffCalendarLink Judged(StaffCalendarLink link, CalendarFailure failure)
    {
        var now = time.GetUtcNow();
        if (failure is { NothingWasSent: true, RetryAfter: { } wait }) return link with { NextSyncAt = now + wait };
        link = link with { FailingSince = link.FailingSince ?? now, LastFailure = CalendarCheckup.LastFailure(failure, now) };
        if (failure.CalendarIsUnknown && link.CalendarChecked)
            return link.CalendarLost().FailedInPassing(now);
        var next = now + (failure.RetryAfter ?? LinkPatience.Pause(options.PauseAfter(link.Failures), IsConfirming(failure), link.Failures, link.FailingSince, now));
        return failure.Reach switch
        {
            FailureReach.Resync => link.CursorRefused() with { NextSyncAt = now },
            // The link waits for longer than anybody would guess: the list says so, until a pass ends well.
            FailureReach.BackOff when failure.RetryAfter > TrafficPause.Remarkable => link.FailedInPassing(next) with
            {
                Health = CalendarCheckup.Health(failure.Refusal, failure.ExchangeCode) with { State = LinkState.Warning, Reason = LongPause(link, failure, now, next).InWords },
            },
            FailureReach.Passing or FailureReach.BackOff when link.Failures < 3 => link.FailedInPassing(next),
            // It says nothing of this mailbox: a check that was asked for is still to come.
            FailureReach.Integration => link.FailedInPassing(next) with { Health = CalendarCheckup.Health(failure.Refusal, failure.ExchangeCode) },
            _ => link.Failed(CalendarCheckup.Health(failure.Refusal, failure.ExchangeCode), now, next),
        };
    }
}
