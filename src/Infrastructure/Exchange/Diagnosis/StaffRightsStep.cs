using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Opens the calendar of each sampled mailbox, one after the other, and reads what the account may do there. Changes nothing.</summary>
internal sealed class StaffRightsStep : IExaminationStep
{
    public DiagnosisStepName Name => DiagnosisStepName.StaffRights;

    /// <summary>A delegate without a mailbox can do nothing in the calendars of others.</summary>
    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination)
    {
        if (examination.Version is null && examination.VersionRefusal is not null) return [DiagnosisStepName.Logon, DiagnosisStepName.ServerVersion];
        return examination.Integration.UseImpersonation ? [DiagnosisStepName.Logon] : [DiagnosisStepName.Logon, DiagnosisStepName.OwnMailbox];
    }

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        var sample = examination.Patient.Sample;
        if (sample.Count == 0) return Finding.NothingToTry(Name, "No mailbox was given to try the rights on.");
        List<ExaminedMailbox> seen = [];
        CalendarFailure? end = null;
        foreach (var mailbox in sample)
        {
            try
            {
                seen.Add(end is null ? await Open(examination, mailbox, ct) : NotLookedAt(mailbox, end));
            }
            catch (CalendarFailure failure) when (EndsHere(failure))
            {
                end = failure;
                seen.Add(NotLookedAt(mailbox, failure));
            }
            catch (CalendarFailure failure)
            {
                var state = failure.Refusal is MailboxNotFound ? DiagnosisState.Warning : DiagnosisState.Failed;
                seen.Add(new ExaminedMailbox(mailbox.StaffId, mailbox.Address, state, failure.Refusal.Code, failure.Refusal.Message, failure.ExchangeCode));
            }
        }

        return StaffRightsVerdict.Of(examination, seen, end);
    }

    /// <summary>It is not of this mailbox: the next would meet the same, and a refused credential is never sent twice.</summary>
    private static bool EndsHere(CalendarFailure failure) =>
        failure.CredentialWasRefused || failure.NothingWasSent || failure.Reach is FailureReach.BackOff || failure.InnerException is EwsTransportException or EwsHttpException or EwsMalformedResponseException;

    private static ExaminedMailbox NotLookedAt(SampledMailbox mailbox, CalendarFailure end) =>
        new(mailbox.StaffId, mailbox.Address, DiagnosisState.Skipped, null, $"Not looked at: {end.Refusal.Message}", end.ExchangeCode);

    private static async Task<ExaminedMailbox> Open(Examination examination, SampledMailbox mailbox, CancellationToken ct)
    {
        var (integration, user) = (examination.Integration, examination.Integration.Account.UserName);
        var calendar = new FolderRef.Distinguished("calendar", integration.UseImpersonation ? null : mailbox.Address);
        var context = new EwsCallContext(examination.Version!.Value, mailbox.Address, integration.UseImpersonation);
        var folder = (await examination.Send(new GetFolder([calendar]), context, ct))[0];
        if (!folder.Succeeded) throw FaultTranslator.FromCode(folder.Error, integration, mailbox.Address, new EwsResponseException(folder.Error));
        var rights = folder.Value.EffectiveRights ?? FolderRights.Read | FolderRights.CreateContents;
        if (!rights.HasFlag(FolderRights.Read)) return Refused(new CalendarAccessDenied(mailbox.Address, user));
        if (!rights.HasFlag(FolderRights.CreateContents)) return Refused(new CalendarRightsMissing(mailbox.Address, user));
        if (integration.UseImpersonation) return new ExaminedMailbox(mailbox.StaffId, mailbox.Address, DiagnosisState.Passed, null, null, null);
        var (state, reason) = await EditingRights.Of(examination, folder.Value.FolderId, context, ct) switch
        {
            true => (DiagnosisState.Passed, null),
            false => (DiagnosisState.Warning, EditingRights.OnlyItsOwn),
            null => (DiagnosisState.Passed, EditingRights.NotKnown),
        };
        return new ExaminedMailbox(mailbox.StaffId, mailbox.Address, state, null, reason, null);

        ExaminedMailbox Refused(Domain.Error problem) => new(mailbox.StaffId, mailbox.Address, DiagnosisState.Failed, problem.Code, problem.Message, null);
    }
}
