using System.Security.Cryptography.X509Certificates;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.ContractTests.Connections;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Certificates;

namespace CleanSync.ContractTests.Diagnosis;

/// <summary>Something wrong between CleanSync and Exchange, and what the doctor must make of it.</summary>
internal sealed record PlantedFault
{
    public SimulatorOptions Options { get; init; } = new();

    /// <summary>What the server shows; null for a good certificate.</summary>
    public Func<TestAuthority, X509Certificate2>? Certificate { get; init; }

    /// <summary>A proxy in between opens TLS with a certificate of its own.</summary>
    public bool IsBehindAProxy { get; init; }

    public Action<SecureExchange> Plant { get; init; } = _ => { };

    public Func<ExchangeIntegration, ExchangeIntegration> Enter { get; init; } = i => i;

    public string Password { get; init; } = SecureExchange.Password;

    public required DiagnosisStepName Cause { get; init; }

    public DiagnosisState State { get; init; } = DiagnosisState.Failed;

    public string? Problem { get; init; }

    /// <summary>Must be in what the step of the cause means.</summary>
    public required string Named { get; init; }

    /// <summary>Each must be in one of the remedies of the cause, or of the verdict on Extended Protection.</summary>
    public required string[] Fix { get; init; }

    /// <summary>Exactly what is skipped because of the cause.</summary>
    public DiagnosisStepName[] Skipped { get; init; } = [];

    public int FailedLogons { get; init; }

    private static DiagnosisStepName[] AfterTls =>
    [
        DiagnosisStepName.OfferedSchemes, DiagnosisStepName.Logon, DiagnosisStepName.ExtendedProtection, DiagnosisStepName.Clock,
        DiagnosisStepName.ServerVersion, DiagnosisStepName.OwnMailbox, DiagnosisStepName.PasswordExpiry, DiagnosisStepName.StaffRights,
    ];

    private static DiagnosisStepName[] AfterLogon =>
        [.. AfterTls.Except([DiagnosisStepName.OfferedSchemes, DiagnosisStepName.Logon, DiagnosisStepName.Clock])];

