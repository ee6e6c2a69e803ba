using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>Removes one of our items for good, if it is proven to be ours, a single one, and without others invited.</summary>
internal sealed class ItemCleanUp(ICalendarFeed feed, ICalendarWriter writer, CleanUpProof proof)
{
    /// <summary>
    /// Null when nothing of it is left in the calendar; else why it stays. Repeating it is safe. Throws <see cref="CalendarFailure"/> and
    /// <see cref="UidWasTold"/>.
    /// </summary>
    /// <param name="isKept">Whether an item is not to go, because it is its link's copy again under another id.</param>
    public async Task<StayReason?> Withdraw(OpenCalendar calendar, CleanUpItem copy, Func<RemoteEvent, bool> isKept, CancellationToken ct)
    {
        var named = copy.ItemId is { } item ? await Read(calendar, item, hasTag: copy.EventId is not null, ct) : null;
        if (named is { IsWithheld: true }) return isKept(named) ? null : StayReason.IsPrivate;
        if (named is not null && !copy.Is(named)) return StayReason.IsNotProven;
        if (named is not null) await proof.Keep(calendar, copy, [named], ct);
        var (ours, isAmbiguous) = named is not null ? ([named], false) : await ByTag(calendar, copy, ct);
        if (ours.Any(isKept)) return null;
        if (ours.Count == 0 && !isAmbiguous && copy.ItemId is not null && !await IsDeleted(calendar, copy, ct))
            return StayReason.IsNotThere;

        StayReason? stays = isAmbiguous ? StayReason.CannotBeTold : null;
        foreach (var found in ours)
        {
            if (StayReason.Of(found) is { } why) stays = why;
            else if (!await writer.Delete(calendar, new WrittenItem(found.ItemId, found.ChangeKey), ct)
                && await Read(calendar, found.ItemId, hasTag: true, ct) is not null)
                throw CalendarFailure.OfItem(calendar.MailboxAddress, "shown-and-not-found");
        }

        return stays;
    }

    /// <summary>What a search finds is read by itself before anything is decided: only that tells whether others are invited.</summary>
    private async Task<(IReadOnlyList<RemoteEvent> Ours, bool IsAmbiguous)> ByTag(
        OpenCalendar calendar,
        CleanUpItem copy,
        CancellationToken ct)
    {
        var ours = new List<RemoteEvent>();
        if (copy.EventId is not { } tag) return (ours, false);
        var tagged = await feed.FindCopies(calendar, tag, null, ct);
        await proof.Keep(calendar, copy, tagged, ct);
        var shown = copy.Among(tagged, out var isAmbiguous);
        foreach (var found in shown)
        {
            if (await Read(calendar, found.ItemId, hasTag: true, ct) is { } read && copy.Is(read)) ours.Add(read);
        }

        return (ours, isAmbiguous);
    }

    private async Task<bool> IsDeleted(OpenCalendar calendar, CleanUpItem copy, CancellationToken ct) =>
        copy.EventId is { } tag && (await feed.FindDeletedCopies(calendar, tag, ct)).Any(copy.Is);

    /// <summary>Null when it is not in the calendar, or cannot be known by this id and is to be looked for by its tag.</summary>
    private async Task<RemoteEvent?> Read(OpenCalendar calendar, string itemId, bool hasTag, CancellationToken ct) =>
        (await feed.Read(calendar, [itemId], ct))[0] switch
        {
            ItemReading.Found { Event: { UnreadableCode: null } found } => found,
            ItemReading.Found { Event.UnreadableCode: { } code } => throw CalendarFailure.OfItem(calendar.MailboxAddress, code),
            ItemReading.UnknownId { ExchangeCode: var odd } when !hasTag => throw CalendarFailure.OfItem(calendar.MailboxAddress, odd),
            ItemReading.Unreadable { ExchangeCode: var code } => throw CalendarFailure.OfItem(calendar.MailboxAddress, code),
            _ => null,
        };
}
