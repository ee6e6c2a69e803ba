using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>Removes one of our items for good, if it is proven to be ours, a single one, and without others invited.</summary>
internal sealed class ItemCleanUp(ICalendarFeed feed, ICalendarWriter writer, CleanUpProof proof)
{
    /// <summary>
    /// Null when nothing of it is left in the calendar; else why it stays, or that it is not there. Repeating it is safe. Throws
    /// <see cref="CalendarFailure"/> where nothing can be known yet, and <see cref="UidWasTold"/>.
    /// </summary>
    /// <param name="calendar">Where it lies: the calendar that was left, or the one that took its place.</param>
    /// <param name="now">The link's row of the same id; null when there is none.</param>
    public async Task<Reason?> Remove(
        OpenCalendar calendar,
        CleanUpItem copy,
        StaffCalendarLink link,
        SyncedEvent? now,
        CancellationToken ct)
    {
        var isLinksOwn = calendar.CalendarId == link.CalendarId;
        var named = copy.ItemId is { } item ? await Read(calendar, item, ct) : new ItemReading.Missing();
        if (named is ItemReading.UnknownId { ExchangeCode: var odd } && copy.EventId is null)
            throw CalendarFailure.OfItem(calendar.MailboxAddress, odd);
        IReadOnlyList<RemoteEvent> found = named is ItemReading.Found { Event: var there } ? [there]
            : copy.EventId is { } tag ? await feed.FindCopies(calendar, tag, null, ct)
            : [];
        // Neither its id nor a search tells where it is: while its calendar is there, that is no proof that it is gone.
        if (named is ItemReading.UnknownId { ExchangeCode: var unknown } && found.Count == 0 && calendar.CalendarId == copy.CalendarId)
            throw CalendarFailure.OfItem(calendar.MailboxAddress, unknown);
        if (named is ItemReading.Found { Event: { IsWithheld: true } hidden })
            return copy.IsKept(link, now, hidden) ? null : throw CalendarFailure.OfWithheldItem(calendar.MailboxAddress);
        await proof.Keep(calendar, copy, found, ct);
        // What is in the link's own calendar, and is not certain to be ours, is its owner's.
        if (isLinksOwn) found = [.. found.Where(e => e.Tag is { } its && now?.IsSurelyOurs(its.AttemptId, e.Uid) == true)];
        var ours = copy.Among(found, out var isAmbiguous);
        if (ours.Count == 0 && !isAmbiguous && !isLinksOwn && copy.ItemId is not null)
        {
            return named is not ItemReading.Found { Event: var other } ? StayReason.IsNotThere
                : copy.IsKept(link, now, other) ? null
                : StayReason.IsNotProven;
        }

        var stays = isAmbiguous ? StayReason.CannotBeTold : null;
        foreach (var shown in ours.Where(e => !copy.IsKept(link, now, e)))
        {
            stays = await Delete(calendar, shown, isRead: named is ItemReading.Found, ct) ?? stays;
        }

        return stays;
    }

    /// <summary>Whether its owner deleted it and it can still be seen among what is deleted.</summary>
    public async Task<bool> IsDeleted(OpenCalendar calendar, CleanUpItem copy, CancellationToken ct) =>
        copy.EventId is { } tag && (await feed.FindDeletedCopies(calendar, tag, ct)).Any(copy.Is);

    /// <summary>
    /// What a search found is read by itself before anything is decided: only that tells whether others are invited. That it is not there
    /// although it was shown just now proves nothing, and no pass reads this calendar any more.
    /// </summary>
    private async Task<Reason?> Delete(OpenCalendar calendar, RemoteEvent shown, bool isRead, CancellationToken ct)
    {
        var ours = isRead ? shown : (await Read(calendar, shown.ItemId, ct) as ItemReading.Found)?.Event;
        if (ours is { IsWithheld: true }) throw CalendarFailure.OfWithheldItem(calendar.MailboxAddress);
        if (ours is not null && StayReason.Of(ours) is { } why) return why;
        return ours is not null && await writer.Delete(calendar, new WrittenItem(ours.ItemId, ours.ChangeKey), ct)
            ? null
            : throw CalendarFailure.OfVanishedItem(calendar.MailboxAddress);
    }

    /// <summary>What cannot be read decides nothing.</summary>
    private async Task<ItemReading> Read(OpenCalendar calendar, string itemId, CancellationToken ct) =>
        (await feed.Read(calendar, [itemId], ct))[0] switch
        {
            ItemReading.Found { Event.UnreadableCode: { } code } => throw CalendarFailure.OfItem(calendar.MailboxAddress, code),
            ItemReading.Unreadable { ExchangeCode: var code } => throw CalendarFailure.OfItem(calendar.MailboxAddress, code),
            var reading => reading,
        };
}
