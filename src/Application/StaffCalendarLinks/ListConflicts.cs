using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>
/// Conflicts of one staff member, newest first, at most 100: both sides had changed an appointment, and the booking product won.
/// </summary>
public sealed record ListConflicts(string StaffId) : IRequest<Result<ConflictList>>;

public sealed record ConflictList(IReadOnlyList<ConflictView> Conflicts);

/// <param name="At">When the conflict was found.</param>
/// <param name="KeptStart">The booking product's start, which holds.</param>
/// <param name="LostStart">The start that Outlook had.</param>
public sealed record ConflictView(
    Guid AppointmentId,
    DateTimeOffset At,
    DateTimeOffset KeptStart,
    DateTimeOffset KeptEnd,
    DateTimeOffset LostStart,
    DateTimeOffset LostEnd);
