using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Traffic;
using CleanSync.Infrastructure.Persistence;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Goes through the steps in their order; what cannot be tried because of an earlier step says so.</summary>
internal sealed class ConnectionDoctor(
    ExchangeConnections connections, ExchangeTraffic traffic, LogonLimit limit, TrafficRecords records, ExchangePasswordExpiry passwords,
    IExchangeIntegrationRepository integrations, SyncOptions options, TimeProvider time)
    : IConnectionDoctor
{
    /// <summary>An admin waits for the answer: a call that takes longer is what is wrong.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<IExaminationStep> steps =
    [
        new NameResolutionStep(), new ConnectionStep(), new TlsStep(), new OfferedSchemesStep(), new LogonStep(), new ExtendedProtectionStep(), new ClockStep(),
        new ServerVersionStep(), new OwnMailboxStep(), new PasswordExpiryStep(passwords), new StaffRightsStep(),
    ];

    public async Task<ConnectionFindings> Examine(Patient patient, CancellationToken ct)
    {
        var endpoint = connections.EndpointOf(patient.Integration) with { MaxConnections = 1, Timeout = options.CallTimeout < LongestCall ? options.CallTimeout : LongestCall };
        using var examination = new Examination(patient, endpoint, traffic, limit, await Stored(patient, ct), time);
        var done = new Dictionary<DiagnosisStepName, DiagnosisStep>();
        foreach (var step in steps)
        {
            var before = step.Needs(examination).Select(name => done[name]).FirstOrDefault(s => s.State is DiagnosisState.Failed or DiagnosisState.Skipped);
            done[step.Name] = before is null ? await step.Look(examination, ct) : Finding.Skipped(step.Name, before.SkippedBecauseOf ?? before.Name);
        }

        return new ConnectionFindings([.. steps.Select(s => done[s.Name])], examination.ProposedVersion, await Circuit(patient, ct), examination.Expiry);
    }

    private Task<TrafficRow?> Stored(Patient patient, CancellationToken ct) =>
        patient.IsSaved ? records.Find(patient.Integration, TrafficRecords.Whole, ct) : Task.FromResult<TrafficRow?>(null);

    /// <summary>As it is after the last step, which may have opened it.</summary>
    private async Task<OpenCircuit?> Circuit(Patient patient, CancellationToken ct)
    {
        if (await Stored(patient, ct) is not { IsRefused: true } stored || await integrations.Find(patient.Integration.Id, ct) is not { } integration) return null;
        return new OpenCircuit(stored.RefusedVersion == stored.CredentialVersion ? stored.RefusedAt : null, integration.StatusReason ?? new CredentialRefused(integration.Account.UserName).Message);
    }
}
