namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>What both sides of a copy agreed on last.</summary>
/// <param name="Times">Null before the first agreement.</param>
/// <param name="TimesRevision">The appointment's revision of its times then.</param>
public sealed record Agreement(EventTimes? Times, int TimesRevision);
