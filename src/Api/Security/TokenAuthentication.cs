using System.Security.Claims;
using CleanSync.Application.AuditLog;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CleanSync.Api.Security;

/// <summary>Knows a caller by a bearer token of the configured issuer. The token alone says the role; nothing of it is stored.</summary>
internal static class TokenAuthentication
{
    /// <summary>Public keys only: with a shared secret, whoever can check a token could make one.</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>By how much the issuer's clock may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public static void AddTokens(this IServiceCollection services, TokenSettings settings)
    {
        services.AddTransient<JwtBearerHandler>();
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
        services.AddOptions<JwtBearerOptions>(Credentials.Bearer).Configure<TimeProvider>((o, time) => Configure(o, settings, time));
    }

    private static void Configure(JwtBearerOptions options, TokenSettings settings, TimeProvider time)
    {
        options.Authority = settings.Authority.ToString();
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RoleClaimType = settings.RoleClaim,
            NameClaimType = "sub",
            LifetimeValidator = (from, until, _, _) => IsAlive(from, until, time.GetUtcNow().UtcDateTime),
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = CallerOf(context.Principal!, settings).ToPrincipal(Credentials.Bearer);
                return Task.CompletedTask;
            },
        };
    }

    private static bool IsAlive(DateTime? from, DateTime? until, DateTime now)
    {
        if (until is not { } end) throw new SecurityTokenNoExpirationException("It has no end.");
        if (end + Skew <= now) throw new SecurityTokenExpiredException("It has expired.");
        if (from is { } start && start - Skew > now) throw new SecurityTokenNotYetValidException("It is not valid yet.");
        return true;
    }

    private static Caller CallerOf(ClaimsPrincipal token, TokenSettings settings)
    {
        var subject = token.FindFirst("sub")?.Value ?? "";
        var role = settings.RoleOf(token.FindAll(settings.RoleClaim).Select(c => c.Value));
        return new Caller(
            AuditActorKind.Token, subject, token.FindFirst("name")?.Value ?? subject, role, token.FindFirst(settings.StaffIdClaim)?.Value);
    }
}
