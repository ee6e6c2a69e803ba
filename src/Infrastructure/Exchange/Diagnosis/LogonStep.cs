using System.Net;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>One call with the credential. Whatever it answers, no other is made with a credential that it refused.</summary>
internal sealed class LogonStep : IExaminationStep
{
    public DiagnosisStepName Name => DiagnosisStepName.Logon;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) => [DiagnosisStepName.OfferedSchemes];

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        var chosen = ExchangeCalls.Version(examination.Integration);
        List<Evidence> evidence = [new("account", examination.Integration.Account.UserName), new("scheme", examination.SchemeName)];
        try
        {
            examination.OwnCalendar = await examination.OpenOwnCalendar(chosen, ct);
            examination.Version = chosen;
        }
        catch (CalendarFailure refused) when (Understood(refused) is { } error)
        {
            if (refused.Refusal is ServerVersionIsRefused) examination.VersionRefusal = refused;
            else (examination.OwnCalendar, examination.Version) = (new EwsResult<FolderInfo>(error), chosen);
        }
        catch (CalendarFailure failure)
        {
            examination.LogonFailure = failure;
            return Failed(examination, failure, evidence);
        }

        return examination.Stored is { IsRefused: true }
            ? Finding.Warning(
                Name, "The account logs on now, although it was refused before. The integration stays stopped until it is authorized.", evidence,
                new Remedy("Authorize the integration: everything goes on from where it stopped."))
            : Finding.Passed(Name, "The account logs on.", evidence);
    }

    /// <summary>Exchange itself answered, so the credential was accepted.</summary>
    private static EwsError? Understood(CalendarFailure failure) =>
        failure is { CredentialWasRefused: false, Reach: not FailureReach.BackOff, InnerException: EwsRefusedException refused } ? refused.Error : null;

    private DiagnosisStep Failed(Examination examination, CalendarFailure failure, List<Evidence> evidence)
    {
        var integration = examination.Integration;
        var user = integration.Account.UserName;
        if (failure.Refusal is TooManyWrongPasswords) return Finding.Failed(Name, failure, evidence, LogonRemedies.SeeAccount(user));
        if (failure is { NothingWasSent: true, Refusal: CredentialRefused }) return NotSent(examination, failure, evidence);
        if (failure.InnerException is EwsHttpException { Channel: { } channel }) evidence.AddRange(TlsStep.Shown(channel.Shown));
        return failure switch
        {
            { Refusal: LogonIsInDoubt } => Finding.Failed(Name, failure, evidence, LogonRemedies.SeeAccount(user)),
            { Refusal: AccountIsLocked } => Finding.Failed(Name, failure, evidence, LogonRemedies.Unlock(user), LogonRemedies.SeeAccount(user)),
            { CredentialWasRefused: true } => Finding.Failed(Name, failure, evidence, LogonRemedies.NewPassword, LogonRemedies.SeeAccount(user)),
            { InnerException: EwsHttpException { Status: HttpStatusCode.Forbidden } } => Finding.Failed(Name, failure, evidence, LogonRemedies.AllowCaller(user)) with
            {
                Meaning = $"Exchange closes its web services to this caller (HTTP 403). The password was not refused. Usually a list of allowed or blocked callers leaves out {Ews.ProductName}/{Ews.ProductVersion}, or EWS is switched off for {user}.",
            },
            { Reach: FailureReach.BackOff } => Finding.Failed(Name, failure, evidence, LogonRemedies.RaiseLimits(user, integration.ExchangeVersion)),
            _ => Finding.Failed(Name, failure, evidence, ConnectionRemedies.FindAddress),
        };
    }

    private DiagnosisStep NotSent(Examination examination, CalendarFailure failure, List<Evidence> evidence)
    {
        var stored = examination.Stored;
        var since = stored is { RefusedAt: { } at } && stored.RefusedVersion == stored.CredentialVersion ? $"{at:yyyy-MM-dd HH:mm} UTC" : "an earlier time";
        var why = examination.Integration.StatusReason ?? failure.Refusal.Message;
        return Finding.Failed(Name, failure, [.. evidence, new("refused since", since)], LogonRemedies.NewPassword, LogonRemedies.SeeAccount(examination.Integration.Account.UserName)) with
        {
            Meaning = $"The password was not sent, because it counts as refused since {since}. {why}",
        };
    }
}
