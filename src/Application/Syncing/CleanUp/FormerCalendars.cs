using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Takes our items out of calendars that a link has left. What is there no more, or whose calendar is the link's again, needs nothing. What
/// others were invited to, and a series that its owner made, stays, and so does what is out of reach for good: each with a warning of the
/// link.
/// </summary>
internal sealed class FormerCalendars(
    ICleanUpItems former,
    IStaffCalendarLinkRepository links,
    ISyncedEventRepository events,
    IExchangeIntegrationRepository integrations,
    ICalendarFeed feed,
    ICalendarWriter writer,
    CleanUpProof proof,
    GoneCalendars gone,
    ISyncStore store,
    SyncOptions options,
    ICautiousClock cautious,
    INewIds ids,
    TimeProvider time,
    ILogger<FormerCalendars> logger)
{
    private const int Batch = 50;

    public async Task CleanUp(MailboxLock mailbox, CancellationToken ct)
    {
        if (await links.Find(mailbox.LinkId, ct) is not { } link) return;
        // it may be the link's calendar again: that is known when its mailbox was opened
        if (link is { CalendarChecked: false, Deletion: null }) return;
        while (await former.Due(mailbox.LinkId, time.GetUtcNow(), Batch, ct) is { Count: > 0 } due)
        {
            foreach (var copy in due)
            {
                // its items are adopted by the full pass, which has not been
                if (link is { Cursor: null, Deletion: null } && copy.MayBeIn(link)) return;
                var outcome = copy.CalendarId == link.CalendarId ? Outcome.Gone
                    : copy.IsGivenUp(cautious.Earliest()) ? new Outcome.Stays(StayReason.OutOfReach)
                    : await Remove(mailbox, link, copy, ct);
                if (outcome is Outcome.Again) break;
                if (!await store.Commit(Change(link, copy, outcome) with { Lease = mailbox.Lease }, ct)) return;
            }
        }
    }

    private ChangeSet Change(StaffCalendarLink link, CleanUpItem copy, Outcome outcome) => outcome switch
    {
        Outcome.NotYet => new ChangeSet { Former = [copy.Failed(time.GetUtcNow() + options.PauseAfter(copy.Tries + 4))] },
        Outcome.Stays { Why: var why } => new ChangeSet
        {
            ForgetFormer = [copy],
            Warnings = [new LinkWarning(ids.Next(), link.Id, time.GetUtcNow(), SyncWarning.FormerItemStays(copy, why))],
        },
        _ => new ChangeSet { ForgetFormer = [copy] },
    };

    private async Task<Outcome> Remove(MailboxLock mailbox, StaffCalendarLink link, CleanUpItem copy, CancellationToken ct)
    {
        if (await integrations.Find(copy.Mailbox.IntegrationId, ct) is not { Status: IntegrationStatus.Active } integration)
            return new Outcome.NotYet();
        var former = new OpenCalendar(integration, copy.Mailbox.Address, copy.CalendarId, link.TimeZone, mailbox);
        return await RemoveFrom(former, takenPlaceOf: null);

        async Task<Outcome> RemoveFrom(OpenCalendar calendar, OpenCalendar? takenPlaceOf)
        {
            try
            {
                // The link's own calendar took the place of the former one: its passes adopt what lies there and is wanted.
                return takenPlaceOf is not null && calendar.CalendarId == link.CalendarId && !await IsUnwanted(copy, ct)
                    ? Outcome.Gone
                    : await Remove(calendar, link, copy, ct);
            }
            catch (CalendarFailure failure) when (failure.CalendarIsGone && takenPlaceOf is null)
            {
                return await gone.Successor(calendar, ct) is { } now ? await RemoveFrom(now, takenPlaceOf: calendar) : new Outcome.NotYet();
            }
            catch (UidWasTold)
            {
                return new Outcome.Again();
            }
            catch (CalendarFailure failure)
            {
                logger.LogWarning("{StaffId}: a copy in the former calendar waits for its removal: {Code} {ExchangeCode}", link.StaffId,
                    failure.Refusal.Code, failure.ExchangeCode);
                return new Outcome.NotYet();
            }
        }
    }

    /// <summary>Its copy was withdrawn: outside the window no pass would see it.</summary>
    private async Task<bool> IsUnwanted(CleanUpItem copy, CancellationToken ct) =>
        copy.EventId is { } id && await events.Find(id, ct) is { Kind: EventKind.Copy, PushState: PushState.Gone, TakenAway: true };

    private async Task<Outcome> Remove(OpenCalendar calendar, StaffCalendarLink link, CleanUpItem copy, CancellationToken ct)
    {
        var now = copy.EventId is { } id ? await events.Find(id, ct) : null;
        var reading = copy.ItemId is { } item ? (await feed.Read(calendar, [item], ct))[0] : new ItemReading.Missing();
        if (reading is ItemReading.UnknownId { ExchangeCode: var odd } && copy.EventId is null)
            throw CalendarFailure.OfItem(calendar.MailboxAddress, odd);
        if (reading is ItemReading.Unreadable { ExchangeCode: var code }) throw CalendarFailure.OfItem(calendar.MailboxAddress, code);
        if (reading is ItemReading.Found { Event: { IsWithheld: true } hidden } && !copy.IsKept(link, now, hidden))
            throw CalendarFailure.OfWithheldItem(calendar.MailboxAddress);
        IReadOnlyList<RemoteEvent> found = reading is ItemReading.Found { Event: var there } ? [there]
            : copy.EventId is { } tag ? await feed.FindCopies(calendar, tag, null, ct)
            : [];
        // Neither its id nor a search tells where it is: while its calendar is there, that is no proof that it is gone.
        if (reading is ItemReading.UnknownId { ExchangeCode: var unknown } && found.Count == 0 && calendar.CalendarId == copy.CalendarId)
            throw CalendarFailure.OfItem(calendar.MailboxAddress, unknown);
        await proof.Keep(calendar, copy, found, ct);
        // What is in the link's own calendar, and is not certain to be ours, is its owner's.
        if (calendar.CalendarId == link.CalendarId)
            found = [.. found.Where(e => e.Tag is { } its && now?.IsSurelyOurs(its.AttemptId, e.Uid) == true)];
        var ourItems = copy.Among(found, out var isAmbiguous);
        Outcome outcome = isAmbiguous ? new Outcome.Stays(StayReason.CannotBeTold) : Outcome.Gone;
        foreach (var shown in ourItems.Where(e => !copy.IsKept(link, now, e)))
        {
            // Only reading the item by itself tells whether others are invited.
            var ours =
                reading is ItemReading.Found ? shown
                    : (await feed.Read(calendar, [shown.ItemId], ct))[0] is ItemReading.Found { Event: var read } ? read : null;
            if (ours is not null && StayReason.Of(ours) is { } why) outcome = new Outcome.Stays(why);
            // That it is not there although it was shown just now proves nothing, and no pass reads this calendar any more.
            else if (ours is null || !await writer.Delete(calendar, new WrittenItem(ours.ItemId, ours.ChangeKey), ct))
                return new Outcome.NotYet();
        }

        return outcome;
    }

    /// <summary>What became of one item.</summary>
    private abstract record Outcome
    {
        public static Outcome Gone { get; } = new Nothing();

        public sealed record NotYet : Outcome;

        /// <summary>With what was learned of it.</summary>
        public sealed record Again : Outcome;

        public sealed record Stays(StayReason Why) : Outcome;

        private sealed record Nothing : Outcome;
    }
}
