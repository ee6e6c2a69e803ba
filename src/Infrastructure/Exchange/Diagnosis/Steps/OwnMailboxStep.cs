using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calendars;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>Under delegate access the account needs a mailbox of its own; under impersonation it does without.</summary>
internal sealed class OwnMailboxStep : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.OwnMailbox;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) =>
        run.OwnCalendar is null && run.VersionRefusal is not null
            ? [DiagnosisStepName.Logon, DiagnosisStepName.ServerVersion]
            : [DiagnosisStepName.Logon];

    public Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        var user = run.Server.UserName;
        if (run.OwnCalendar!.Succeeded)
            return Task.FromResult(Finding.Passed(Name, "The account has a mailbox of its own.", new Evidence("account", user)));
        var error = run.OwnCalendar.Error;
        if (!ExchangeCalendarDirectory.HasNoMailbox(error.Code))
        {
            var failure = FaultTranslator.FromCode(error, run.Server, null);
            return Task.FromResult(Finding.Failed(
                Name, failure, [new("account", user)], failure.Reach is FailureReach.BackOff
                    ? [LogonRemedies.RaiseLimits(user, run.Server.ExchangeVersion)]
                    : []));
        }

        List<Evidence> evidence = [new("account", user), new("answer", error.Code)];
        return Task.FromResult(run.Server.UseImpersonation
            ? Finding.Warning(
                Name,
                "The account has no mailbox of its own. With impersonation it does without; some servers then answer more slowly, because they look for its place at each call.",
                evidence,
                RightsRemedies.EnableMailbox(user)) with
            {
                ExchangeCode = error.Code,
            }
            : Finding.Failed(
                Name,
                new ServiceAccountHasNoMailbox(user),
                error.Code,
                evidence,
                RightsRemedies.EnableMailbox(user),
                new Remedy("Or switch impersonation on, which needs no mailbox.")));
    }
}
