namespace CleanSync.Domain.SyncedEvents;

/// <summary>What an event says about its owner's time. A missing or unknown status counts as <see cref="Busy"/>.</summary>
public enum FreeBusy
{
    Busy,
    Free,
    Tentative,
    OutOfOffice,
    WorkingElsewhere,
}
