using System.Text.Json.Nodes;
using CleanSync.Application.AuditLog;

namespace CleanSync.Api.AuditLog;

internal static class AuditLogExamples
{
    private static readonly DateTimeOffset At = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Of the views before and after, an example shows what differs.</summary>
    public static AuditLogPage Page { get; } = new(
        [
            new(
                new Guid("0199d2c7-3a91-7c58-9d20-7e6f5a4b3c2d"), At, At.AddMilliseconds(12),
                new AuditActor(AuditActorKind.ApiKey, "0199d2c3-1c02-7d19-a5b6-4c3b2a190807", "first admin", "10.20.0.40"),
                "EnableStaffLink", "staff/anna",
                new JsonObject { ["staffId"] = "anna", ["enabled"] = false, ["copies"] = "Keep" }, DryRun: false, Note: null,
                new JsonObject { ["staffId"] = "anna", ["enabled"] = true, ["state"] = "Syncing" },
                new JsonObject { ["staffId"] = "anna", ["enabled"] = false, ["state"] = "Off" },
                AuditOutcome.Done, Refusal: null),
        ],
        NextCursor: null);
}
