using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.StorageTests.Databases;

/// <summary>One of each, with every field that matters set.</summary>
internal static class Sample
{
    public static ExchangeIntegration Integration() => new()
    {
        Id = Guid.CreateVersion7(),
        DisplayName = "Contoso",
        ServerAddress = new Uri("https://mail.contoso.example/EWS/Exchange.asmx"),
        Trust = new ServerTrust("-----BEGIN CERTIFICATE-----", "ABCD"),
        Authentication = AuthenticationType.Ntlm,
        Account = new ServiceAccount("CONTOSO\\svc", [1, 2, 255], 3),
        ExchangeVersion = ExchangeVersion.Exchange2013SP1,
        UseImpersonation = true,
        ShowEventTitles = true,
        HorizonMonths = 6,
        ReminderMinutes = 30,
        AccountCalendarId = "AAA=",
        LifeCycle = new LifeCycle.Active(),
        Credential = new CredentialState.Works(),
        SettingsVersion = 4,
        ProjectionVersion = 2,
    };

    /// <summary>The same in another status, for a reason where the status has one.</summary>
    public static ExchangeIntegration In(this ExchangeIntegration integration, IntegrationStatus status, string reason = "because")
    {
        var active = integration with { LifeCycle = new LifeCycle.Active(), Credential = new CredentialState.Works() };
        return status switch
        {
            IntegrationStatus.Draft => integration with { LifeCycle = new LifeCycle.Draft(), Credential = new CredentialState.Unproven() },
            IntegrationStatus.Active => active,
            IntegrationStatus.Paused => active with { LifeCycle = new LifeCycle.Paused(reason, null) },
            IntegrationStatus.Disconnecting => active with { LifeCycle = new LifeCycle.Disconnecting(TemporaryDatabase.Now) },
            IntegrationStatus.CredentialRefused => active with { Credential = new CredentialState.Refused(reason) },
            _ => active with { Credential = new CredentialState.Unreadable(reason) },
        };
    }

    public static StaffCalendarLink Link(Guid integrationId, string staffId) => new()
    {
        Id = Guid.CreateVersion7(),
        StaffId = staffId,
        StaffName = $"Name of {staffId}",
        IntegrationId = integrationId,
        MailboxAddress = $"{staffId}@contoso.example",
        TimeZone = "Europe/Berlin",
        CalendarId = $"calendar-{staffId}",
        CalendarChecked = true,
        Cursor = new SyncCursor("cursor+/="),
        ProjectionVersion = 2,
        WindowReadOn = new DateOnly(2026, 3, 2),
        WindowEnd = TemporaryDatabase.Now.AddMonths(6),
        WindowReadDue = true,
        Health = new LinkHealth(LinkState.Error, new Reason("problem", "reason", "ErrorAccessDenied")),
        LastSyncedAt = TemporaryDatabase.Now.AddMicroseconds(-1),
        NextSyncAt = TemporaryDatabase.Now,
        Failures = 2,
        SettingsVersion = 5,
        Drift =
            new LinkDrift
            {
                Events = 3,
                LastAt = TemporaryDatabase.Now,
                Suspects = [new DriftSuspect("AAM+/=", null), new DriftSuspect("b", "uid b")]
            },
    };

    public static Appointment Appointment(params string[] staffIds) => new()
    {
        Id = Guid.CreateVersion7(),
        Title = "Haircut",
        Times = EventTimes.Timed(TemporaryDatabase.Now.AddHours(1), TemporaryDatabase.Now.AddHours(2), "Europe/Berlin"),
        Location = "Room 1",
        Notes = "Notes",
        Client = new Client("Clara", "123", null),
        StaffIds = staffIds,
    };

    public static SyncedEvent External(Guid linkId, string itemId, int hoursFromNow = 1, string? title = "Meeting") => new()
    {
        Id = Guid.CreateVersion7(),
        LinkId = linkId,
        Kind = EventKind.External,
        Identity = $"item:{itemId}",
        ItemId = itemId,
        ChangeKey = "key",
        Uid = "uid",
        OriginalStart = TemporaryDatabase.Now,
        Times = EventTimes.Timed(
            TemporaryDatabase.Now.AddHours(hoursFromNow), TemporaryDatabase.Now.AddHours(hoursFromNow + 1), "W. Europe Standard Time"),
        Title = title,
        Location = title is null ? null : $"{title}'s place",
        FreeBusy = FreeBusy.Tentative,
        MyResponse = MeetingResponse.NotResponded,
        ProjectionVersion = 2,
    };

    public static SyncedEvent Copy(Guid linkId, Guid appointmentId) =>
        SyncedEvent.CopyFor(Guid.CreateVersion7(), linkId, appointmentId, TemporaryDatabase.Now);

    /// <summary>An item that a link left in a calendar of an integration.</summary>
    public static CleanUpItem CleanUp(Guid linkId, Guid integrationId, string? itemId = "item") => new()
    {
        Id = Guid.CreateVersion7(),
        LinkId = linkId,
        EventId = Guid.CreateVersion7(),
        Mailbox = new FormerMailbox(integrationId, "former@contoso.example"),
        CalendarId = "former calendar",
        ItemId = itemId,
        StartsAt = TemporaryDatabase.Now.AddMicroseconds(7),
        Since = TemporaryDatabase.Now,
        NextTryAt = TemporaryDatabase.Now,
    };
}
