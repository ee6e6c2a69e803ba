using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Goes on with the deletion of one link. Where our items are to go, each is noted in one commit as one that its link has left, so that no
/// row remains that its deletion could be taken for a cancellation of; then they go, one by one; the link goes last. Safe to be ended
/// anywhere.
/// </summary>
internal sealed class LinkRemoval(
    IStaffCalendarLinkRepository links,
    IExchangeIntegrationRepository integrations,
    ISyncedEventRepository events,
    ICleanUpItems former,
    CalendarDetachment detachment,
    CalendarCleanUp cleanUp,
    ILinkDeletions deletions)
{
    /// <summary>True when the link is gone.</summary>
    public async Task<bool> GoOn(MailboxLock mailbox, CancellationToken ct)
    {
        while (await links.Find(mailbox.LinkId, ct) is { Deletion: { } deletion } link)
        {
            if (await integrations.Find(link.IntegrationId, ct) is { DisconnectingSince: not null }) return false;
            if (deletion.RemovesCopies)
            {
                if (!await detachment.Detach(mailbox, link, ct)) continue;
                await cleanUp.Run(mailbox, ct);
                if (await Left(link, ct) > 0) return false;
                if (await links.Find(mailbox.LinkId, ct) is not { Deletion: not null } detached) return false;
                link = detached;
            }

            if (await deletions.Erase(link, ct)) return true;
            await mailbox.Confirm(ct);
        }

        return await links.Find(mailbox.LinkId, ct) is null;
    }

    /// <summary>How many of our items, or rows that may have one, are still to go.</summary>
    public async Task<int> Left(StaffCalendarLink link, CancellationToken ct) =>
        (await former.Due(link.Id, DateTimeOffset.MaxValue, ct)).Count + (await events.OfLink(link.Id, ct))
            .Count(MayHaveAnItem);

    private static bool MayHaveAnItem(SyncedEvent row) =>
        row.Kind is not EventKind.External
            && (row.OpenAttempt is not null || (row.ItemId is not null && row.PushState is not PushState.Gone));
}
