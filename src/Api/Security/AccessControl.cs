using CleanSync.Domain;
using Microsoft.AspNetCore.Authorization;

namespace CleanSync.Api.Security;

internal static class AccessControl
{
    private static readonly string[] Challenges =
        [$"{ApiKeyAuthentication.SchemeName} header=\"{ApiKeyAuthentication.Header}\"", Credentials.Bearer];

    /// <summary>
    /// Nothing is carried out before it is known who calls and that they may; only what says AllowAnonymous is open. Unknown addresses are
    /// not. A method or a content type that an address does not take is told to whoever is known, before the role counts: to nobody else,
    /// and to none of them as a 403.
    /// </summary>
    public static void UseAccessControl(this WebApplication app) => app.Use(async (http, next) =>
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
        }
        else if (Caller.Of(http.User) is not { } caller)
        {
            if (!await app.Services.GetRequiredService<RefusedCredentials>().MayBeTold(http)) return;
            http.Response.Headers.WWWAuthenticate = Challenges;
            await Problems.Of(await Credentials.WhyRefused(http)).ExecuteAsync(http);
        }
        else if (Refusal(caller, endpoint, http) is { } refusal)
        {
            await Problems.Of(refusal).ExecuteAsync(http);
        }
        else
        {
            await next(http);
        }
    });

    /// <summary>
    /// Where a method or a content type is not taken, routing puts in an endpoint that is not one of ours, and that answers 405 or 415.
    /// </summary>
    private static Error? Refusal(Caller caller, Endpoint? endpoint, HttpContext http) => endpoint switch
    {
        null => AccessRules.Refusal(caller, Access.EveryRole, null),
        RouteEndpoint ours => AccessRules.Refusal(caller, AccessRules.Of(ours.Metadata), http.Request.RouteValues["staffId"] as string),
        _ => null,
    };
}
