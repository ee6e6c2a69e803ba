using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>A link as a view reads it, before its warnings and its lag are added.</summary>
internal sealed record StaffLinkViewRow
{
    public Guid Id { get; init; }
    public string StaffId { get; init; } = "";
    public string StaffName { get; init; } = "";
    public Guid IntegrationId { get; init; }
    public string? MailboxAddress { get; init; }
    public string TimeZone { get; init; } = "";
    public bool Enabled { get; init; }
    public string HealthState { get; init; } = "";
    public string? HealthProblem { get; init; }
    public string? HealthReason { get; init; }
    public string? HealthExchangeCode { get; init; }
    public DateTimeOffset? LastSyncedAt { get; init; }
    public bool FirstSyncDone { get; init; }
    public int PendingPushes { get; init; }
    public int ExternalEvents { get; init; }
    public int HeldDeletions { get; init; }
    public int FormerCopies { get; init; }
    public int DriftEvents { get; init; }
    public DateTimeOffset? DriftLastAt { get; init; }

    public StaffLinkView ToView(IEnumerable<LinkWarningRow> warnings, LinkNotifications notifications, DateTimeOffset now) => new(
        StaffId,
        StaffName,
        IntegrationId,
        MailboxAddress,
        TimeZone,
        Enabled,
        Enum.Parse<LinkState>(HealthState),
        HealthProblem,
        HealthReason,
        HealthExchangeCode,
        LastSyncedAt,
        Lag.Seconds(LastSyncedAt, now),
        FirstSyncDone,
        PendingPushes,
        ExternalEvents,
        HeldDeletions,
        FormerCopies,
        new DriftView(DriftEvents, DriftLastAt),
        notifications,
        [.. warnings.Select(w => new LinkWarningView(w.Code, w.Reason, w.HappenedAt))]);
}

internal sealed record LinkWarningRow
{
    public Guid LinkId { get; init; }
    public string Code { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset HappenedAt { get; init; }
}
