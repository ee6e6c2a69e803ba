using CleanSync.Application.AuditLog;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace CleanSync.Api.Security;

internal static class SecurityRegistration
{
    /// <summary>Either credential: an API key, or a bearer token where an issuer is configured.</summary>
    private const string EitherScheme = "Either";

    public static IServiceCollection AddCallers(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment)
    {
        var tokens = TokenSettings.Read(configuration, environment.IsDevelopment());
        // Not AddAuthentication: it brings Data Protection, whose key ring nothing here needs, into the home folder.
        services.AddWebEncoders();
        services.AddTransient<ApiKeyAuthentication>();
        services.AddTransient<PolicySchemeHandler>();
        services.AddAuthenticationCore(o =>
        {
            o.DefaultScheme = EitherScheme;
            o.AddScheme<PolicySchemeHandler>(EitherScheme, null);
            o.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
            if (tokens is not null) o.AddScheme<JwtBearerHandler>(Credentials.Bearer, null);
        });
        services.Configure<PolicySchemeOptions>(EitherScheme, o => o.ForwardDefaultSelector = http =>
            tokens is not null && Credentials.BringsToken(http.Request) ? Credentials.Bearer : ApiKeyAuthentication.SchemeName);
        if (tokens is not null) services.AddTokens(tokens);
        var limits = CallLimits.Read(configuration);
        services.AddSingleton(limits);
        services.AddSingleton<RefusedCredentials>();
        services.AddRateLimiter(limits.Configure);
        services.AddHttpContextAccessor();
        services.AddSingleton<ICurrentActor, HttpActor>();
        return services.AddTrustedProxies(configuration);
    }
}
