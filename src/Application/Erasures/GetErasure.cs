using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.Erasures;

/// <summary>How far an erasure is, or the report of one that has ended.</summary>
/// <param name="CountsOnly">Without anything that names an appointment or a staff member: as the audit log keeps it.</param>
public sealed record GetErasure(Guid Id, bool CountsOnly = false) : IRequest<Result<ErasureView>>;

/// <summary>All erasures whose reports are kept, the newest first, at most 200, without their lists.</summary>
public sealed record ListErasures : IRequest<IReadOnlyList<ErasureView>>;
