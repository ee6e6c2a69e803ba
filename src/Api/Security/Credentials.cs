using CleanSync.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace CleanSync.Api.Security;

/// <summary>Which credential a call brings, and why it was not accepted.</summary>
internal static class Credentials
{
    public const string Bearer = "Bearer";

    private const string BearerPrefix = Bearer + " ";

    /// <summary>A key counts where both are sent.</summary>
    public static bool BringsToken(HttpRequest request) =>
        !request.Headers.ContainsKey(ApiKeyAuthentication.Header)
            && request.Headers.Authorization.ToString().StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the caller is not known. The credential was looked at once; this asks for the answer again.</summary>
    public static async Task<Error> WhyRefused(HttpContext http) => (await http.AuthenticateAsync()).Failure switch
    {
        null => new CredentialMissing(),
        CredentialIsRefused refused => refused.Refusal,
        AggregateException { InnerExceptions: [var first, ..] } => WhyRefused(first),
        var failure => WhyRefused(failure),
    };

    /// <summary>Says what is wrong with a token and nothing of what was expected: the message of the library names both.</summary>
    private static Error WhyRefused(Exception failure) => failure switch
    {
        SecurityTokenExpiredException => new TokenHasExpired(),
        SecurityTokenNotYetValidException => new TokenRefused("it is not valid yet"),
        SecurityTokenInvalidAudienceException => new TokenRefused("it is for another audience"),
        SecurityTokenInvalidIssuerException => new TokenRefused("another issuer made it"),
        SecurityTokenInvalidAlgorithmException => new TokenRefused("it is signed by an algorithm that is not accepted"),
        SecurityTokenNoExpirationException => new TokenRefused("it has no end"),
        SecurityTokenSignatureKeyNotFoundException => new TokenRefused("the issuer has no such key, or does not answer"),
        SecurityTokenInvalidSignatureException => new TokenRefused("its signature does not fit"),
        _ => new TokenRefused("it cannot be read"),
    };
}
