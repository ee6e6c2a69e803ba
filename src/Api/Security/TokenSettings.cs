using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.Security;

/// <summary>Whose bearer tokens are accepted, and how they say who may what.</summary>
/// <param name="Authority">The issuer; its discovery document lies below it.</param>
/// <param name="Audience">What a token must be for.</param>
/// <param name="RoleClaim">The claim that names roles.</param>
/// <param name="StaffIdClaim">The claim that names the staff member of the role staff.</param>
/// <param name="Roles">What the role claim says, and which role it means.</param>
internal sealed record TokenSettings(
    Uri Authority,
    string Audience,
    string RoleClaim,
    string StaffIdClaim,
    IReadOnlyDictionary<string, Role> Roles)
{
    /// <summary>Null when no issuer is configured: then no token is accepted.</summary>
    public static TokenSettings? Read(IConfiguration configuration, bool development)
    {
        var given = Settings.Read("Jwt", key => configuration[key], new JwtOptions());
        if (given.Authority is not { } authority) return null;
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address)
            || ServerAddresses.WhyRefused(address, allowPlainHttp: development) is not null)
            throw new StartRefused(
                "Jwt:Authority is not the issuer's https address, such as https://login.contoso.example/realms/staff, without a user, a query or a fragment.");
        if (given.Audience is not { } audience)
            throw new StartRefused(
                "Jwt:Authority needs Jwt:Audience beside it: without one, a token that was made for another product would be accepted.");

        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        Add(roles, given.AdminRole, Role.Admin);
        Add(roles, given.SchedulerRole, Role.Scheduler);
        Add(roles, given.StaffRole, Role.Staff);
        return new TokenSettings(address, audience, given.RoleClaim, given.StaffIdClaim, roles);
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
            if (!roles.TryAdd(value, role))
                throw new StartRefused($"'{value}' stands for two roles in Jwt:AdminRole, Jwt:SchedulerRole and Jwt:StaffRole.");
        }
    }
}

/// <summary>The section <c>Jwt</c>.</summary>
internal sealed record JwtOptions
{
    /// <summary>The issuer's https address; without one no token is accepted.</summary>
    public string? Authority { get; init; }

    public string? Audience { get; init; }

    public string RoleClaim { get; init; } = "role";

    /// <summary>What the issuer calls the role; several with commas between them.</summary>
    public string AdminRole { get; init; } = "admin";

    public string SchedulerRole { get; init; } = "scheduler";

    public string StaffRole { get; init; } = "staff";

    public string StaffIdClaim { get; init; } = "staff_id";
}
