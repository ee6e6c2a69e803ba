using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>Which Exchange events count. Holds for external events only: a copy is a copy wherever and whatever it is.</summary>
public static class EventFilter
{
    /// <inheritdoc cref="LeavesOut"/>
    public static bool Counts(RemoteEvent remote, SyncWindow window, bool declinedBlocks = false) =>
        LeavesOut(remote, window, declinedBlocks) is null;

    /// <summary>The rule that leaves an event out; null when it counts.</summary>
    /// <param name="declinedBlocks">A meeting that its owner declined blocks time as it is shown, as an admin may want it.</param>
    public static SyncRule? LeavesOut(RemoteEvent remote, SyncWindow window, bool declinedBlocks = false) => remote switch
    {
        { IsCancelled: true } => SyncRules.CancelledMeeting,
        { MyResponse: MeetingResponse.Declined } when !declinedBlocks => SyncRules.DeclinedMeeting,
        { FreeBusy: FreeBusy.Free } => SyncRules.FreeBusyFree,
        { FreeBusy: FreeBusy.WorkingElsewhere } => SyncRules.WorkingElsewhere,
        _ when remote.Times.End <= remote.Times.Start => SyncRules.ZeroLength,
        _ when !window.Overlaps(remote.Times.Start, remote.Times.End) => SyncRules.OutsideWindow,
        _ => null,
    };
}
