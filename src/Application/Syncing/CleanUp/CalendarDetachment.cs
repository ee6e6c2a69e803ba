using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Takes one calendar out of the booking product: in one commit everything of Exchange leaves the booking side, and each of our items is
/// noted as one that is to go. From then on no row is left that its deletion could be taken for a cancellation of.
/// </summary>
internal sealed class CalendarDetachment(
    IStaffCalendarLinkRepository links,
    ISyncedEventRepository events,
    ISyncStore store,
    SyncOptions options,
    INewIds ids,
    TimeProvider time)
{
    /// <summary>Nothing of Exchange is left on the booking side of this link afterwards.</summary>
    /// <param name="erasure">Of its staff member, in whose report it is counted; null when the integration is disconnected.</param>
    public async Task Detach(MailboxLock mailbox, ExchangeIntegration integration, CancellationToken ct, Guid? erasure = null)
    {
        while (await links.Find(mailbox.LinkId, ct) is { } link && link.IntegrationId == integration.Id)
        {
            var rows = await events.OfLink(link.Id, ct);
            if (rows.Count == 0 && !link.Enabled) return;
            var change = Leaving(mailbox, link, rows);
            var counted = new DetachedCalendar(
                integration.Id,
                link.Id,
                link.StaffId,
                link.StaffName,
                link.MailboxAddress,
                rows.Count(r => r.Kind is EventKind.External),
                change.Former.Count(f => f.ItemId is not null || f.Attempt is not null));
            change = erasure is { } id
                ? change with { ErasedCalendar = new ErasedCalendar(id, counted.ExchangeEvents, counted.Items) }
                : change with { Detached = counted };
            if (!await store.Commit(change, ct)) await mailbox.Confirm(ct);
        }
    }

    /// <summary>The same of a link that is to be deleted; false when it was changed meanwhile.</summary>
    public async Task<bool> Detach(MailboxLock mailbox, StaffCalendarLink link, CancellationToken ct)
    {
        var rows = await events.OfLink(link.Id, ct);
        if (rows.Count == 0 || await store.Commit(Leaving(mailbox, link, rows), ct)) return true;
        await mailbox.Confirm(ct);
        return false;
    }

    private ChangeSet Leaving(MailboxLock mailbox, StaffCalendarLink link, IReadOnlyList<SyncedEvent> rows) => new()
    {
        Lease = mailbox.Lease,
        Links = [link.Leaving()],
        Remove = rows,
        Former = CalendarChange.Of(link, rows, time.GetUtcNow(), options.AttemptGrace, ids.Next).Former,
    };
}
