using CleanSync.Domain.ExchangeIntegrations;

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

    public static NewDiagnosis Diagnosis { get; } = new(
        "Contoso HQ", Address, AuthenticationType.Ntlm, "svc-booking@contoso.example", "the account's password",
        ExchangeVersion.Exchange2016, UseImpersonation: true, ShowEventTitles: false, Mailboxes: ["anna@contoso.example", "bert@contoso.example"]);
}
