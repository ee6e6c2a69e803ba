using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using MediatR;

namespace CleanSync.Application.ApiKeys;

/// <summary>Takes an API key back: the next call with it is refused. Revoking twice is done once.</summary>
public sealed record RevokeApiKey(Guid Id) : IRequest<Result<ApiKeyView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("api-key", Id, new GetApiKey(Id));

    internal sealed class Handler(IApiKeyRepository keys, TimeProvider time) : IRequestHandler<RevokeApiKey, Result<ApiKeyView>>
    {
        public async Task<Result<ApiKeyView>> Handle(RevokeApiKey command, CancellationToken ct)
        {
            if (await keys.Find(command.Id, ct) is not { } stored) return new ApiKeyNotFound(command.Id);
            var now = time.GetUtcNow();
            var revoked = stored.Revoked(now);
            if (!ReferenceEquals(revoked, stored) && (await keys.Save(revoked, ct)).Refusal is { } refusal) return refusal;
            return ApiKeyView.Of(revoked, now);
        }
    }
}
