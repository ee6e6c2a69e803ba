using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Api.StaffCalendarLinks;

/// <summary>Staff members in answers: anna syncs, and bert's mailbox does not exist.</summary>
internal static class StaffExamples
{
    private static readonly Guid Integration =
        new("0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21"), Appointment = new("0199d2c5-11aa-7c3d-8e2f-5a6b7c8d9e01");

    private static readonly DateTimeOffset Morning = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);

    private static readonly MailboxNotFound NoMailbox = new("bert@contoso.example");

    private static readonly IntegrationIsNotAuthorized NotAuthorized = new(nameof(IntegrationStatus.Draft));

    private static readonly LinkFailure Failure = new(Morning, NoMailbox.Code, NoMailbox.Message, "ErrorNonExistentMailbox");

    /// <summary>As it is answered when it was just linked.</summary>
    public static StaffLinkView New { get; } = new(
        "anna", "Anna Adler", Integration, "anna@contoso.example", "Europe/Berlin", Enabled: true, AccountState.Warning,
        NotAuthorized.Code, NotAuthorized.Message, null,
        LastSyncedAt: null,
        LagSeconds: null,
        FirstSyncDone: false,
        PendingPushes: 0,
        ExternalEvents: 0,
        HeldDeletions: 0,
        FormerCopies: 0,
        LastError: null,
        new DriftView(0, null), LinkNotifications.Polled("The integration is not authorized."), [], DeletionAskedAt: null, Version: 1);

    public static StaffLinkView Link { get; } = New with
    {
        State = AccountState.Syncing,
        Problem = null,
        Reason = null,
        LastSyncedAt = Morning,
        LagSeconds = 4.2,
        FirstSyncDone = true,
        PendingPushes = 1,
        ExternalEvents = 62,
        Notifications = LinkNotifications.Streaming,
    };

    public static LinkDeletionView Deleting { get; } = new("anna", Deleted: false, CopiesToRemove: 3);

    public static StaffLinkView Off { get; } =
        Link with
        {
            Enabled = false,
            State = AccountState.Off,
            PendingPushes = 0,
            Notifications = LinkNotifications.Polled("Syncing is switched off.")
        };

    public static StaffLinkView ReadAgain { get; } = Link with { FirstSyncDone = false };

    public static StaffLinkList List { get; } = new(
        Syncing: 1, Warning: 1, Error: 0, Off: 0,
        [new VersionColumn(Integration, "Contoso HQ", IntegrationStatus.Active, null, ManualSyncing: false)],
        [
            new(
                "bert",
                "Bert Baum",
                Integration,
                "Exchange 2016",
                NoMailbox.Address,
                Enabled: true,
                AccountState.Warning,
                NoMailbox.Code,
                NoMailbox.Message,
                Failure.ExchangeCode,
                FirstSyncDone: false,
                LastSyncedAt: null,
                LagSeconds: null,
                PendingPushes: 0,
                HeldDeletions: 0,
                Failure,
                RecheckPending: false,
                LinkNotifications.Polled("The calendar was not read yet.")),
            new(
                "anna",
                "Anna Adler",
                Integration,
                "Exchange 2016",
                "anna@contoso.example",
                Enabled: true,
                AccountState.Syncing,
                null,
                null,
                null,
                FirstSyncDone: true,
                Morning,
                LagSeconds: 4.2,
                PendingPushes: 1,
                HeldDeletions: 0,
                null,
                RecheckPending: false,
                LinkNotifications.Streaming),
        ],
        NextCursor: null);

    public static StaffRecheckView Asked { get; } = new(
        "bert",
        Pending: true,
        Morning,
        null,
        AccountState.Warning,
        NoMailbox.Code,
        NoMailbox.Message,
        Failure.ExchangeCode);

    public static StaffRecheckView Checked { get; } = new(
        "bert",
        Pending: false,
        null,
        Morning.AddSeconds(3),
        AccountState.Syncing,
        null,
        null,
        null);

    public static RecheckView ManyAsked { get; } = new(
        RecheckScope.Failed,
        Morning,
        Total: 2,
        Done: 0,
        Remaining: 2,
        Syncing: 0,
        Warning: 0,
        Error: 0,
        null);

    public static RecheckView ManyChecked { get; } = ManyAsked with { Done = 2, Remaining = 0, Syncing = 1, Warning = 1 };

    public static SyncRunList Runs { get; } = new(
    [
        new(new Guid("0199d2c7-31a0-7e55-9c1d-0a1b2c3d4e5f"), Morning, 0.8, 3, null),
        new(new Guid("0199d2c6-88f4-7b12-8d3e-1f2e3d4c5b6a"), Morning.AddMinutes(-2), 120, 0, new ExchangeIsUnreachable("", "").Code),
    ]);

    public static ConflictList Conflicts { get; } =
        new([new(Appointment, Morning, Morning.AddHours(2), Morning.AddHours(3), Morning.AddHours(5), Morning.AddHours(6))]);

    public static HeldDeletionList Held { get; } =
        new([new(new Guid("0199d2c5-2f40-7d11-a0b4-3c2d1e0f9a55"), null, "Busy", Morning.AddHours(2), Morning.AddHours(3),
            IsAllDay: false)]);
}
