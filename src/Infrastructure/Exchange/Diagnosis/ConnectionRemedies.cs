using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using static CleanSync.Infrastructure.Exchange.Diagnosis.PowerShellText;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>What to do about names, connections, certificates and clocks.</summary>
internal static class ConnectionRemedies
{
    public static Remedy FindAddress { get; } = new(
        "See which addresses Exchange itself answers to, and correct the server address if it is none of them.",
        "Get-WebServicesVirtualDirectory | Format-List Server, InternalUrl, ExternalUrl");

    public static Remedy Resolve(string host) => new(
        "Look the name up where CleanSync runs, and in your own DNS: the name may exist only inside or only outside your network.",
        $"Resolve-DnsName -Name {Quote(host)}");

    public static Remedy Reach(string host, int port) => new(
        "Try the port from CleanSync's network. If it fails there, open the firewall between CleanSync and Exchange.",
        $"Test-NetConnection -ComputerName {Quote(host)} -Port {port}");

    public static IReadOnlyList<Remedy> Certificate(EwsCertificateException refused) => refused.Fault switch
    {
        CertificateFault.Expired or CertificateFault.NotYetValid or CertificateFault.Invalid => [See, .. Exchange(refused.Certificate)],
        CertificateFault.WrongName =>
            [
                new($"Use a name in the server address that the certificate is for: {refused.Detail}."),
                FindAddress,
                .. Exchange(refused.Certificate)
            ],
        CertificateFault.UnknownIssuer =>
        [
            new($"Give the integration the certificate of the authority ({refused.Detail}), or pin this one after comparing its SHA-256 on the server."),
            SeeBound,
        ],
        _ =>
        [
            new("Compare the certificate on the server, then pin the new one. If it is another there, something in between opens TLS."),
            SeeBound
        ],
    };

    public static Remedy See { get; } = new(
        "See which certificates the Exchange servers have, and which of them IIS uses.",
        "Get-ExchangeCertificate | Format-List Subject, CertificateDomains, NotBefore, NotAfter, Services, Thumbprint");

    /// <summary>The SHA-256 is not among what Get-ExchangeCertificate shows.</summary>
    public static Remedy SeeBound { get; } = new(
        "On the Exchange server, read the SHA-256 of the certificate that IIS binds, and compare it with the one that CleanSync was shown.",
        "Import-Module WebAdministration; Get-WebBinding -Protocol https | ForEach-Object { Get-Item ('Cert:\\LocalMachine\\' + $_.certificateStoreName + '\\' + $_.certificateHash) } | Format-List Subject, NotAfter, Thumbprint, @{ Name = 'SHA256'; Expression = { [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($_.RawData)).Replace('-', '') } }");

    public static IReadOnlyList<Remedy> Clock { get; } =
    [
        new("See what each machine takes its time from: the Exchange server, and the one that CleanSync runs on.", "w32tm /query /status"),
        new("Set the clock that is wrong.", "w32tm /resync"),
    ];

    /// <summary>Only a certificate that Exchange has can be taken back to.</summary>
    private static IEnumerable<Remedy> Exchange(ServerCertificate? shown) =>
    [
        new(
            "Renew the certificate, or import one for the right name, and give it to IIS: put its thumbprint into the command. If a proxy shows the certificate, renew it there.",
            "Enable-ExchangeCertificate -Thumbprint '<thumbprint of the new certificate>' -Services IIS",
            shown is null ? null : $"Enable-ExchangeCertificate -Thumbprint {Quote(shown.Thumbprint)} -Services IIS"),
    ];
}
