using System.Data.Common;
using MediatR;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>What a handler's reading meets at the storage leaves it as <see cref="Application.StorageFailure"/>.</summary>
internal sealed class StorageBehavior<TRequest, TResponse>(Database database) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (DbException failure) when (database.FailureOf(failure) is { } known)
        {
            throw known;
        }
    }
}
