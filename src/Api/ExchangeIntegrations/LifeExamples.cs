using System.Text.Json.Nodes;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>What the life of an integration looks like in answers.</summary>
internal static class LifeExamples
{
    private static readonly MailboxNotFound NoMailbox = new("bert@contoso.example");

    private static readonly DateTimeOffset Morning = new(2026, 12, 7, 8, 0, 0, TimeSpan.Zero);

    public static IntegrationView Paused { get; } =
        IntegrationExamples.Active with { Status = IntegrationStatus.Paused, StatusReason = "Exchange is updated", Version = 3 };

    public static IntegrationPreview Preview { get; } = new(
        [
            new(
                "anna",
                "Anna Adler",
                "anna@contoso.example",
                new FirstSyncEstimate(EventsToAppear: 62, AppointmentsToWrite: 3, CopiesToAdopt: 0),
                null,
                null,
                null),
            new("bert", "Bert Baum", NoMailbox.Address, null, NoMailbox.Code, NoMailbox.Message, "ErrorNonExistentMailbox"),
        ],
        Synced: 0, NotLookedAt: 0, "62 events will appear, 3 appointments will be written, 0 items will be taken over, in 2 calendars.");

    public static ConnectionTest Tested { get; } = new(IntegrationExamples.Active, AccountHasMailbox: true, "15.2.1544");

    public static TrafficView Traffic { get; } = new(
        "3 of 8 in use; 1 mailbox waits until 2026-12-07 08:02 UTC.",
        CallsInUse: 3,
        CallLimit: 8,
        CallSetting: 8,
        CallsWaiting: 0,
        PausedUntil: null,
        PauseReason: null,
        [new("anna@contoso.example", Morning.AddMinutes(2), "ErrorServerBusy")], Problem: null, Reason: null);

    public static TrafficView TrafficWithoutPauses { get; } =
        Traffic with { Summary = "3 of 8 in use; no mailbox waits.", PausedMailboxes = [] };

    public static ManualSyncingView ManualSyncing { get; } = ManualSyncingView.Of(manual: true, on: 40, off: 2);

    public static ResyncProgress Resync { get; } = new(
        Morning,
        Calendars: 40,
        ReadAgain: 39,
        [new CalendarToRead("bert", "Bert Baum", LinkState.Warning, NoMailbox.Message)],
        "39 of 40 calendars are read again.");

    /// <summary>
    /// Whoever sends the example as it is must not disconnect anything. It is written out, because a document leaves an empty example away.
    /// </summary>
    public static JsonObject AskFirst { get; } = new() { ["displayName"] = null };

    /// <summary>The answer to a request without the display name.</summary>
    public static DisconnectionView ToConfirm { get; } = new(
        IntegrationExamples.Saved.Id, "Contoso HQ", DisconnectionState.AwaitsConfirmation,
        "Nothing was done. Disconnecting removes 62 Exchange events from the booking product and 3 items of appointments from Exchange; the appointments stay in the booking product. To do it, send displayName: Contoso HQ.",
        null, null, ExchangeEvents: 62, Items: 3, Removed: 0, Waiting: 3,
        [new("anna", "Anna Adler", "anna@contoso.example", ExchangeEvents: 62, Items: 3, Removed: 0, Waiting: 3, LeftBehind: 0,
            Reason: null)],
        []);

    public static DisconnectionView Disconnecting { get; } = ToConfirm with
    {
        State = DisconnectionState.Removing,
        Summary = "1 of 3 items are removed from Exchange, 0 stay.",
        AskedAt = Morning,
        Removed = 1,
        Waiting = 2,
        Staff = [ToConfirm.Staff[0] with { Removed = 1, Waiting = 2 }],
    };

    public static DisconnectionView Disconnected { get; } = Disconnecting with
    {
        State = DisconnectionState.Finished,
        Summary = "Disconnected: 2 of 3 items were removed from Exchange, 1 stay and are listed. The credentials are deleted.",
        FinishedAt = Morning.AddMinutes(1),
        Removed = 2,
        Waiting = 0,
        Staff = [ToConfirm.Staff[0] with { Removed = 2, Waiting = 0, LeftBehind = 1 }],
        LeftBehind =
        [
            new(
                "anna@contoso.example",
                new Guid("0199d2c5-11aa-7c3d-8e2f-5a6b7c8d9e01"),
                Morning.AddHours(6),
                StayReason.HasAttendees.Code,
                StayReason.HasAttendees.Text),
        ],
    };

    public static IReadOnlyList<StaffHeldDeletions> Held { get; } =
        [new("anna", "Anna Adler",
            [new HeldDeletion(new Guid("0199d2c5-2f40-7d11-a0b4-3c2d1e0f9a55"), null, "Busy", Morning.AddHours(2), Morning.AddHours(3),
                IsAllDay: false)])];
}
