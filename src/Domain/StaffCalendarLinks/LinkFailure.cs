namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The last failure of a link's passes; it stays after the link has recovered.</summary>
/// <param name="Problem">Stable code, such as <c>mailbox-not-found</c>.</param>
/// <param name="Reason">What was wrong, in words.</param>
/// <param name="ExchangeCode">Exchange's own code; null when Exchange gave none.</param>
public sealed record LinkFailure(DateTimeOffset At, string Problem, string Reason, string? ExchangeCode);
