using CleanSync.Application.Appointments;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Takes a staff member out. Their calendar goes the way of a disconnection: detached in one commit, then each item of ours is removed from
/// Exchange; the link and their names go last.
/// </summary>
internal sealed class StaffErasure(
    IErasures erasures,
    IAppointmentRepository appointments,
    IStaffCalendarLinkRepository links,
    IExchangeIntegrationRepository integrations,
    AppointmentEditing editing,
    MailboxLocks locks,
    CalendarDetachment detachment,
    CalendarCleanUp cleanUp,
    ICautiousClock cautious,
    TimeProvider time)
{
    /// <summary>True when nothing of them is left in the rows.</summary>
    public async Task<bool> EraseRows(Erasure erasure, string staffId, CancellationToken ct)
    {
        if (erasure.StaffErasedAt is not null) return true;
        var earliest = cautious.Earliest();
        var upcoming = await appointments.UpcomingOf(staffId, earliest, ct);
        if (upcoming.Count > 0 && !erasure.CancelsFuture && !erasure.IsGivenUp(earliest))
            return await Waits(erasure, Obstacle.IsToCome, ct);
        if (erasure.CancelsFuture)
        {
            foreach (var appointment in upcoming) await editing.Edit(appointment.Id, null, a => a.LeftBy(staffId), ct);
        }

        return await links.FindByStaff(staffId, ct) is { } link
            ? await EraseCalendar(erasure, link, ct)
            : await erasures.EraseStaff(erasure, null, leaves: false, time.GetUtcNow(), ct);
    }

    private async Task<bool> EraseCalendar(Erasure erasure, StaffCalendarLink link, CancellationToken ct)
    {
        await using var mailbox = await locks.Take(link.Id, ct);
        if (mailbox is null || await integrations.Find(link.IntegrationId, ct) is not { DisconnectingSince: null } integration)
            return await Waits(erasure, Obstacle.CalendarIsBusy, ct);
        await detachment.Detach(mailbox, integration, ct, erasure.Id);
        if (integration.BlockedBy is null) await cleanUp.Run(mailbox, ct, integration);
        await mailbox.Confirm(ct);
        return await erasures.EraseStaff(erasure, mailbox.Lease, erasure.IsGivenUp(cautious.Earliest()), time.GetUtcNow(), ct)
            || await Waits(erasure, Obstacle.RemovalWaits, ct);
    }

    private async Task<bool> Waits(Erasure erasure, string obstacle, CancellationToken ct)
    {
        await erasures.NoteWait(erasure.Id, obstacle, ct);
        return false;
    }
}
