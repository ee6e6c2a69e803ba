using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

/// <summary>A link and what the list shows of its integration, before its warnings and its lag are added.</summary>
internal sealed record StaffLinkViewRow
{
    public Guid Id { get; init; }
    public string StaffId { get; init; } = "";
    public string StaffName { get; init; } = "";
    public Guid IntegrationId { get; init; }
    public string IntegrationStatus { get; init; } = "";
    public string? StatusReason { get; init; }
    public DateTimeOffset? PausedUntil { get; init; }
    public DateTimeOffset? PauseAskedAt { get; init; }
    public string? PauseReason { get; init; }
    public string? MailboxAddress { get; init; }
    public string TimeZone { get; init; } = "";
    public bool Enabled { get; init; }
    public int AccountGroup { get; init; }
    public string HealthState { get; init; } = "";
    public string? HealthProblem { get; init; }
    public string? HealthReason { get; init; }
    public string? HealthExchangeCode { get; init; }
    public DateTimeOffset? LastSyncedAt { get; init; }
    public bool FirstSyncDone { get; init; }
    public int PendingPushes { get; init; }
    public int ExternalEvents { get; init; }
    public int HeldDeletions { get; init; }
    public int CleanUpItems { get; init; }
    public int DriftEvents { get; init; }
    public DateTimeOffset? DriftLastAt { get; init; }
    public DateTimeOffset? LastFailureAt { get; init; }
    public string? LastFailureProblem { get; init; }
    public string? LastFailureReason { get; init; }
    public string? LastFailureExchangeCode { get; init; }
    public DateTimeOffset? RecheckAskedAt { get; init; }
    public DateTimeOffset? DeletionAskedAt { get; init; }
    public int SettingsVersion { get; init; }

    private LinkIsBeingDeleted Going => new(StaffId);

    private AccountStanding Standing(DateTimeOffset now) =>
        DeletionAskedAt is null ? Own(now) : Own(now) with { Reason = Reason.Of(Going) };

    private AccountStanding Own(DateTimeOffset now) => AccountStanding.Of(
        StaffId,
        (AccountState)AccountGroup,
        new LinkHealth(
            Enum.Parse<LinkState>(HealthState),
            HealthProblem is { } problem ? new Reason(problem, HealthReason ?? problem, HealthExchangeCode) : null),
        Enum.Parse<IntegrationStatus>(IntegrationStatus),
        StatusReason,
        HeldUp.InWords(PausedUntil, PauseAskedAt, PauseReason, now));

    private LinkFailure? LastError => LastFailureAt is { } at ? new LinkFailure(
        at,
        LastFailureProblem!,
        LastFailureReason!,
        LastFailureExchangeCode) : null;

    public StaffLinkView ToView(IEnumerable<LinkWarningRow> warnings, NotificationBoard board, DateTimeOffset now)
    {
        var standing = Standing(now);
        return new(
            StaffId,
            StaffName,
            IntegrationId,
            MailboxAddress,
            TimeZone,
            Enabled,
            standing.State,
            standing.Reason?.Code,
            standing.Reason?.Text,
            standing.Reason?.ServerCode,
            LastSyncedAt, Lag.Seconds(board.AsOf(Id, LastSyncedAt, now), now), FirstSyncDone, PendingPushes, ExternalEvents, HeldDeletions,
            CleanUpItems, LastError,
            new DriftView(DriftEvents, DriftLastAt), board.Of(Id),
            [.. warnings.Select(w => new LinkWarningView(w.Code, w.Reason, w.HappenedAt))],
            DeletionAskedAt, SettingsVersion);
    }

    public StaffAccount ToAccount(string exchangeVersion, NotificationBoard board, DateTimeOffset now)
    {
        var standing = Standing(now);
        return new(
            StaffId,
            StaffName,
            IntegrationId,
            exchangeVersion,
            MailboxAddress,
            Enabled,
            standing.State,
            standing.Reason?.Code,
            standing.Reason?.Text,
            standing.Reason?.ServerCode,
            FirstSyncDone, LastSyncedAt, Lag.Seconds(board.AsOf(Id, LastSyncedAt, now), now), PendingPushes, HeldDeletions, LastError,
            RecheckAskedAt is not null, board.Of(Id));
    }
}

internal sealed record LinkWarningRow
{
    public Guid LinkId { get; init; }
    public string Code { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset HappenedAt { get; init; }
}
