using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>Removals of one staff member that the deletion fuse holds, in order of start.</summary>
public sealed record ListHeldDeletions(string StaffId) : IRequest<Result<HeldDeletionList>>;

/// <summary>The same over all staff of an integration, at most 1000; what becomes of them is decided for each staff member.</summary>
public sealed record ListHeldDeletionsOfIntegration(Guid IntegrationId) : IRequest<Result<IReadOnlyList<StaffHeldDeletions>>>;

/// <summary>One staff member's held removals.</summary>
public sealed record StaffHeldDeletions(string StaffId, string StaffName, IReadOnlyList<HeldDeletion> Held);

public sealed record HeldDeletionList(IReadOnlyList<HeldDeletion> Held);

/// <param name="AppointmentId">The appointment whose copy disappeared; null for an Exchange event.</param>
/// <param name="Title">"Busy" where the title may not be shown.</param>
public sealed record HeldDeletion(
    Guid EventId,
    Guid? AppointmentId,
    string Title,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsAllDay);
