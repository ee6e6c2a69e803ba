using CleanSync.Domain;
using CleanSync.Domain.Erasures;
using MediatR;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Ends an erasure without waiting any longer for what Exchange has not let be done: everything here is erased, and what stays in Exchange
/// is listed. Appointments that are still to come stay as they are.
/// </summary>
public sealed record FinishErasure(Guid Id) : IRequest<Result<ErasureView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => ErasureView.Subject(Id);

    internal sealed class Handler(IErasures erasures, IMediator mediator, TimeProvider time)
        : IRequestHandler<FinishErasure, Result<ErasureView>>
    {
        public async Task<Result<ErasureView>> Handle(FinishErasure command, CancellationToken ct)
        {
            if (await erasures.Find(command.Id, ct) is null) return new ErasureNotFound(command.Id);
            await erasures.EndNow(command.Id, time.GetUtcNow(), ct);
            return await mediator.Send(new GetErasure(command.Id), ct);
        }
    }
}
