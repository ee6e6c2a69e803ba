using System.Text.Encodings.Web;
using CleanSync.Application.AuditLog;
using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CleanSync.Api.Security;

/// <summary>Knows a caller by an API key. It is looked up for each call, so that a revoked one is refused at once, on every node.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IApiKeyRepository keys,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Whoever asks an open address need not be known, and it answers also while the database does not.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return AuthenticateResult.NoResult();
        if (!Request.Headers.TryGetValue(Header, out var presented) || presented.Count == 0) return AuthenticateResult.NoResult();
        if (presented.Count > 1 || KeyText.Read(presented[0]) is not { } text) return Refused(new ApiKeyWrong());
        if (await keys.FindByLookup(text.Lookup, Context.RequestAborted) is not { } key || !key.Fits(text))
            return Refused(new ApiKeyWrong());

        // Only whoever has the whole key learns what became of it.
        var now = time.GetUtcNow();
        if (key.RevokedAt is not null) return Refused(new ApiKeyIsRevoked());
        if (key.HasExpired(now)) return Refused(new ApiKeyHasExpired());
        if (key.IsUseToNote(now)) await keys.NoteUse(key.Id, now, Context.RequestAborted);
        var caller = new Caller(AuditActorKind.ApiKey, key.Id.ToString(), key.Name, key.Role, key.StaffId);
        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(SchemeName), SchemeName));
    }

    private static AuthenticateResult Refused(Error refusal) => AuthenticateResult.Fail(new CredentialIsRefused(refusal));
}
