using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Under delegate access the account needs a mailbox of its own; under impersonation it does without.</summary>
internal sealed class OwnMailboxStep : IExaminationStep
{
    public DiagnosisStepName Name => DiagnosisStepName.OwnMailbox;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) =>
        examination.OwnCalendar is null && examination.VersionRefusal is not null ? [DiagnosisStepName.Logon, DiagnosisStepName.ServerVersion] : [DiagnosisStepName.Logon];

    public Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        var user = examination.Integration.Account.UserName;
        if (examination.OwnCalendar!.Succeeded) return Task.FromResult(Finding.Passed(Name, "The account has a mailbox of its own.", new Evidence("account", user)));
        var error = examination.OwnCalendar.Error;
        if (!ExchangeCalendarDirectory.HasNoMailbox(error.Code))
        {
            var failure = FaultTranslator.FromCode(error, examination.Integration, null);
            return Task.FromResult(Finding.Failed(
                Name, failure, [new("account", user)], failure.Reach is FailureReach.BackOff ? [LogonRemedies.RaiseLimits(user, examination.Integration.ExchangeVersion)] : []));
        }

        List<Evidence> evidence = [new("account", user), new("answer", error.Code)];
        return Task.FromResult(examination.Integration.UseImpersonation
            ? Finding.Warning(
                Name, "The account has no mailbox of its own. With impersonation it does without; some servers then answer more slowly, because they look for its place at each call.", evidence, RightsRemedies.EnableMailbox(user)) with
            {
                ExchangeCode = error.Code,
            }
            : Finding.Failed(Name, new ServiceAccountHasNoMailbox(user), error.Code, evidence, RightsRemedies.EnableMailbox(user), new Remedy("Or switch impersonation on, which needs no mailbox.")));
    }
}
