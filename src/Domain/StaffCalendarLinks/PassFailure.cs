namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The last failure of a link's passes; it stays after the link has recovered.</summary>
public sealed record PassFailure(DateTimeOffset At, Reason Reason);
