using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>Takes our items out of calendars that a link has left. What is there no more, or whose calendar is the link's again, needs nothing.</summary>
internal sealed class FormerCalendars(
    ICleanUpItems former, IStaffCalendarLinkRepository links, ISyncedEventRepository events, IExchangeIntegrationRepository integrations,
    ICalendarFeed feed, ICalendarWriter writer, GoneCalendars gone, ISyncStore store, SyncOptions options, ICautiousClock cautious,
    TimeProvider time, ILogger<FormerCalendars> logger)
{
    private const int Batch = 50;

    public async Task CleanUp(MailboxLock mailbox, CancellationToken ct)
    {
        if (await links.Find(mailbox.LinkId, ct) is not { } link) return;
        if (link is { CalendarChecked: false, Deletion: null }) return; // it may be the link's calendar again: that is known when its mailbox was opened
        while (await former.Due(mailbox.LinkId, time.GetUtcNow(), Batch, ct) is { Count: > 0 } due)
        {
            foreach (var copy in due)
            {
                if (link is { Cursor: null, Deletion: null } && copy.MayBeIn(link)) return; // its items are adopted by the full pass, which has not been
                var isDone = copy.CalendarId == link.CalendarId || copy.IsGivenUp(cautious.Earliest()) || await IsGone(mailbox, link, copy, ct);
                if (!await store.Commit(isDone ? new ChangeSet { Lease = mailbox.Lease, ForgetFormer = [copy] } : new ChangeSet { Lease = mailbox.Lease, Former = [Later(copy)] }, ct)) return;
            }
        }
    }

    private CleanUpItem Later(CleanUpItem copy) => copy.Failed(time.GetUtcNow() + options.PauseAfter(copy.Tries + 4));

    /// <summary>False when it has to be tried again.</summary>
    private async Task<bool> IsGone(MailboxLock mailbox, StaffCalendarLink link, CleanUpItem copy, CancellationToken ct)
    {
        if (await integrations.Find(copy.Mailbox.IntegrationId, ct) is not { Status: IntegrationStatus.Active } integration) return false;
        var former = new OpenCalendar(integration, copy.Mailbox.Address, copy.CalendarId, link.TimeZone, mailbox);
        return await IsGoneFrom(former, takenPlaceOf: null);

        async Task<bool> IsGoneFrom(OpenCalendar calendar, OpenCalendar? takenPlaceOf)
        {
            try
            {
                // The link's own calendar took the place of the former one: it adopts what lies there.
                return (takenPlaceOf is not null && calendar.CalendarId == link.CalendarId) || await Remove(calendar, link, copy, ct);
            }
            catch (CalendarFailure failure) when (failure.CalendarIsGone && takenPlaceOf is null)
            {
                return await gone.Successor(calendar, ct) is { } now && await IsGoneFrom(now, takenPlaceOf: calendar);
            }
            catch (CalendarFailure failure)
            {
                logger.LogWarning("{StaffId}: a copy in the former calendar waits for its removal: {Code} {ExchangeCode}", link.StaffId,
                    failure.Refusal.Code, failure.ExchangeCode);
                return false;
            }
        }
    }

    /// <summary>False when it is to be looked for once more.</summary>
    private async Task<bool> Remove(OpenCalendar calendar, StaffCalendarLink link, CleanUpItem copy, CancellationToken ct)
    {
        var now = copy.EventId is { } id ? await events.Find(id, ct) : null;
        var reading = copy.ItemId is { } item ? (await feed.Read(calendar, [item], ct))[0] : new ItemReading.Missing();
        if (reading is ItemReading.UnknownId { ExchangeCode: var odd } && copy.EventId is null) throw CalendarFailure.OfItem(calendar.MailboxAddress, odd);
        if (reading is ItemReading.Unreadable { ExchangeCode: var code }) throw CalendarFailure.OfItem(calendar.MailboxAddress, code);
        if (reading is ItemReading.Found { Event: { IsWithheld: true } hidden } && !copy.IsKept(link, now, hidden))
            throw CalendarFailure.OfWithheldItem(calendar.MailboxAddress);
        IReadOnlyList<RemoteEvent> found = reading is ItemReading.Found { Event: var there } ? [there]
            : copy.EventId is { } tag ? await feed.FindCopies(calendar, tag, null, ct)
            : [];
        // Neither its id nor a search tells where it is: while its calendar is there, that is no proof that it is gone.
        if (reading is ItemReading.UnknownId { ExchangeCode: var unknown } && found.Count == 0 && calendar.CalendarId == copy.CalendarId)
            throw CalendarFailure.OfItem(calendar.MailboxAddress, unknown);
        var isGone = true;
        foreach (var ours in found.Where(e => e.Type is RemoteItemType.Single && copy.Is(e) && !copy.IsKept(link, now, e)))
        {
            // That it is not there although it was shown just now proves nothing, and no pass reads this calendar any more.
            isGone &= await writer.Delete(calendar, new WrittenItem(ours.ItemId, ours.ChangeKey), ct);
        }

        return isGone;
    }
}
