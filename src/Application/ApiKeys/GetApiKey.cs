using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using MediatR;

namespace CleanSync.Application.ApiKeys;

public sealed record GetApiKey(Guid Id) : IRequest<Result<ApiKeyView>>
{
    internal sealed class Handler(IApiKeyRepository keys, TimeProvider time) : IRequestHandler<GetApiKey, Result<ApiKeyView>>
    {
        public async Task<Result<ApiKeyView>> Handle(GetApiKey query, CancellationToken ct) =>
            await keys.Find(query.Id, ct) is { } found ? ApiKeyView.Of(found, time.GetUtcNow()) : new ApiKeyNotFound(query.Id);
    }
}
