using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>Which Exchange events count. Holds for external events only: a copy is a copy wherever and whatever it is.</summary>
public static class EventFilter
{
    public static bool Counts(RemoteEvent remote, SyncWindow window) =>
        !remote.IsCancelled
        && remote.FreeBusy is (FreeBusy.Busy or FreeBusy.OutOfOffice or FreeBusy.Tentative)
        && remote.Times.End > remote.Times.Start
        && window.Overlaps(remote.Times.Start, remote.Times.End);
}
