using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>Asks without any credential.</summary>
internal sealed class OfferedSchemesStep : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.OfferedSchemes;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => [DiagnosisStepName.Tls];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        try
        {
            run.Offered = await run.Client.OfferedSchemes(ct);
        }
        catch (EwsException failure)
        {
            List<Remedy> remedies = failure is EwsHttpException { Status: System.Net.HttpStatusCode.Forbidden }
                ? [.. LogonRemedies.AllowCaller(run.Server.UserName)]
                : [ConnectionRemedies.FindAddress];
            return Finding.Failed(Name, FaultTranslator.Translate(failure, run.Server, null), [], remedies);
        }

        var (wanted, offered) = (run.SchemeName, string.Join(", ", run.Offered));
        List<Evidence> evidence =
            [new("chosen", wanted), new("offered", offered.Length == 0 ? "none: it answers without asking who calls" : offered)];
        if (run.Offered.Count == 0)
            return Finding.Warning(
                Name,
                "The server answers without asking who calls. The next step shows whether it is Exchange.",
                evidence,
                ConnectionRemedies.FindAddress);
        switch (LogonSchemes.Of(run.Server.Authentication, run.Offered))
        {
            case EwsAuthentication.Negotiate:
                return Finding.Passed(Name, "The server offers Negotiate, and NTLM goes inside it.", evidence);
            case not null:
                return Finding.Passed(Name, $"The server offers {wanted}.", evidence);
        }

        var other = run.Server.Authentication is AuthenticationType.Basic ? "NTLM" : "Basic";
        List<Remedy> remedy =
            [run.Server.Authentication is AuthenticationType.Basic ? LogonRemedies.OfferBasic(run.Host)
                : LogonRemedies.OfferNtlm(run.Host)];
        if (run.Offered.Contains(other, StringComparer.OrdinalIgnoreCase))
            remedy.Insert(0, new Remedy($"Choose the authentication type {other}: the server offers it already."));
        return Finding.Failed(Name, new SchemeIsNotOffered(wanted, offered), null, evidence, remedy);
    }
}
