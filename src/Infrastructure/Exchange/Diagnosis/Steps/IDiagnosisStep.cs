using CleanSync.Application.ExchangeIntegrations.Diagnoses;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>One link of the chain: it looks at one thing and says what it saw, what that means, and what to do.</summary>
internal interface IDiagnosisStep
{
    DiagnosisStepName Name { get; }

    /// <summary>What must not have failed for this step to make sense.</summary>
    IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run);

    Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct);
}
