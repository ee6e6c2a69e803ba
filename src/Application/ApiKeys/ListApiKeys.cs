using CleanSync.Domain.ApiKeys;
using MediatR;

namespace CleanSync.Application.ApiKeys;

/// <summary>Every API key that was ever made, the newest first: a revoked one stays, because the audit log names it.</summary>
public sealed record ListApiKeys : IRequest<IReadOnlyList<ApiKeyView>>
{
    internal sealed class Handler(IApiKeyRepository keys, TimeProvider time) : IRequestHandler<ListApiKeys, IReadOnlyList<ApiKeyView>>
    {
        public async Task<IReadOnlyList<ApiKeyView>> Handle(ListApiKeys query, CancellationToken ct) =>
            [.. (await keys.All(ct)).Select(k => ApiKeyView.Of(k, time.GetUtcNow()))];
    }
}
