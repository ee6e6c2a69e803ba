using CleanSync.Application.ApiKeys;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.ApiKeys;

/// <summary>An API key in answers.</summary>
internal static class ApiKeyExamples
{
    private static readonly DateTimeOffset Made = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);

    public static ApiKeyView View { get; } = new(
        new Guid("0199d2c3-5e10-7a44-8b3d-2f1e0d9c8b7a"),
        "Booking product, branch Berlin",
        "cleansync_1f3a5c7e9b02",
        Role.Scheduler,
        StaffId: null,
        ApiKeyState.Usable, Made, new DateTimeOffset(2039, 12, 31, 0, 0, 0, TimeSpan.Zero), RevokedAt: null, LastUsedAt: null);

    public static ApiKeyView Used { get; } = View with { LastUsedAt = Made.AddHours(1) };

    public static ApiKeyView Revoked { get; } = Used with { State = ApiKeyState.Revoked, RevokedAt = Made.AddDays(1) };

    /// <summary>It opens nothing: it only shows where the key stands.</summary>
    public static IssuedApiKey Issued { get; } = new($"{View.Prefix}_…", View);
}
