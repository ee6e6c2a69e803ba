using System.Net;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

internal sealed class NameResolutionStep : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.NameResolution;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => [];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        try
        {
            run.Addresses = await run.Connector.Addresses(ct);
            return Finding.Passed(
                Name, IPAddress.TryParse(run.Host, out _)
                    ? "The server address is written in figures: there is no name to look up."
                    : "The name is known, and its addresses may be connected to.",
                [new("host", run.Host), new("addresses", string.Join(", ", run.Addresses.Select(a => a.ToString())))]);
        }
        catch (EwsException failure)
        {
            List<Remedy> remedies = failure is EwsTransportException
                ? [ConnectionRemedies.Resolve(run.Host), ConnectionRemedies.FindAddress]
                : [ConnectionRemedies.FindAddress];
            return Finding.Failed(Name, FaultTranslator.Translate(failure, run.Server, null), [new("host", run.Host)], remedies);
        }
    }
}
