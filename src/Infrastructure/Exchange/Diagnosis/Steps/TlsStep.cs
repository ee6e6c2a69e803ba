using System.Net.Security;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

internal sealed class TlsStep : IDiagnosisStep
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>A certificate that ends within this time is told of.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public DiagnosisStepName Name => DiagnosisStepName.Tls;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => [DiagnosisStepName.Connection];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        if (!run.Connector.IsSecure)
            return Finding.Warning(
                Name,
                "There is no TLS: the address begins with http, and everything travels readable. That is for a simulator only.",
                [],
                new Remedy("Change the server address to https."));
        using var late = new CancellationTokenSource(Limit, run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await using var tls = await run.Connector.Secure(run.Connection!, either.Token);
            return Believed(run, tls as SslStream);
        }
        catch (EwsCertificateException refused)
        {
            return Finding.Failed(
                Name,
                FaultTranslator.Translate(refused, run.Server, null),
                Shown(refused.Certificate),
                ConnectionRemedies.Certificate(refused));
        }
        catch (EwsException failure)
        {
            return Failed(run, failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(run, new EwsTransportException(TransportFailure.Tls, false, null));
        }
        finally
        {
            run.Connection = null; // closed with TLS, or by its failure
        }
    }

    public static IReadOnlyList<Evidence> Shown(ServerCertificate? certificate) => certificate is null
        ? []
        :
        [
            new("certificate subject", certificate.Subject),
            new("certificate issuer", certificate.Issuer),
            new("certificate names", certificate.Names),
            new("valid from", $"{certificate.NotBefore:yyyy-MM-dd HH:mm} UTC"),
            new("valid until", $"{certificate.NotAfter:yyyy-MM-dd HH:mm} UTC"),
            new("certificate SHA-256", certificate.Sha256),
            new("certificate thumbprint", certificate.Thumbprint),
        ];

    private DiagnosisStep Believed(DiagnosisRun run, SslStream? tls)
    {
        var certificate = run.Connector.Shown;
        List<Evidence> evidence =
            [new("protocol", tls?.SslProtocol.ToString() ?? "unknown"), new("believed because of", Why(run)), .. Shown(certificate)];
        if (certificate is not null && certificate.NotAfter - run.Time.GetUtcNow() < Soon)
            return Finding.Warning(
                Name,
                $"TLS works, but the certificate ends on {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC. Renew it before that.",
                evidence,
                ConnectionRemedies.See);
        return Finding.Passed(Name, "TLS is new enough, and the certificate is believed.", evidence);
    }

    private DiagnosisStep Failed(DiagnosisRun run, EwsException failure) => Finding.Failed(
        Name, FaultTranslator.Translate(failure, run.Server, null), [],
        new("Check that the port speaks TLS 1.2 or 1.3: on the Exchange server, or on the proxy in front of it."),
        ConnectionRemedies.FindAddress);

    private static string Why(DiagnosisRun run) => run.Server.Trust switch
    {
        { Pin: not null } => "its pinned fingerprint",
        { Authorities: not null } => "the integration's own authority",
        _ => "an authority that the machine trusts",
    };
}
