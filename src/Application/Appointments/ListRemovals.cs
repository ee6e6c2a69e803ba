using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>What deletions in Outlook took away from one staff member within 30 days, newest first, at most 200.</summary>
public sealed record ListRemovals(string StaffId) : IRequest<Result<RemovalList>>;

/// <summary>The same over all staff of an integration, newest first, at most 200.</summary>
public sealed record ListRemovalsOfIntegration(Guid IntegrationId) : IRequest<Result<IReadOnlyList<StaffRemoval>>>;

/// <summary>One of them, with the staff member whose calendar it left.</summary>
public sealed record StaffRemoval(string StaffId, string StaffName, RemovalView Removal);

public sealed record RemovalList(IReadOnlyList<RemovalView> Removals);

public enum RemovalKind
{
    /// <summary>The staff member was removed from the appointment, or it was cancelled.</summary>
    Appointment,

    ExchangeEvent,
}

/// <param name="AppointmentId">Null for an Exchange event.</param>
/// <param name="Title">"Busy" where the title may not be shown.</param>
/// <param name="Restorable">It is not over yet, not here again, and not cancelled in the booking product.</param>
public sealed record RemovalView(
    Guid Id,
    RemovalKind Kind,
    Guid? AppointmentId,
    string Title,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsAllDay,
    DateTimeOffset RemovedAt,
    bool Restorable);
