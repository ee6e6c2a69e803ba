using System.Net.Sockets;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

internal sealed class ConnectionStep : IDiagnosisStep
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public DiagnosisStepName Name => DiagnosisStepName.Connection;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => [DiagnosisStepName.NameResolution];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        var port = run.Server.ServerAddress.Port;
        using var late = new CancellationTokenSource(Limit, run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            run.Connection = await run.Connector.Connect(run.Addresses, port, either.Token);
            return Finding.Passed(
                Name,
                "Something accepts connections there.",
                [new("connected to", (run.Connection as NetworkStream)?.Socket.RemoteEndPoint?.ToString() ?? run.Host)]);
        }
        catch (EwsException failure)
        {
            return Failed(run, failure, port);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(run, new EwsTransportException(TransportFailure.Connection, false, null), port);
        }
    }

    private DiagnosisStep Failed(DiagnosisRun run, EwsException failure, int port) => Finding.Failed(
        Name, FaultTranslator.Translate(failure, run.Server, null),
        [new("tried", string.Join(", ", run.Addresses.Select(a => $"{a} port {port}")))],
        ConnectionRemedies.Reach(run.Host, port), ConnectionRemedies.FindAddress);
}
