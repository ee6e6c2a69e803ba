using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>A row of staff_calendar_links.</summary>
internal sealed record StaffCalendarLinkRow
{
    public Guid Id { get; init; }
    public string StaffId { get; init; } = "";
    public string StaffName { get; init; } = "";
    public Guid IntegrationId { get; init; }
    public string? MailboxAddress { get; init; }
    public string TimeZone { get; init; } = "";
    public bool Enabled { get; init; }
    public bool RemovesCopies { get; init; }
    public string? CalendarId { get; init; }
    public bool CalendarChecked { get; init; }
    public Guid? FormerIntegrationId { get; init; }
    public string? FormerMailboxAddress { get; init; }
    public string? SyncCursor { get; init; }
    public int ProjectionVersion { get; init; }
    public DateOnly? WindowReadOn { get; init; }
    public DateTimeOffset? WindowStart { get; init; }
    public DateTimeOffset? WindowEnd { get; init; }
    public bool WindowReadDue { get; init; }
    public bool CalendarReplaced { get; init; }
    public int DriftEvents { get; init; }
    public DateTimeOffset? DriftLastAt { get; init; }
    public string? DriftSuspects { get; init; }
    public string HealthState { get; init; } = "";
    public string? HealthProblem { get; init; }
    public string? HealthReason { get; init; }
    public string? HealthExchangeCode { get; init; }
    public DateTimeOffset? LastSyncedAt { get; init; }
    public DateTimeOffset? NextSyncAt { get; init; }
    public int Failures { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset? LastChangeAt { get; init; }
    public string NameKey { get; init; } = "";
    public int AccountGroup { get; init; }
    public DateTimeOffset? RecheckAskedAt { get; init; }
    public DateTimeOffset? RecheckedAt { get; init; }
    public DateTimeOffset? LastFailureAt { get; init; }
    public string? LastFailureProblem { get; init; }
    public string? LastFailureReason { get; init; }
    public string? LastFailureExchangeCode { get; init; }
    public DateTimeOffset? ResyncAskedAt { get; init; }
    public int IdentityVersion { get; init; }
    public DateTimeOffset? DeletionAskedAt { get; init; }
    public bool DeletionRemovesCopies { get; init; }
    public int SettingsVersion { get; init; }
    public int Version { get; init; }

    public static StaffCalendarLinkRow Of(StaffCalendarLink l) => new()
    {
        Id = l.Id,
        StaffId = l.StaffId,
        StaffName = l.StaffName,
        IntegrationId = l.IntegrationId,
        MailboxAddress = l.MailboxAddress,
        TimeZone = l.TimeZone,
        Enabled = l.Enabled,
        RemovesCopies = l.RemovesCopies,
        CalendarId = l.CalendarId,
        CalendarChecked = l.CalendarChecked,
        FormerIntegrationId = l.Former?.IntegrationId,
        FormerMailboxAddress = l.Former?.Address,
        SyncCursor = l.Cursor?.Value,
        ProjectionVersion = l.ProjectionVersion,
        WindowReadOn = l.WindowReadOn,
        WindowStart = l.WindowStart,
        WindowEnd = l.WindowEnd,
        WindowReadDue = l.WindowReadDue,
        CalendarReplaced = l.CalendarReplaced,
        DriftEvents = l.Drift.Events,
        DriftLastAt = l.Drift.LastAt,
        DriftSuspects = StoredSuspects.Write(l.Drift.Suspects),
        HealthState = l.Health.State.ToString(),
        HealthProblem = l.Health.Reason?.Code,
        HealthReason = l.Health.Reason?.Text,
        HealthExchangeCode = l.Health.Reason?.ServerCode,
        LastSyncedAt = l.LastSyncedAt,
        NextSyncAt = l.NextSyncAt,
        Failures = l.Failures,
        FailingSince = l.FailingSince,
        LastChangeAt = l.LastChangeAt,
        NameKey = Domain.StaffCalendarLinks.Accounts.NameKey.Of(l.StaffName),
        AccountGroup = (int)AccountStates.Own(l),
        RecheckAskedAt = l.RecheckAskedAt,
        RecheckedAt = l.RecheckedAt,
        LastFailureAt = l.LastFailure?.At,
        LastFailureProblem = l.LastFailure?.Reason.Code,
        LastFailureReason = l.LastFailure?.Reason.Text,
        LastFailureExchangeCode = l.LastFailure?.Reason.ServerCode,
        ResyncAskedAt = l.ResyncAskedAt,
        IdentityVersion = l.IdentityVersion,
        DeletionAskedAt = l.Deletion?.AskedAt,
        DeletionRemovesCopies = l.Deletion?.RemovesCopies ?? false,
        SettingsVersion = l.SettingsVersion,
        Version = l.Version,
    };

    public StaffCalendarLink ToLink() => new()
    {
        Id = Id,
        StaffId = StaffId,
        StaffName = StaffName,
        IntegrationId = IntegrationId,
        MailboxAddress = MailboxAddress,
        TimeZone = TimeZone,
        Enabled = Enabled,
        RemovesCopies = RemovesCopies,
        CalendarId = CalendarId,
        CalendarChecked = CalendarChecked,
        Former = FormerIntegrationId is { } former ? new FormerMailbox(former, FormerMailboxAddress!) : null,
        Cursor = SyncCursor is null ? null : new SyncCursor(SyncCursor),
        ProjectionVersion = ProjectionVersion,
        WindowReadOn = WindowReadOn,
        WindowStart = WindowStart,
        WindowEnd = WindowEnd,
        WindowReadDue = WindowReadDue,
        CalendarReplaced = CalendarReplaced,
        Drift = new LinkDrift { Events = DriftEvents, LastAt = DriftLastAt, Suspects = StoredSuspects.Read(DriftSuspects) },
        Health = new LinkHealth(
            Enum.Parse<LinkState>(HealthState),
            HealthProblem is { } problem ? new Reason(problem, HealthReason ?? problem, HealthExchangeCode) : null),
        LastSyncedAt = LastSyncedAt,
        NextSyncAt = NextSyncAt,
        Failures = Failures,
        FailingSince = FailingSince,
        LastChangeAt = LastChangeAt,
        RecheckAskedAt = RecheckAskedAt,
        RecheckedAt = RecheckedAt,
        LastFailure = LastFailureAt is { } failed
            ? new PassFailure(failed, new Reason(LastFailureProblem!, LastFailureReason!, LastFailureExchangeCode))
            : null,
        ResyncAskedAt = ResyncAskedAt,
        IdentityVersion = IdentityVersion,
        Deletion = DeletionAskedAt is { } deletion ? new LinkDeletion(deletion, DeletionRemovesCopies) : null,
        SettingsVersion = SettingsVersion,
        Version = Version,
    };
}
