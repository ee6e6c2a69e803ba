using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.Syncing;

/// <summary>One pass over one calendar: what Exchange changed comes in, then what waits goes out.</summary>
public sealed record SyncCalendar(Guid LinkId) : IRequest<Result>;
