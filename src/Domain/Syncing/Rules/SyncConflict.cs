using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing.Rules;

/// <summary>Both sides changed an appointment since the last sync. The booking product won; this is what lost.</summary>
public sealed record SyncConflict(
    Guid Id,
    Guid LinkId,
    Guid AppointmentId,
    Guid EventId,
    DateTimeOffset At,
    EventTimes Kept,
    EventTimes Lost);
