using System.Net.Security;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

internal sealed class TlsStep : IExaminationStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A certificate that ends within this time is told of.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public DiagnosisStepName Name => DiagnosisStepName.Tls;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) => [DiagnosisStepName.Connection];

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        if (!examination.Connector.IsSecure)
            return Finding.Warning(Name, "There is no TLS: the address begins with http, and everything travels readable. That is for a simulator only.", [], new Remedy("Change the server address to https."));
        using var late = new CancellationTokenSource(Patience, examination.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            await using var tls = await examination.Connector.Secure(examination.Connection!, either.Token);
            return Believed(examination, tls as SslStream);
        }
        catch (EwsCertificateException refused)
        {
            return Finding.Failed(Name, FaultTranslator.Translate(refused, examination.Integration, null), Shown(refused.Certificate), ConnectionRemedies.Certificate(refused));
        }
        catch (EwsException failure)
        {
            return Failed(examination, failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(examination, new EwsTransportException(TransportFailure.Tls, false, null));
        }
        finally
        {
            examination.Connection = null; // closed with TLS, or by its failure
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

    private DiagnosisStep Believed(Examination examination, SslStream? tls)
    {
        var certificate = examination.Connector.Shown;
        List<Evidence> evidence = [new("protocol", tls?.SslProtocol.ToString() ?? "unknown"), new("believed because of", Why(examination)), .. Shown(certificate)];
        if (certificate is not null && certificate.NotAfter - examination.Time.GetUtcNow() < Soon)
            return Finding.Warning(Name, $"TLS works, but the certificate ends on {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC. Renew it before that.", evidence, ConnectionRemedies.See);
        return Finding.Passed(Name, "TLS is new enough, and the certificate is believed.", evidence);
    }

    private DiagnosisStep Failed(Examination examination, EwsException failure) => Finding.Failed(
        Name, FaultTranslator.Translate(failure, examination.Integration, null), [],
        new("Check that the port speaks TLS 1.2 or 1.3: on the Exchange server, or on the proxy in front of it."), ConnectionRemedies.FindAddress);

    private static string Why(Examination examination) => examination.Integration.Trust switch
    {
        { Pin: not null } => "its pinned fingerprint",
        { Authorities: not null } => "the integration's own authority",
        _ => "an authority that the machine trusts",
    };
}
