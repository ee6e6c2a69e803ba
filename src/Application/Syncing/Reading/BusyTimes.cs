using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>What takes a staff member's time while an appointment is to come back: other events, and other appointments.</summary>
internal sealed class BusyTimes(ISyncedEventRepository events, IAppointmentRepository appointments)
{
    /// <param name="back">The appointment that is to come back.</param>
    /// <param name="item">Its item in Exchange, if that is known; it stands in nobody's way.</param>
    public async Task<IReadOnlyList<EventTimes>> Around(
        StaffCalendarLink link,
        EventTimes times,
        Guid? back,
        string? item,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var taking = (await events.TakingTime(link.Id, times.Start, times.End, ct))
            .Where(e => (item is null || e.ItemId != item) && (back is null || e.AppointmentId != back));
        var booked = (await appointments.UpcomingOf(link.StaffId, now, ct)).Where(a => a.Id != back && a.Times.Overlaps(times));
        return [.. taking.Select(e => e.Times!), .. booked.Select(a => a.Times)];
    }
}
