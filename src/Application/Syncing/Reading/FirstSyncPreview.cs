using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>What the first sync of one calendar will do. It reads, recalls and plans like the sync itself, and commits nothing.</summary>
internal sealed class FirstSyncPreview(MailboxLocks locks, ICalendarDirectory directory, FullPass full, PassCommit commit)
{
    public async Task<Result<FirstSyncEstimate>> Of(ExchangeIntegration integration, StaffCalendarLink link, CancellationToken ct)
    {
        if (link.MailboxAddress is not { } address) return new MailboxAddressIsMissing(link.StaffId);
        await using var mailbox = await locks.Take(link.Id, ct);
        if (mailbox is null) return new CalendarIsBusy(link.StaffId);
        try
        {
            var calendar = await directory.CheckCalendar(OpenCalendar.Of(integration, link, mailbox), ct);
            if (!calendar.MayRead) return new CalendarAccessDenied(address, integration.Account.UserName, integration.UseImpersonation);
            if (!calendar.MayCreate) return new CalendarRightsMissing(address, integration.Account.UserName, integration.UseImpersonation);
            var opened = OpenCalendar.Of(integration, link, mailbox) with { CalendarId = calendar.CalendarId };
            var (basis, steps) = await commit.Plan(link, integration, await full.Read(opened, link, ct), ct);
            return Estimate(basis, steps);
        }
        catch (LeaseWasLost)
        {
            return new CalendarIsBusy(link.StaffId);
        }
    }

    private static FirstSyncEstimate Estimate(PullBasis basis, IReadOnlyList<SyncStep> steps)
    {
        var kept = steps.OfType<SyncStep.Keep>().Select(s => s.Event).Where(e => e.LinkId == basis.Link.Id).ToDictionary(e => e.Id);
        var before = basis.Known.Where(e => e.Kind is EventKind.Copy).ToList();
        var after = before.Select(c => kept.GetValueOrDefault(c.Id) ?? c);
        return new FirstSyncEstimate(
            kept.Values.Count(e => e is { Kind: EventKind.External, Version: 0 }),
            after.Count(c => c is { ItemId: null, PushState: PushState.Queued or PushState.Failed }),
            before.Count(c => c.ItemId is null && kept.GetValueOrDefault(c.Id) is { ItemId: not null }));
    }
}

/// <param name="EventsToAppear">Exchange's events that will block time in the booking product.</param>
/// <param name="AppointmentsToWrite">Appointments that will be written into the calendar.</param>
/// <param name="CopiesToAdopt">Items of an earlier life of CleanSync that will be taken over instead of written again.</param>
public sealed record FirstSyncEstimate(int EventsToAppear, int AppointmentsToWrite, int CopiesToAdopt);
