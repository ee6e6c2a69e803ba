using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Api.ExchangeIntegrations.Diagnoses;

/// <summary>
/// What the connection doctor is asked, and finds: the account logs on, and may act for one staff member and not for the other.
/// </summary>
internal static class DiagnosisExamples
{
    private const string Account = "svc-booking@contoso.example";

    private static readonly ImpersonationRightMissing Missing = new("bert@contoso.example", Account);

    private static readonly DateTimeOffset ExpiresAt = new(2027, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly string Meaning =
        $"{Account} has the right to act for 1 of 2 (50 %), and not of the others: bert (bert@contoso.example).";

    public static NewDiagnosis New { get; } = new(
        "Contoso HQ", new Uri("https://mail.contoso.example/EWS/Exchange.asmx"), AuthenticationType.Ntlm, Account, "the account's password",
        ExchangeVersion.Exchange2016,
        UseImpersonation: true,
        ShowEventTitles: false,
        Mailboxes: ["anna@contoso.example", "bert@contoso.example"]);

    public static DiagnosisReport Report { get; } = new(
        $"It ends at {DiagnosisStepName.StaffRights}. {Meaning}",
        DiagnosisStepName.StaffRights,
        ExchangeVersion.Exchange2016,
        Circuit: null,
        new PasswordExpiryView(
            PasswordExpiryState.Expires, ExpiresAt, new DateTimeOffset(2026, 12, 7, 8, 0, 0, TimeSpan.Zero), Warning: null),
        [
            Passed(
                DiagnosisStepName.NameResolution,
                "The name leads to addresses that may be connected to.",
                new Evidence("addresses", "10.20.0.15")),
            Passed(DiagnosisStepName.Connection, "Something accepts connections there.", new Evidence("connected to", "10.20.0.15:443")),
            Passed(DiagnosisStepName.Logon, "The account logs on.", new Evidence("logged on as", Account)),
            new(
                DiagnosisStepName.StaffRights, DiagnosisState.Failed, null, Meaning,
                [new Evidence("right for", "1 of 2"), new Evidence("staff in all", "40")],
                Missing.Code, "ErrorImpersonateUserDenied",
                [
                    new Remedy(
                        "See whom the account may act for: the scope of each assignment.",
                        $"Get-ManagementRoleAssignment -Role 'ApplicationImpersonation' -RoleAssignee '{Account}' | Format-List Name, Enabled, CustomRecipientWriteScope, RecipientWriteScope"),
                    new Remedy(
                        "Or, if a group decides whom the scope holds: put its name into the command and add who is missing.",
                        "foreach ($member in 'bert@contoso.example') { Add-DistributionGroupMember -Identity '<group of the scope>' -Member $member }",
                        "foreach ($member in 'bert@contoso.example') { Remove-DistributionGroupMember -Identity '<group of the scope>' -Member $member -Confirm:$false }"),
                ],
                [
                    new("anna", "anna@contoso.example", DiagnosisState.Passed, null, null, null),
                    new("bert", "bert@contoso.example", DiagnosisState.Failed, Missing.Code, Missing.Message, "ErrorImpersonateUserDenied"),
                ]),
        ]);

    private static DiagnosisStep Passed(DiagnosisStepName name, string meaning, Evidence seen) =>
        new(name, DiagnosisState.Passed, null, meaning, [seen], null, null, [], []);
}
