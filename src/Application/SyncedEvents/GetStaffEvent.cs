using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.SyncedEvents;

/// <summary>One Exchange event of a staff member's calendar.</summary>
public sealed record GetStaffEvent(string StaffId, Guid EventId) : IRequest<Result<CalendarEntry>>;
