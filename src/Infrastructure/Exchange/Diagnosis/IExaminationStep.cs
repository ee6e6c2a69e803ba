using CleanSync.Application.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>One link of the chain: it looks at one thing and says what it saw, what that means, and what to do.</summary>
internal interface IExaminationStep
{
    DiagnosisStepName Name { get; }

    /// <summary>What must not have failed for this step to make sense.</summary>
    IReadOnlyList<DiagnosisStepName> Needs(Examination examination);

    Task<DiagnosisStep> Look(Examination examination, CancellationToken ct);
}
