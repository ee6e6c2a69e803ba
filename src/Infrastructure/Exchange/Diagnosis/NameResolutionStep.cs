using System.Net;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

internal sealed class NameResolutionStep : IExaminationStep
{
    public DiagnosisStepName Name => DiagnosisStepName.NameResolution;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) => [];

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        try
        {
            examination.Addresses = await examination.Connector.Addresses(ct);
            return Finding.Passed(
                Name, IPAddress.TryParse(examination.Host, out _) ? "The server address is written in figures: there is no name to look up." : "The name is known, and its addresses may be connected to.",
                [new("host", examination.Host), new("addresses", string.Join(", ", examination.Addresses.Select(a => a.ToString())))]);
        }
        catch (EwsException failure)
        {
            List<Remedy> remedies = failure is EwsTransportException ? [ConnectionRemedies.Resolve(examination.Host), ConnectionRemedies.FindAddress] : [ConnectionRemedies.FindAddress];
            return Finding.Failed(Name, FaultTranslator.Translate(failure, examination.Integration, null), [new("host", examination.Host)], remedies);
        }
    }
}
