using Microsoft.AspNetCore.Authorization;

namespace CleanSync.Api.Security;

internal static class ApiKeyRegistration
{
    /// <summary>Every address needs the key unless it says AllowAnonymous.</summary>
    public static IServiceCollection AddApiKey(this IServiceCollection services)
    {
        services.AddSingleton(provider => ApiKeyFile.Load(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ILogger<ApiKey>>()));
        // Not AddAuthentication: it brings Data Protection, whose key ring nothing here needs, into the home folder.
        services.AddWebEncoders();
        services.AddTransient<ApiKeyAuthentication>();
        services.AddAuthenticationCore(o =>
        {
            o.DefaultScheme = ApiKeyAuthentication.SchemeName;
            o.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Finds or makes the key before the first call, so that a fault in it shows at start.</summary>
    public static void PrepareApiKey(this WebApplication app) => app.Services.GetRequiredService<ApiKey>();
}
