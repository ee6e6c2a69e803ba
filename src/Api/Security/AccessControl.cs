using Microsoft.AspNetCore.Authorization;

namespace CleanSync.Api.Security;

internal static class AccessControl
{
    private static readonly string[] Challenges = [$"{ApiKeyAuthentication.SchemeName} header=\"{ApiKeyAuthentication.Header}\"", Credentials.Bearer];

    /// <summary>Nothing is carried out before it is known who calls and that they may; only what says AllowAnonymous is open. Unknown addresses are not.</summary>
    public static void UseAccessControl(this WebApplication app) => app.Use(async (http, next) =>
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
        }
        else if (Caller.Of(http.User) is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = Challenges;
            await Problems.Of(await Credentials.WhyRefused(http)).ExecuteAsync(http);
        }
        else if (WhoMay.Refusal(caller, endpoint is null ? Access.EveryRole : WhoMay.Of(endpoint.Metadata), http.Request.RouteValues["staffId"] as string) is { } refusal)
        {
            app.Logger.LogWarning("{Operation} was refused to {Kind} {Caller}: {Code}", Operation(endpoint), caller.Kind, caller.Id, refusal.Code);
            await Problems.Of(refusal).ExecuteAsync(http);
        }
        else
        {
            await next(http);
        }
    });

    private static string? Operation(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint?.DisplayName;
}
