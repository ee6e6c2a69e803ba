using System.Net;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>One call with the credential. Whatever it answers, no other is made with a credential that it refused.</summary>
internal sealed class LogonStep : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.Logon;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) => [DiagnosisStepName.OfferedSchemes];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        var chosen = ExchangeCalls.Version(run.Server);
        List<Evidence> evidence = [new("account", run.Server.UserName), new("scheme", run.SchemeName)];
        try
        {
            run.OwnCalendar = await run.OpenOwnCalendar(chosen, ct);
            run.Version = chosen;
        }
        catch (CalendarFailure refused) when (Understood(refused) is { } error)
        {
            if (refused.Refusal is ServerVersionIsRefused) run.VersionRefusal = refused;
            else (run.OwnCalendar, run.Version) = (new EwsResult<FolderInfo>(error), chosen);
        }
        catch (CalendarFailure failure)
        {
            run.LogonFailure = failure;
            return Failed(run, failure, evidence);
        }

        return run.Stored is { IsRefused: true }
            ? Finding.Warning(
                Name,
                "The account logs on now, although it was refused before. The integration stays stopped until it is authorized.",
                evidence,
                new Remedy("Authorize the integration: everything goes on from where it stopped."))
            : Finding.Passed(Name, "The account logs on.", evidence);
    }

    /// <summary>Exchange itself answered, so the credential was accepted.</summary>
    private static EwsError? Understood(CalendarFailure failure) =>
        failure is { Meaning: not FailureMeaning.CredentialRefused, Reach: not FailureReach.BackOff }
            && failure.InnerException is EwsRefusedException refused
            ? refused.Error
            : null;

    private DiagnosisStep Failed(DiagnosisRun run, CalendarFailure failure, List<Evidence> evidence)
    {
        var server = run.Server;
        var user = server.UserName;
        if (failure.Refusal is TooManyWrongPasswords) return Finding.Failed(Name, failure, evidence, LogonRemedies.SeeAccount(user));
        if (failure is { NothingWasSent: true, Refusal: CredentialRefused }) return NotSent(run, failure, evidence);
        if (failure.InnerException is EwsHttpException { Channel: { } channel }) evidence.AddRange(TlsStep.Shown(channel.Shown));
        return failure switch
        {
            { Refusal: LogonIsInDoubt } => Finding.Failed(Name, failure, evidence, LogonRemedies.SeeAccount(user)),
            { Refusal: AccountIsLocked } =>
                Finding.Failed(Name, failure, evidence, LogonRemedies.Unlock(user), LogonRemedies.SeeAccount(user)),
            { Meaning: FailureMeaning.CredentialRefused } =>
                Finding.Failed(Name, failure, evidence, LogonRemedies.NewPassword, LogonRemedies.SeeAccount(user)),
            { InnerException: EwsHttpException { Status: HttpStatusCode.Forbidden } } =>
                Finding.Failed(Name, failure, evidence, LogonRemedies.AllowCaller(user)) with
                {
                    Meaning =
                    $"Exchange closes its web services to this caller (HTTP 403). The password was not refused. Usually a list of allowed or blocked callers leaves out {Ews.ProductName}/{Ews.ProductVersion}, or EWS is switched off for {user}.",
                },
            { Reach: FailureReach.BackOff } =>
                Finding.Failed(Name, failure, evidence, LogonRemedies.RaiseLimits(user, server.ExchangeVersion)),
            _ => Finding.Failed(Name, failure, evidence, ConnectionRemedies.FindAddress),
        };
    }

    private DiagnosisStep NotSent(DiagnosisRun run, CalendarFailure failure, List<Evidence> evidence)
    {
        var stored = run.Stored;
        var since = stored is { RefusedAt: { } at } && stored.RefusedVersion == stored.CredentialVersion
            ? $"{at:yyyy-MM-dd HH:mm} UTC"
            : "an earlier time";
        var why = stored?.StatusReason ?? failure.Refusal.Message;
        return Finding.Failed(
            Name,
            failure,
            [.. evidence, new("refused since", since)],
            LogonRemedies.NewPassword,
            LogonRemedies.SeeAccount(run.Server.UserName)) with
        {
            Meaning = $"The password was not sent, because it counts as refused since {since}. {why}",
        };
    }
}
