using System.Net.Sockets;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

internal sealed class ConnectionStep : IExaminationStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public DiagnosisStepName Name => DiagnosisStepName.Connection;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) => [DiagnosisStepName.NameResolution];

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        var port = examination.Integration.ServerAddress.Port;
        using var late = new CancellationTokenSource(Patience, examination.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            examination.Connection = await examination.Connector.Connect(examination.Addresses, port, either.Token);
            return Finding.Passed(Name, "Something accepts connections there.", [new("connected to", (examination.Connection as NetworkStream)?.Socket.RemoteEndPoint?.ToString() ?? examination.Host)]);
        }
        catch (EwsException failure)
        {
            return Failed(examination, failure, port);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed(examination, new EwsTransportException(TransportFailure.Connection, false, null), port);
        }
    }

    private DiagnosisStep Failed(Examination examination, EwsException failure, int port) => Finding.Failed(
        Name, FaultTranslator.Translate(failure, examination.Integration, null),
        [new("tried", string.Join(", ", examination.Addresses.Select(a => $"{a} port {port}")))],
        ConnectionRemedies.Reach(examination.Host, port), ConnectionRemedies.FindAddress);
}
