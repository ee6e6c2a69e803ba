using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.Security;

/// <summary>Which roles may call an operation.</summary>
/// <param name="Roles">Those that may.</param>
/// <param name="OwnOnly">The role staff may only where the address names their own staff id.</param>
internal sealed record Access(IReadOnlyList<Role> Roles, bool OwnOnly)
{
    public static Access Admins { get; } = new([Role.Admin], false);

    public static Access Schedulers { get; } = new([Role.Admin, Role.Scheduler], false);

    public static Access OwnCalendar { get; } = new([Role.Admin, Role.Scheduler, Role.Staff], true);

    public static Access EveryRole { get; } = new([Role.Admin, Role.Scheduler, Role.Staff], false);
}

/// <summary>Who may call what, by operation id. What is not in this table is for admins only.</summary>
internal static class AccessRules
{
    public static IReadOnlyDictionary<string, Access> Table { get; } = new Dictionary<string, Access>(StringComparer.Ordinal)
    {
        ["bookAppointment"] = Access.Schedulers,
        ["getAppointment"] = Access.Schedulers,
        ["moveAppointment"] = Access.Schedulers,
        ["changeAppointmentDetails"] = Access.Schedulers,
        ["changeAppointmentStaff"] = Access.Schedulers,
        ["cancelAppointment"] = Access.Schedulers,

        ["getStaffCalendar"] = Access.OwnCalendar,
        ["getStaffEvent"] = Access.OwnCalendar,
        ["respondToMeeting"] = Access.OwnCalendar,

        ["listProblemTypes"] = Access.EveryRole,
    };

    /// <summary>An endpoint without a name is for admins only, too.</summary>
    public static Access Of(IEnumerable<object> metadata) =>
        metadata.OfType<IEndpointNameMetadata>().LastOrDefault() is { } named && Table.TryGetValue(named.EndpointName, out var access)
            ? access
            : Access.Admins;

    /// <summary>Why the caller may not call it; null when they may.</summary>
    /// <param name="staffId">Whom the address names; null when it names nobody.</param>
    public static Error? Refusal(Caller caller, Access access, string? staffId)
    {
        if (caller.Role is not { } role) return new RoleIsMissing();
        if (!access.Roles.Contains(role)) return new RoleMayNot(Words(role), Words(access.Roles));
        if (role is not Role.Staff || !access.OwnOnly) return null;
        if (caller.StaffId is not { Length: > 0 } own) return new StaffIdIsMissing();
        return string.Equals(own, staffId, StringComparison.Ordinal) ? null : new CalendarIsAnothers(own);
    }

    public static string Words(Role role) => role.ToString().ToLowerInvariant();

    public static string Words(IEnumerable<Role> roles) => string.Join(" or ", roles.Select(Words));
}
