using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>
/// Compares the chosen version with what the server says of itself. A server that refused the chosen one is asked again in the oldest,
/// which all know.
/// </summary>
internal sealed class ServerVersionStep : IDiagnosisStep
{
    private const string Notes =
        "Exchange 2019 and later, Subscription Edition included, take Exchange2016; a server with cumulative updates takes the newest entry of its year.";

    private static readonly Remedy See =
        new("See which version the servers have.", "Get-ExchangeServer | Format-List Name, AdminDisplayVersion");

    public DiagnosisStepName Name => DiagnosisStepName.ServerVersion;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => [DiagnosisStepName.Logon];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        if (run.VersionRefusal is not null) await AskInTheOldest(run, ct);
        var chosen = run.Server.ExchangeVersion;
        List<Evidence> evidence = [new("chosen", chosen.ToString())];
        if (run.Client.ServerVersion is { } server)
        {
            run.ProposedVersion = ProposedVersion.For(server);
            evidence.Add(new("server build", $"{server.Major}.{server.Minor}.{server.MajorBuild}.{server.MinorBuild}"));
            evidence.Add(new("server", ProposedVersion.Product(server)));
        }

        var choose = run.ProposedVersion is { } fitting
            ? new Remedy($"Choose {fitting} as the Exchange version. {Notes}")
            : new Remedy($"Choose an older entry of the list. {Notes}");
        if (run.VersionRefusal is { } refused)
        {
            if (run.Version is not null && run.ProposedVersion is { } proposed)
                run.Version = ExchangeCalls.Version(proposed);
            return Finding.Failed(Name, refused, evidence, choose, See);
        }

        return run.ProposedVersion switch
        {
            null => Finding.Warning(Name, $"The server accepts {chosen}, but does not say what it is. {Notes}", evidence, See),
            { } best when best == chosen => Finding.Passed(Name, $"{chosen} fits the server. {Notes}", evidence),
            { } best when best > chosen =>
                Finding.Warning(
                    Name,
                    $"The server accepts {chosen}, and is newer: with {best} it offers more, such as notifications and time zones of events. {Notes}",
                    evidence,
                    choose),
            { } best =>
                Finding.Warning(Name, $"The server accepts {chosen}, but says that it is older: {best} fits it. {Notes}", evidence, choose),
        };
    }

    private static async Task AskInTheOldest(DiagnosisRun run, CancellationToken ct)
    {
        try
        {
            run.OwnCalendar = await run.OpenOwnCalendar(ExchangeServerVersion.Exchange2007_SP1, ct);
            run.Version = ExchangeServerVersion.Exchange2007_SP1;
        }
        catch (CalendarFailure failure) when (
            failure.InnerException is EwsRefusedException { Error: { } error } && failure.Refusal is not ServerVersionIsRefused)
        {
            (run.OwnCalendar, run.Version) = (new(error), ExchangeServerVersion.Exchange2007_SP1);
        }
        catch (CalendarFailure)
        {
            // No version is known that the server accepts; the steps that need one say so.
        }
    }
}
