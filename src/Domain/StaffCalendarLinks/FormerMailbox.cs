namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>Where a link's calendar lay before an admin gave it another mailbox, until that one was opened.</summary>
public sealed record FormerMailbox(Guid IntegrationId, string Address);
