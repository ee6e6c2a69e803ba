using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Diagnoses;

/// <summary>Sums up what was found.</summary>
internal static class Diagnosis
{
    public static DiagnosisReport Report(ConnectionFindings findings, PasswordExpiry expiry)
    {
        var cause = findings.Steps.FirstOrDefault(s => s.State is DiagnosisState.Failed)
            ?? findings.Steps.FirstOrDefault(s => s.State is DiagnosisState.Warning);
        return new DiagnosisReport(
            Summary(cause), cause?.Name, findings.ProposedVersion, findings.Circuit, PasswordExpiryView.Of(expiry), findings.Steps);
    }

    private static string Summary(DiagnosisStep? cause) => cause switch
    {
        null => "Everything that was tried works.",
        { State: DiagnosisState.Failed } => $"It ends at {cause.Name}. {cause.Meaning}",
        _ => $"It works, with something to look at in {cause.Name}. {cause.Meaning}",
    };
}
