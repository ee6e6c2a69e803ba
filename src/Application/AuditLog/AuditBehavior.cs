using MediatR;

namespace CleanSync.Application.AuditLog;

/// <summary>
/// Every admin action is in the log before it begins, and its outcome when it has ended: one that cannot be logged does not happen.
/// </summary>
internal sealed class AuditBehavior<TRequest, TResponse>(AuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IAdminAction
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var begun = await trail.Begin(request, cancellationToken);
        TResponse response;
        try
        {
            response = await next();
        }
        catch (Exception failure)
        {
            await trail.Fail(begun, request, failure);
            throw;
        }

        await trail.End(begun, request, response);
        return response;
    }
}
