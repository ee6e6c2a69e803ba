using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Compares the chosen version with what the server says of itself. A server that refused the chosen one is asked again in the oldest, which all know.</summary>
internal sealed class ServerVersionStep : IExaminationStep
{
    private const string Notes = "Exchange 2019 and later, Subscription Edition included, take Exchange2016; a server with cumulative updates takes the newest entry of its year.";

    private static readonly Remedy See = new("See which version the servers have.", "Get-ExchangeServer | Format-List Name, AdminDisplayVersion");

    public DiagnosisStepName Name => DiagnosisStepName.ServerVersion;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) => [DiagnosisStepName.Logon];

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        if (examination.VersionRefusal is not null) await AskInTheOldest(examination, ct);
        var chosen = examination.Integration.ExchangeVersion;
        List<Evidence> evidence = [new("chosen", chosen.ToString())];
        if (examination.Client.ServerVersion is { } server)
        {
            examination.ProposedVersion = ProposedVersion.For(server);
            evidence.Add(new("server build", $"{server.Major}.{server.Minor}.{server.MajorBuild}.{server.MinorBuild}"));
            evidence.Add(new("server", ProposedVersion.Product(server)));
        }

        var choose = examination.ProposedVersion is { } fitting ? new Remedy($"Choose {fitting} as the Exchange version. {Notes}") : new Remedy($"Choose an older entry of the list. {Notes}");
        if (examination.VersionRefusal is { } refused)
        {
            if (examination.Version is not null && examination.ProposedVersion is { } proposed) examination.Version = ExchangeCalls.Version(examination.Integration with { ExchangeVersion = proposed });
            return Finding.Failed(Name, refused, evidence, choose, See);
        }

        return examination.ProposedVersion switch
        {
            null => Finding.Warning(Name, $"The server accepts {chosen}, but does not say what it is. {Notes}", evidence, See),
            { } best when best == chosen => Finding.Passed(Name, $"{chosen} fits the server. {Notes}", evidence),
            { } best when best > chosen => Finding.Warning(Name, $"The server accepts {chosen}, and is newer: with {best} it offers more, such as notifications and time zones of events. {Notes}", evidence, choose),
            { } best => Finding.Warning(Name, $"The server accepts {chosen}, but says that it is older: {best} fits it. {Notes}", evidence, choose),
        };
    }

    private static async Task AskInTheOldest(Examination examination, CancellationToken ct)
    {
        try
        {
            examination.OwnCalendar = await examination.OpenOwnCalendar(ExchangeServerVersion.Exchange2007_SP1, ct);
            examination.Version = ExchangeServerVersion.Exchange2007_SP1;
        }
        catch (CalendarFailure failure) when (failure.InnerException is EwsRefusedException { Error: { } error } && failure.Refusal is not ServerVersionIsRefused)
        {
            (examination.OwnCalendar, examination.Version) = (new(error), ExchangeServerVersion.Exchange2007_SP1);
        }
        catch (CalendarFailure)
        {
            // No version is known that the server accepts; the steps that need one say so.
        }
    }
}
