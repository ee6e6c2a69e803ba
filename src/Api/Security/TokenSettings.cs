using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.Security;

/// <summary>Whose bearer tokens are accepted, and how they say who may what.</summary>
/// <param name="Authority">The issuer; its discovery document lies below it.</param>
/// <param name="Audience">What a token must be for.</param>
/// <param name="RoleClaim">The claim that names roles.</param>
/// <param name="StaffIdClaim">The claim that names the staff member of the role staff.</param>
/// <param name="Roles">What the role claim says, and which role it means.</param>
internal sealed record TokenSettings(Uri Authority, string Audience, string RoleClaim, string StaffIdClaim, IReadOnlyDictionary<string, Role> Roles)
{
    /// <summary>Null when no issuer is configured: then no token is accepted.</summary>
    public static TokenSettings? Read(IConfiguration configuration, bool development)
    {
        if (configuration["Jwt:Authority"] is not { Length: > 0 } authority) return null;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || ServerAddresses.WhyRefused(address, development) is not null)
        {
            throw new InvalidOperationException(
                "Jwt:Authority is not the issuer's https address, such as https://login.contoso.example/realms/staff, without a user, a query or a fragment.");
        }

        if (configuration["Jwt:Audience"] is not { Length: > 0 } audience)
            throw new InvalidOperationException("Jwt:Authority needs Jwt:Audience beside it: without one, a token that was made for another product would be accepted.");

        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        Add(roles, configuration["Jwt:AdminRole"] ?? "admin", Role.Admin);
        Add(roles, configuration["Jwt:SchedulerRole"] ?? "scheduler", Role.Scheduler);
        Add(roles, configuration["Jwt:StaffRole"] ?? "staff", Role.Staff);
        return new TokenSettings(address, audience, configuration["Jwt:RoleClaim"] ?? "role", configuration["Jwt:StaffIdClaim"] ?? "staff_id", roles);
    }

    /// <summary>Of several roles the one that may most.</summary>
    public Role? RoleOf(IEnumerable<string> values)
    {
        Role[] known = [.. values.Where(Roles.ContainsKey).Select(v => Roles[v]).Order()];
        return known.Length > 0 ? known[0] : null;
    }

    private static void Add(Dictionary<string, Role> roles, string values, Role role)
    {
        foreach (var value in values.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!roles.TryAdd(value, role)) throw new InvalidOperationException($"'{value}' stands for two roles in Jwt:AdminRole, Jwt:SchedulerRole and Jwt:StaffRole.");
        }
    }
}
