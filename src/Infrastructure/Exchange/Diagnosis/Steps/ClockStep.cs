using System.Globalization;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>Compares the Date header of the latest answer with our clock.</summary>
internal sealed class ClockStep : IDiagnosisStep
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(1), ToleratedByActiveDirectory = TimeSpan.FromMinutes(5);

    public DiagnosisStepName Name => DiagnosisStepName.Clock;

    /// <summary>Any answer will do, also one that refuses.</summary>
    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => run.Client.Clock is null ? [DiagnosisStepName.OfferedSchemes] : [];

    public Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        if (run.Client.Clock is not { } clock)
            return Task.FromResult(Finding.NothingToTry(Name, "The server does not say what time it has."));
        var ahead = Math.Round(clock.Ahead.TotalSeconds);
        var evidence = new Evidence("difference in seconds", ahead.ToString("0", CultureInfo.InvariantCulture));
        if (Math.Abs(ahead) <= Tolerated.TotalSeconds) return Task.FromResult(Finding.Passed(Name, "The clocks agree.", evidence));
        var much = Math.Abs(ahead) >= ToleratedByActiveDirectory.TotalSeconds
            ? " Active Directory tolerates 5 minutes, so logons may be refused as well."
            : "";
        return Task.FromResult(Finding.Warning(
            Name,
            $"The server's clock is {Math.Abs(ahead).ToString("0", CultureInfo.InvariantCulture)} seconds {(ahead > 0 ? "ahead of" : "behind")} CleanSync's. One of the two is wrong.{much} Certificates and the window that is synced are judged by CleanSync's clock.",
            [evidence, new("server", $"{clock.Said:yyyy-MM-dd HH:mm:ss} UTC"), new("CleanSync", $"{clock.Here:yyyy-MM-dd HH:mm:ss} UTC")],
            ConnectionRemedies.Clock));
    }
}