    public static IReadOnlyDictionary<string, PlantedFault> All { get; } = new Dictionary<string, PlantedFault>
    {
        ["wrong password"] = new()
        {
            Password = "wrong",
            Enter = i => i with { Authentication = AuthenticationType.Basic },
            Cause = DiagnosisStepName.Logon,
            Problem = "credential-refused",
            Named = "user name or password",
            Fix = ["enter it again", "Get-ADUser -Identity (Get-User -Identity 'svc@contoso.example')"],
            Skipped = AfterLogon,
            FailedLogons = 1,
        },
        ["locked account"] = new()
        {
            Plant = e => e.LockTheAccount(),
            Cause = DiagnosisStepName.Logon,
            Problem = "account-is-locked",
            Named = "locked out",
            Fix = ["Unlock-ADAccount -Identity (Get-User -Identity 'svc@contoso.example')"],
            Skipped = AfterLogon,
            FailedLogons = 1, // the one that locked it
        },
        ["expired certificate"] = new()
        {
            Certificate = a => a.Issue([SecureExchange.Host], TimeSpan.FromDays(-9), TimeSpan.FromDays(-1)),
            Cause = DiagnosisStepName.Tls,
            Problem = "certificate-has-expired",
            Named = "expired on",
            Fix = ["Enable-ExchangeCertificate -Thumbprint", "Get-ExchangeCertificate | Format-List"],
            Skipped = AfterTls,
        },
        ["wrong host name"] = new()
        {
            Certificate = a => a.Issue(["owa.contoso.example"]),
            Cause = DiagnosisStepName.Tls,
            Problem = "certificate-is-for-another-name",
            Named = "owa.contoso.example",
            Fix = ["owa.contoso.example", "Get-WebServicesVirtualDirectory | Format-List Server, InternalUrl, ExternalUrl"],
            Skipped = AfterTls,
        },
        ["Basic disabled"] = new()
        {
            Options = new() { Schemes = AuthenticationSchemes.Ntlm | AuthenticationSchemes.Negotiate },
            Enter = i => i with { Authentication = AuthenticationType.Basic },
            Cause = DiagnosisStepName.OfferedSchemes,
            Problem = "scheme-is-not-offered",
            Named = "does not offer Basic",
            Fix =
                [
                    "Choose the authentication type NTLM",
                    ".Contains('//mail.contoso.example') } | Set-WebServicesVirtualDirectory -BasicAuthentication $true"
                ],
            Skipped = [DiagnosisStepName.Logon, .. AfterLogon],
        },
        ["Extended Protection with a TLS-terminating proxy"] = new()
        {
            Options = new() { ExtendedProtection = ExtendedProtection.Require },
            IsBehindAProxy = true,
            Cause = DiagnosisStepName.Logon,
            Problem = "credential-or-extended-protection-refused",
            Named = "Extended Protection",
            Fix =
                [
                    "Get-WebBinding -Protocol https",
                    "ExtendedProtectionTokenChecking None",
                    "pass TLS through unopened",
                    "authentication type Basic"
                ],
            Skipped = [.. AfterLogon.Except([DiagnosisStepName.ExtendedProtection])],
            FailedLogons = 1,
        },
        ["no own mailbox"] = new()
        {
            Plant = e => e.Exchange.Organisation.RemoveMailbox(SecureExchange.User),
            Enter = i => i with { UseImpersonation = false },
            Cause = DiagnosisStepName.OwnMailbox,
            Problem = "service-account-has-no-mailbox",
            Named = "has no mailbox",
            Fix = ["Enable-Mailbox -Identity 'svc@contoso.example'", "impersonation"],
            Skipped = [DiagnosisStepName.StaffRights],
        },
        ["no impersonation right"] = new()
        {
            Plant = e => e.Exchange.Organisation.RevokeImpersonation(e.Account),
            Cause = DiagnosisStepName.StaffRights,
            Problem = "impersonation-is-not-allowed",
            Named = "nobody of the 10",
            Fix =
                [
                    "New-ManagementScope -Name 'CleanSync staff'",
                    "New-ManagementRoleAssignment -Name 'CleanSync impersonation' -Role 'ApplicationImpersonation' -User 'svc@contoso.example'"
                ],
        },
        ["right for half of the staff"] = new()
        {
            Plant = e => e.EachMailbox((address, i) =>
            {
                if (i % 2 == 1) e.Exchange.Organisation.DenyImpersonation(e.Account, address);
            }),
            Cause = DiagnosisStepName.StaffRights,
            Problem = "impersonation-right-missing",
            Named =
                "5 of 10 (50 %), and not of the others: staff1@contoso.example, staff3@contoso.example, staff5@contoso.example, staff7@contoso.example, staff9@contoso.example",
            Fix =
                [
                    "-Members 'staff1@contoso.example', 'staff3@contoso.example', 'staff5@contoso.example', 'staff7@contoso.example', 'staff9@contoso.example'",
                    "Get-ManagementRoleAssignment -Role 'ApplicationImpersonation'"
                ],
        },
        ["wrong version"] = new()
        {
            Options =
                new()
                {
                    SupportedVersions = new HashSet<ExchangeSimulator.ExchangeVersion>
                    {
                        ExchangeSimulator.ExchangeVersion.Exchange2007_SP1,
                        ExchangeSimulator.ExchangeVersion.Exchange2010_SP2,
                    },
                },
            Cause = DiagnosisStepName.ServerVersion,
            Problem = "server-version-is-refused",
            Named = "Exchange2016",
            Fix = ["Choose Exchange2010SP2", "2019 and later", "newest entry of its year", "Get-ExchangeServer"],
        },
        ["clock 10 minutes off"] = new()
        {
            Plant = e => e.Exchange.Organisation.ClockIsAheadBy = TimeSpan.FromMinutes(10),
            Cause = DiagnosisStepName.Clock,
            State = DiagnosisState.Warning,
            Named = "seconds ahead of CleanSync's",
            Fix = ["w32tm /resync"],
        },
        ["EWS blocked by user agent"] = new()
        {
            Plant = e => e.Exchange.Organisation.BlockedUserAgent = "CleanSync/",
            Cause = DiagnosisStepName.Logon,
            Problem = "exchange-refused",
            Named = "leaves out CleanSync/1.0",
            Fix =
                [
                    "Set-OrganizationConfig -EwsAllowList @{ Add = 'CleanSync/*' }",
                    "Set-OrganizationConfig -EwsBlockList @{ Remove = 'CleanSync/*' }",
                    "Set-CASMailbox -Identity 'svc@contoso.example' -EwsEnabled $true"
                ],
            Skipped = AfterLogon,
        },
    };
}
