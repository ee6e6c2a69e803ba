// Deliberate violations for RequestRules.
using MediatR;

namespace CleanSync.Application.Violations;

internal sealed record GetRecord : IRequest<int>
{
    internal sealed class Handler : IRequestHandler<GetRecord, int>
    {
        public Task<int> Handle(GetRecord request, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}

internal sealed class GetClass : IRequest<int>;

internal sealed record Calendar : IRequest<int>;

internal sealed record GetNothing : IRequest<int>;
