// Deliberate violations for RequestRules.
using CleanSync.Application.Violations;
using MediatR;

namespace CleanSync.Application.Violations
{
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

    internal sealed record DeleteSomething : IRequest<int>;

    internal sealed record ChangeSomething : IRequest<int>, IAdminAction
    {
        AuditSubject IAdminAction.Subject => AuditSubject.New("something");
    }
}

namespace CleanSync.Api.Violations
{
    internal static class SomeEndpoints
    {
        public static IBaseRequest[] Sent() => [new DeleteSomething(), new ChangeSomething(), new GetRecord()];
    }
}
