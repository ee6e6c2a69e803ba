using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Diagnosis.Steps;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Goes through the steps in their order; what cannot be tried because of an earlier step says so.</summary>
internal sealed class ConnectionDoctor(
    ExchangeConnections connections,
    OpenedPasswords opened,
    TrafficGovernor traffic,
    LogonLimit limit,
    TrafficRecords records,
    ExchangePasswordExpiry passwords,
    SyncOptions options,
    TimeProvider time)
    : IConnectionDoctor
{
    /// <summary>An admin waits for the answer: a call that takes longer is what is wrong.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<IDiagnosisStep> steps =
    [
        new NameResolutionStep(),
        new ConnectionStep(),
        new TlsStep(),
        new OfferedSchemesStep(),
        new LogonStep(),
        new ExtendedProtectionStep(),
        new ClockStep(),
        new ServerVersionStep(), new OwnMailboxStep(), new PasswordExpiryStep(passwords), new StaffRightsStep(),
    ];

    public async Task<ConnectionFindings> Examine(DiagnosisTarget target, CancellationToken ct)
    {
        var credential = target.Password is { } typed
            ? new EwsCredential(target.Server.UserName, typed)
            : await opened.Of(target.Server, ct);
        var endpoint =
            connections.EndpointOf(target.Server, credential) with
            {
                MaxConnections = 1,
                Timeout = options.CallTimeout < LongestCall ? options.CallTimeout : LongestCall
            };
        using var run = new DiagnosisRun(target, endpoint, traffic, limit, await Stored(target, ct), time);
        var done = new Dictionary<DiagnosisStepName, DiagnosisStep>();
        foreach (var step in steps)
        {
            var before = step.Needs(run)
                .Select(name => done[name])
                .FirstOrDefault(s => s.State is DiagnosisState.Failed or DiagnosisState.Skipped);
            done[step.Name] = before is null
                ? await step.Look(run, ct)
                : Finding.Skipped(step.Name, before.SkippedBecauseOf ?? before.Name);
        }

        return new ConnectionFindings([.. steps.Select(s => done[s.Name])], run.ProposedVersion, await Circuit(target, ct), run.Expiry);
    }

    private Task<TrafficRow?> Stored(DiagnosisTarget target, CancellationToken ct) =>
        target.IsSaved ? records.Find(target.Server, TrafficRecords.Whole, ct) : Task.FromResult<TrafficRow?>(null);

    /// <summary>As it is after the last step, which may have opened it.</summary>
    private async Task<OpenCircuit?> Circuit(DiagnosisTarget target, CancellationToken ct)
    {
        if (await Stored(target, ct) is not { IsRefused: true } stored) return null;
        return new OpenCircuit(
            stored.RefusedVersion == stored.CredentialVersion ? stored.RefusedAt : null,
            stored.StatusReason ?? new CredentialRefused(target.Server.UserName).Message);
    }
}
