using CleanSync.Domain.ApiKeys;
using CleanSync.EndToEndTests.Hosting;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Keys of every role, and two that are no longer good.</summary>
internal static class Callers
{
    /// <summary>Whose calendar the staff key opens: the one that the examples' addresses name.</summary>
    public const string OwnStaffId = "nobody";

    public static ApiKey[] Keys { get; } =
    [
        TestKeys.Key("scheduler", Role.Scheduler),
        TestKeys.Key("staff", Role.Staff, OwnStaffId),
        TestKeys.Key("other staff", Role.Staff, "somebody-else"),
        TestKeys.Key("revoked", Role.Admin) with { RevokedAt = DateTimeOffset.UnixEpoch },
        TestKeys.Key("expired", Role.Admin) with { ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1) },
    ];

    public static string Of(string name) => TestKeys.Text(name).Text;
}
