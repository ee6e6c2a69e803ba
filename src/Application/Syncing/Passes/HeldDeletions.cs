using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Passes;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>Carries out what an admin decides about removals that the deletion fuse holds.</summary>
internal sealed class HeldDeletions(
    MailboxLocks locks,
    IExchangeIntegrationRepository integrations,
    ISyncedEventRepository events,
    PassCommit commit,
    ISyncStore store,
    ICalendarQueue queue,
    TimeProvider time)
{
    /// <summary>The removals were meant: they happen now. False while another node works on the mailbox.</summary>
    public async Task<bool> Release(StaffCalendarLink link, CancellationToken ct)
    {
        await using var mailbox = await locks.Take(link.Id, ct);
        if (mailbox is null || await integrations.Find(link.IntegrationId, ct) is not { } integration) return false;
        await commit.Apply(OpenCalendar.At(integration, link.MailboxAddress ?? "", link.CalendarId, link.TimeZone, mailbox),
            new PassObservation
            {
                ReleasesHeld = true,
                Window = SyncWindow.At(time.GetUtcNow(), integration.HorizonMonths, CalendarZone.FindOrUtc(link.TimeZone)),
            }, ct);
        return true;
    }

    /// <summary>
    /// The removals were an accident: appointments are written again; other events stay until they pass, or come back in Exchange.
    /// </summary>
    public async Task<bool> Reject(StaffCalendarLink link, CancellationToken ct)
    {
        await using var mailbox = await locks.Take(link.Id, ct);
        if (mailbox is null) return false;
        var rejected = await store.Change("The calendar", async () =>
        {
            await mailbox.Confirm(ct);
            var now = time.GetUtcNow();
            var held = (await events.OfLink(link.Id, ct)).Where(r => r.Hold is RemovalHold.Held)
                .Select(r => r.Kind is EventKind.Copy ? r.ToCreateAgain(now) : r with { Hold = RemovalHold.Kept });
            return new ChangeSet { Lease = mailbox.Lease, Keep = [.. held] };
        }, ct);
        if (rejected.IsRefused) return false;
        queue.Add(CalendarWork.Push, [link.Id]);
        return true;
    }
}
