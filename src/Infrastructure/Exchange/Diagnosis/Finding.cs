using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Words a step's outcome.</summary>
internal static class Finding
{
    public static DiagnosisStep Passed(DiagnosisStepName name, string meaning, params IReadOnlyList<Evidence> evidence) =>
        new(name, DiagnosisState.Passed, null, meaning, evidence, null, null, [], []);

    public static DiagnosisStep Warning(
        DiagnosisStepName name,
        string meaning,
        IReadOnlyList<Evidence> evidence,
        params IReadOnlyList<Remedy> remedies) =>
        new(name, DiagnosisState.Warning, null, meaning, evidence, null, null, remedies, []);

    public static DiagnosisStep Failed(
        DiagnosisStepName name,
        Error problem,
        string? exchangeCode,
        IReadOnlyList<Evidence> evidence,
        params IReadOnlyList<Remedy> remedies) =>
        new(name, DiagnosisState.Failed, null, problem.Message, evidence, problem.Code, exchangeCode, remedies, []);

    public static DiagnosisStep Failed(
        DiagnosisStepName name,
        CalendarFailure failure,
        IReadOnlyList<Evidence> evidence,
        params IReadOnlyList<Remedy> remedies) =>
        Failed(
            name,
            failure.Refusal,
            failure.ExchangeCode,
            failure.ExchangeCode is { } code ? [.. evidence, new Evidence("answer", code)] : evidence,
            remedies);

    public static DiagnosisStep Skipped(DiagnosisStepName name, DiagnosisStepName because) =>
        new(name, DiagnosisState.Skipped, because, $"Not tried: {because} comes first.", [], null, null, [], []);

    public static DiagnosisStep NothingToTry(DiagnosisStepName name, string meaning) =>
        new(name, DiagnosisState.Skipped, null, meaning, [], null, null, [], []);
}
