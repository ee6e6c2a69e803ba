using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Takes our items out of the calendars that one link has left, whyever it left them: another mailbox, its deletion, or the disconnection
/// of its integration, which only decides where it is told what stays. What is there no more, or whose calendar is the link's again, needs
/// nothing. What others were invited to, and a series that its owner made, stays, and so does what is out of reach for good. Begin here to
/// read how a calendar is left.
/// </summary>
internal sealed class CalendarCleanUp(
    ICleanUpItems former,
    IStaffCalendarLinkRepository links,
    ISyncedEventRepository events,
    IExchangeIntegrationRepository integrations,
    ItemCleanUp items,
    GoneCalendars gone,
    ISyncStore store,
    SyncOptions options,
    ICautiousClock cautious,
    INewIds ids,
    TimeProvider time,
    ILogger<CalendarCleanUp> logger)
{
    /// <summary>
    /// What Exchange refuses for one mailbox or one item is tried so often while a disconnection waits for it; where nobody waits, until it
    /// is given up.
    /// </summary>
    private const int MostTriesOfDisconnection = 5;

    /// <summary>
    /// Removes what is due. A failure of one item postpones it alone, any other all of this link; what was learned of an item decides anew.
    /// </summary>
    /// <param name="leaving">The integration that is being disconnected; null where it stays.</param>
    public async Task Run(MailboxLock mailbox, CancellationToken ct, ExchangeIntegration? leaving = null)
    {
        while (await links.Find(mailbox.LinkId, ct) is { } link && await RunOnce(new Work(mailbox, link, leaving), ct)) ;
    }

    /// <summary>True when it is to be looked at once more at once.</summary>
    private async Task<bool> RunOnce(Work work, CancellationToken ct)
    {
        // it may be the link's calendar again: that is known when its mailbox was opened
        if (work is { Leaving: null, HasCalendar: true, Link.CalendarChecked: false }) return false;
        foreach (var copy in (await Waiting(work, ct)).TakeWhile(c => c.NextTryAt <= time.GetUtcNow()))
        {
            // its items are adopted by the full pass, which has not been
            if (work.HasCalendar && work.Link.Cursor is null && copy.MayBeIn(work.Link)) return false;
            try
            {
                var stays = copy.CalendarId == work.Link.CalendarId ? null : await Remove(work, copy, ct);
                if (!await store.Commit(Settled(work, [copy], stays), ct)) return false;
            }
            catch (UidWasTold)
            {
                return true;
            }
            catch (CalendarFailure failure)
            {
                logger.LogWarning("{StaffId}: an item in a calendar that was left waits for its removal: {Reach} {Code} {ExchangeCode}",
                    work.Link.StaffId, failure.Reach, failure.Refusal.Code, failure.ExchangeCode);
                if (!await Postpone(work, copy, failure, ct)) return false;
                continue;
            }

            // what was told of the link while it could not be reached holds no more
            if (work is not { Leaving: not null, Link: { Enabled: false, Health.Reason: not null } }) continue;
            await store.Commit(work.Change with { Links = [work.Link.CleanUpGoesOn()] }, ct);
            return true;
        }

        return false;
    }

    private Task<IReadOnlyList<CleanUpItem>> Waiting(Work work, CancellationToken ct) => work.Leaving is { } integration
        ? former.OfDisconnection(integration.Id, work.Link.Id, ct)
        : former.Due(work.Link.Id, time.GetUtcNow(), ct);

    /// <summary>Null when nothing of it is left, else why it stays.</summary>
    private async Task<Reason?> Remove(Work work, CleanUpItem copy, CancellationToken ct)
    {
        var through = copy.Mailbox.IntegrationId == work.Leaving?.Id
            ? work.Leaving
            : await integrations.Find(copy.Mailbox.IntegrationId, ct);
        if (through is null) return StayReason.NotCleanedUp;
        if (through != work.Leaving && through.BlockedBy is { } still) throw new CalendarFailure(FailureReach.Passing, still);
        var now = copy.EventId is { } id ? await events.Find(id, ct) : null;
        var calendar = OpenCalendar.At(through, copy.Mailbox.Address, copy.CalendarId, work.Link.TimeZone, work.Mailbox);
        OpenCalendar? successor;
        try
        {
            var stays = await items.Remove(calendar, copy, work.Link, now, ct);
            // Only a disconnection tells of what is not there; what its owner deleted needs no word.
            return stays == StayReason.IsNotThere && (work.Leaving is null || await items.IsDeleted(calendar, copy, ct)) ? null : stays;
        }
        catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.CalendarGone)
        {
            successor = await gone.Successor(calendar, ct);
            if (successor is null) throw;
        }

        return await RemoveFrom(successor, work, copy, now, ct);
    }

    /// <summary>
    /// Another calendar has taken the place of the item's own: what does not lie there went with the former one. Where it is the link's,
    /// its passes adopt what lies there and is wanted.
    /// </summary>
    private async Task<Reason?> RemoveFrom(
        OpenCalendar successor,
        Work work,
        CleanUpItem copy,
        SyncedEvent? now,
        CancellationToken ct)
    {
        var isUnwanted = now is { Kind: EventKind.Copy, PushState: PushState.Gone, TakenAway: true };
        if (successor.CalendarId == work.Link.CalendarId && !isUnwanted) return null;
        var stays = await items.Remove(successor, copy, work.Link, now, ct);
        return stays == StayReason.IsNotThere ? null : stays;
    }

    /// <summary>The items are gone, or stay for a reason, which is told where an admin looks for it.</summary>
    private ChangeSet Settled(Work work, IReadOnlyList<CleanUpItem> copies, Reason? stays)
    {
        var change = work.Change with { ForgetFormer = copies };
        if (stays is null) return change;
        if (stays != StayReason.IsNotThere)
            logger.LogWarning("{StaffId}: {Count} items of ours stay in Exchange: {Code}", work.Link.StaffId, copies.Count, stays.Code);
        var now = time.GetUtcNow();
        return work.Leaving is { } integration
            ? change with { Leftovers = [.. copies.Select(c => Leftover.Of(c, ids.Next(), integration.Id, stays, now))] }
            : change with
            {
                Warnings = [.. copies.Select(c => new LinkWarning(ids.Next(), work.Link.Id, now, SyncWarning.FormerItemStays(c, stays)))],
            };
    }

    /// <summary>False when the rest of this link has to wait, too.</summary>
    private async Task<bool> Postpone(Work work, CleanUpItem copy, CalendarFailure failure, CancellationToken ct)
    {
        var isOfItem = failure.Reach is FailureReach.Item or FailureReach.Bug or FailureReach.Writing;
        var isPrivate = failure.Refusal is ItemIsPrivate;
        if (work.Leaving is null && copy.IsGivenUp(cautious.Earliest()))
            return await store.Commit(Settled(work, [copy], isPrivate ? StayReason.IsPrivate : StayReason.OutOfReach), ct);
        var isForGood = work.Leaving is not null && (isPrivate || copy.IsGivenUp(cautious.Earliest())
            || (copy.Tries + 1 >= MostTriesOfDisconnection && (isOfItem || failure.Reach is FailureReach.Link)));
        var why = isPrivate ? StayReason.IsPrivate
            : failure.Reason;
        IReadOnlyList<CleanUpItem> concerned = isOfItem ? [copy] : await Waiting(work, ct);
        var change = isForGood ? Settled(work, concerned, why) : Later(work, concerned, failure, isOfItem);
        return await store.Commit(change, ct) && isOfItem;
    }

    private ChangeSet Later(Work work, IReadOnlyList<CleanUpItem> waiting, CalendarFailure failure, bool isOfItem)
    {
        var now = time.GetUtcNow();
        var change = work.Change with
        {
            Former = [.. waiting.Select(c => failure.NothingWasSent
                ? c with { NextTryAt = now + (failure.RetryAfter ?? options.FirstPause) }
                : c.Failed(now + (failure.RetryAfter ?? options.PauseAfter(c.Tries))))],
        };
        return isOfItem || work is not { Leaving: not null, Link.Enabled: false }
            ? change
            : change with { Links = [work.Link.CleanUpFailed(CalendarCheckup.Health(failure))] };
    }

    /// <summary>One link, as it was read, and the integration that it is taken out of; null where that stays.</summary>
    private sealed record Work(MailboxLock Mailbox, StaffCalendarLink Link, ExchangeIntegration? Leaving)
    {
        /// <summary>It has, or will have, a calendar in which its passes adopt what is theirs.</summary>
        public bool HasCalendar => Leaving is { } integration ? Link.IntegrationId != integration.Id : Link.Deletion is null;

        public ChangeSet Change => new() { Lease = Mailbox.Lease };
    }
}
