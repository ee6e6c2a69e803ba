using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Takes one calendar out of an integration that is being disconnected. First, in one commit, everything of Exchange leaves the booking
/// side, and each of our items is noted as one that is to go: from then on no row is left that its deletion could be taken for a
/// cancellation of. Then they go, one by one.
/// </summary>
internal sealed class CalendarDetachment(
    IStaffCalendarLinkRepository links,
    IExchangeIntegrationRepository integrations,
    ISyncedEventRepository events,
    ICleanUpItems former,
    ItemCleanUp items,
    GoneCalendars gone,
    ISyncStore store,
    SyncOptions options,
    INewIds ids,
    ICautiousClock cautious,
    TimeProvider time,
    ILogger<CalendarDetachment> logger)
{
    /// <summary>What Exchange refuses for one mailbox or one item is tried so often before the items are left behind.</summary>
    private const int MostTries = 5;

    /// <summary>Nothing of Exchange is left on the booking side of this link afterwards.</summary>
    /// <param name="erasure">Of its staff member, in whose report it is counted; null when the integration is disconnected.</param>
    public async Task Detach(MailboxLock mailbox, ExchangeIntegration integration, CancellationToken ct, Guid? erasure = null)
    {
        while (await links.Find(mailbox.LinkId, ct) is { } link && link.IntegrationId == integration.Id)
        {
            var rows = await events.OfLink(link.Id, ct);
            if (rows.Count == 0 && !link.Enabled) return;
            var change = CalendarChange.Of(link, rows, time.GetUtcNow(), options.AttemptGrace, ids.Next);
            var counted = new DetachedCalendar(
                integration.Id,
                link.Id,
                link.StaffId,
                link.StaffName,
                link.MailboxAddress,
                rows.Count(r => r.Kind is EventKind.External),
                change.Former.Count(f => f.ItemId is not null || f.Attempt is not null));
            var detached = new ChangeSet { Lease = mailbox.Lease, Links = [link.Leaving()], Remove = rows, Former = change.Former };
            detached = erasure is { } id
                ? detached with { ErasedCalendar = new ErasedCalendar(id, counted.ExchangeEvents, counted.Items) }
                : detached with { Detached = counted };
            if (!await store.Commit(detached, ct)) await mailbox.Confirm(ct);
        }
    }

    /// <summary>Removes what is due. A failure postpones the rest of this calendar, and no other.</summary>
    public async Task CleanUp(MailboxLock mailbox, ExchangeIntegration integration, CancellationToken ct)
    {
        if (await links.Find(mailbox.LinkId, ct) is not { } link) return;
        foreach (var copy in await former.OfDisconnection(integration.Id, link.Id, ct))
        {
            if (copy.NextTryAt > time.GetUtcNow() || !await Handle(mailbox, integration, link, copy, ct)) return;
            if (link is not { Enabled: false, Health.Problem: not null }) continue;
            // what was told of it holds no more
            await store.Commit(new ChangeSet { Lease = mailbox.Lease, Links = [link with { Health = LinkHealth.Waiting }] }, ct);
            if ((link = await links.Find(mailbox.LinkId, ct)) is null) return;
        }
    }

    /// <summary>False when the rest of the calendar has to wait.</summary>
    private async Task<bool> Handle(
        MailboxLock mailbox,
        ExchangeIntegration integration,
        StaffCalendarLink link,
        CleanUpItem copy,
        CancellationToken ct)
    {
        try
        {
            var through = copy.Mailbox.IntegrationId == integration.Id
                ? integration
                : await integrations.Find(copy.Mailbox.IntegrationId, ct);
            if (link.IntegrationId != integration.Id && copy.MayBeIn(link))
            {
                if (link.Cursor is null) return false; // it is adopted, or not, by the full pass, which has not been
                if (copy.CalendarId == link.CalendarId) return await Settle(mailbox, integration, copy, null, ct);
            }

            if (through is null) return await Settle(mailbox, integration, copy, StayReason.NotCleanedUp, ct);
            if (through.Id != integration.Id && through.BlockedBy is { } still) throw new CalendarFailure(FailureReach.Passing, still);
            var now = copy.EventId is { } id ? await events.Find(id, ct) : null;
            var calendar = new OpenCalendar(through, copy.Mailbox.Address, copy.CalendarId, link.TimeZone, mailbox);
            return await Settle(mailbox, integration, copy, await Withdraw(calendar, copy, item => copy.IsKept(link, now, item), ct), ct);
        }
        catch (UidWasTold)
        {
            return false; // as it is by now, it goes at the next heartbeat
        }
        catch (CalendarFailure failure)
        {
            logger.LogWarning("{StaffId}: an item waits for its removal: {Reach} {Code} {ExchangeCode}", link.StaffId, failure.Reach,
                failure.Refusal.Code, failure.ExchangeCode);
            var why = new StayReason(failure.ExchangeCode ?? failure.Refusal.Code, failure.Refusal.Message);
            var isOfItem = failure.Reach is FailureReach.Item or FailureReach.Bug or FailureReach.Writing;
            var isForGood = copy.IsGivenUp(cautious.Earliest())
                || (copy.Tries + 1 >= MostTries && (isOfItem || failure.Reach is FailureReach.Link));
            if (isOfItem)
                return isForGood ? await Settle(mailbox, integration, copy, why, ct) : await Later(mailbox, [copy], failure, null, ct);
            var waiting = await former.OfDisconnection(integration.Id, link.Id, ct);
            if (!isForGood) await Later(mailbox, waiting, failure, link, ct);
            else await store.Commit(
                new ChangeSet
                {
                    Lease = mailbox.Lease,
                    ForgetFormer = waiting,
                    Leftovers = [.. waiting.Select(c => Left(c, integration, why))]
                },
                ct);
            return false;
        }
    }

    /// <summary>
    /// Null when nothing of it is left, else why it stays. Where another calendar has taken the place of its own, it may lie there; if it
    /// does not, it went with the former one.
    /// </summary>
    private async Task<StayReason?> Withdraw(OpenCalendar calendar, CleanUpItem copy, Func<RemoteEvent, bool> isKept, CancellationToken ct)
    {
        OpenCalendar? successor;
        try
        {
            return await items.Withdraw(calendar, copy, isKept, ct);
        }
        catch (CalendarFailure failure) when (failure.CalendarIsGone)
        {
            successor = await gone.Successor(calendar, ct);
            if (successor is null) throw;
        }

        var stays = await items.Withdraw(successor, copy, isKept, ct);
        return stays == StayReason.IsNotThere ? null : stays;
    }

    /// <summary>The item is gone, or stays for a reason.</summary>
    private async Task<bool> Settle(
        MailboxLock mailbox,
        ExchangeIntegration integration,
        CleanUpItem copy,
        StayReason? stays,
        CancellationToken ct) =>
        await store.Commit(
            new ChangeSet
            {
                Lease = mailbox.Lease,
                ForgetFormer = [copy],
                Leftovers = stays is null ? [] : [Left(copy, integration, stays)]
            },
            ct);

    private async Task<bool> Later(
        MailboxLock mailbox,
        IReadOnlyList<CleanUpItem> waiting,
        CalendarFailure failure,
        StaffCalendarLink? link,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var later = waiting.Select(c => failure.NothingWasSent
            ? c with { NextTryAt = now + (failure.RetryAfter ?? options.FirstPause) }
            : c.Failed(now + (failure.RetryAfter ?? options.PauseAfter(c.Tries))));
        var told = link is null || link.Enabled
            ? null
            : link with { Health = CalendarCheckup.Health(failure.Refusal, failure.ExchangeCode) };
        return await store.Commit(new ChangeSet { Lease = mailbox.Lease, Former = [.. later], Links = told is null ? [] : [told] }, ct);
    }

    private Leftover Left(CleanUpItem copy, ExchangeIntegration integration, StayReason why) =>
        Leftover.Of(copy, ids.Next(), integration.Id, why, time.GetUtcNow());
}
