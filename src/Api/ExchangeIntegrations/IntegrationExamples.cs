using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Api.ExchangeIntegrations;

internal static class IntegrationExamples
{
    private static readonly Uri Address = new("https://mail.contoso.example/EWS/Exchange.asmx");

    public static NewIntegration New { get; } = new(
        "Contoso HQ", Address, AuthenticationType.Ntlm, "svc-booking@contoso.example", "the account's password",
        ExchangeVersion.Exchange2016, UseImpersonation: true, ShowEventTitles: false);

    /// <summary>Without a password: whoever sends the example as it is must not replace the stored one.</summary>
    public static IntegrationChange Change { get; } = new(
        "Contoso HQ", Address, AuthenticationType.Ntlm, "svc-booking@contoso.example",
        ExchangeVersion.Exchange2016, UseImpersonation: true, ShowEventTitles: true, HorizonMonths: 12, ReminderMinutes: 15);

    public static IntegrationView Saved { get; } = new(
        new Guid("0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21"), "Contoso HQ", Address, AuthenticationType.Ntlm, "svc-booking@contoso.example",
        ExchangeVersion.Exchange2016, UseImpersonation: true, ShowEventTitles: false, HorizonMonths: 12, ReminderMinutes: 15,
        null, null, [], IntegrationStatus.Draft, null, null, null, PasswordExpiryView.Of(PasswordExpiry.NotRead), Version: 1);

    public static IntegrationView Active { get; } = Saved with { Status = IntegrationStatus.Active, Version = 2 };

    public static IntegrationView Changed { get; } = Active with { ShowEventTitles = true, Version = 3 };

    public static AuthorizationReport Authorized { get; } = new(
        Active,
        AccountHasMailbox: true,
        "15.2.1544",
        [
            new(
                "anna",
                "Anna Adler",
                "anna@contoso.example",
                AccountState.Syncing,
                null,
                null,
                null,
                AppointmentsToWrite: 3,
                new FirstSyncEstimate(EventsToAppear: 41, AppointmentsToWrite: 3, CopiesToAdopt: 0),
                Note: null),
            new(
                "bert",
                "Bert Baum",
                "bert@contoso.example",
                AccountState.Warning,
                new MailboxNotFound("").Code,
                new MailboxNotFound("bert@contoso.example").Message,
                "ErrorNonExistentMailbox",
                AppointmentsToWrite: 0,
                FirstSync: null,
                Note: null),
        ]);
}
