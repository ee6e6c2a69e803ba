using System.Text.Json.Serialization;
using CleanSync.Application.ApiKeys;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.ApiKeys;

/// <summary>An API key to make.</summary>
/// <param name="Name">Whose key it is, 1 to 100 characters; the audit log names it.</param>
/// <param name="Role">Admin: everything. Scheduler: appointments, calendars, answers to meetings. Staff: one staff member's own
/// calendar.</param>
/// <param name="StaffId">Of the role Staff: the booking product's id of the staff member whose calendar it opens. Not for the other
/// roles.</param>
/// <param name="ExpiresAt">ISO 8601 with offset; from then on the key is refused. Leave it out for a key without an end.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewApiKey(string Name, Role Role, string? StaffId = null, DateTimeOffset? ExpiresAt = null)
{
    internal static NewApiKey Example { get; } = new(
        "Booking product, branch Berlin",
        Role.Scheduler,
        null,
        new DateTimeOffset(2039, 12, 31, 0, 0, 0, TimeSpan.Zero));

    internal CreateApiKey ToCommand() => new(Name, Role, StaffId, ExpiresAt);
}
