using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CleanSync.Api.Security;

/// <summary>Whoever knows the key may call; what is not opened explicitly needs it, unknown addresses too.</summary>
internal sealed class ApiKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKey key)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(ApiKey.Header, out var presented) || presented.Count == 0) return Task.FromResult(AuthenticateResult.NoResult());
        if (presented.Count > 1 || !key.Matches(presented[0] ?? "")) return Task.FromResult(AuthenticateResult.Fail("wrong key"));
        var caller = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, "admin")], SchemeName));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"{SchemeName} header=\"{ApiKey.Header}\"";
        return Problems.Of(Request.Headers.ContainsKey(ApiKey.Header) ? new ApiKeyWrong() : new ApiKeyMissing()).ExecuteAsync(Context);
    }
}
