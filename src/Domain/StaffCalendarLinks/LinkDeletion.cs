namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>An admin asked for the link to be deleted.</summary>
/// <param name="RemovesCopies">Our items leave the calendar first; otherwise they stay in it as they are.</param>
public sealed record LinkDeletion(DateTimeOffset AskedAt, bool RemovesCopies);
