using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>
/// Opens the calendar of each sampled mailbox, one after the other, and reads what the account may do there. Changes nothing.
/// </summary>
internal sealed class StaffRightsStep : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.StaffRights;

    /// <summary>A delegate without a mailbox can do nothing in the calendars of others.</summary>
    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run)
    {
        if (run.Version is null && run.VersionRefusal is not null) return [DiagnosisStepName.Logon, DiagnosisStepName.ServerVersion];
        return run.Server.UseImpersonation ? [DiagnosisStepName.Logon] : [DiagnosisStepName.Logon, DiagnosisStepName.OwnMailbox];
    }

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        var sample = run.Target.Sample;
        if (sample.Count == 0) return Finding.NothingToTry(Name, "No mailbox was given to try the rights on.");
        List<SeenRights> seen = [];
        CalendarFailure? end = null;
        foreach (var mailbox in sample)
        {
            try
            {
                seen.Add(end is null ? await Open(run, mailbox, ct) : NotLookedAt(mailbox, end));
            }
            catch (CalendarFailure failure) when (EndsHere(failure))
            {
                end = failure;
                seen.Add(NotLookedAt(mailbox, failure));
            }
            catch (CalendarFailure failure)
            {
                var state = failure.Refusal is MailboxNotFound ? DiagnosisState.Warning : DiagnosisState.Failed;
                seen.Add(new SeenRights(new(mailbox.StaffId, mailbox.Address, state, failure.Refusal.Code, failure.Refusal.Message,
                    failure.ExchangeCode)));
            }
        }

        return StaffRightsVerdict.Of(run, seen, end);
    }

    /// <summary>It is not of this mailbox: the next would meet the same, and a refused credential is never sent twice.</summary>
    private static bool EndsHere(CalendarFailure failure) =>
        failure.Meaning is FailureMeaning.CredentialRefused
            || failure.NothingWasSent
            || failure.Reach is FailureReach.BackOff
            || failure.InnerException is EwsTransportException or EwsHttpException or EwsMalformedResponseException;

    private static SeenRights NotLookedAt(SampledMailbox mailbox, CalendarFailure end) =>
        new(new ExaminedMailbox(mailbox.StaffId, mailbox.Address, DiagnosisState.Skipped, null, $"Not looked at: {end.Refusal.Message}",
            end.ExchangeCode));

    private static async Task<SeenRights> Open(DiagnosisRun run, SampledMailbox mailbox, CancellationToken ct)
    {
        var (server, user) = (run.Server, run.Server.UserName);
        var calendar = new FolderRef.Distinguished("calendar", server.UseImpersonation ? null : mailbox.Address);
        var context = new EwsCallContext(run.Version!.Value, mailbox.Address, server.UseImpersonation);
        var folder = (await run.Send(new GetFolder([calendar]), context, ct))[0];
        if (!folder.Succeeded)
            throw FaultTranslator.FromCode(folder.Error, server, mailbox.Address, new EwsResponseException(folder.Error));
        var rights = folder.Value.EffectiveRights ?? FolderRights.Read | FolderRights.CreateContents;
        if (!rights.HasFlag(FolderRights.Read))
            return Refused(new CalendarAccessDenied(mailbox.Address, user, server.UseImpersonation));
        if (!rights.HasFlag(FolderRights.CreateContents))
            return Refused(new CalendarRightsMissing(mailbox.Address, user, server.UseImpersonation));
        if (server.UseImpersonation)
            return new SeenRights(new(mailbox.StaffId, mailbox.Address, DiagnosisState.Passed, null, null, null));
        return await AsDelegate(run, mailbox, folder.Value.FolderId, context, ct);

        SeenRights Refused(Domain.Error problem) =>
            new(new ExaminedMailbox(mailbox.StaffId, mailbox.Address, DiagnosisState.Failed, problem.Code, problem.Message, null));
    }

    private static async Task<SeenRights> AsDelegate(
        DiagnosisRun run,
        SampledMailbox mailbox,
        string calendarId,
        EwsCallContext context,
        CancellationToken ct)
    {
        var edits = await EditingRights.Of(run, calendarId, context, ct);
        var isShut = !await DeletedItemsRight.Of(run, mailbox.Address, calendarId, context, ct);
        string?[] reasons =
        [
            edits switch { true => null, false => EditingRights.OnlyItsOwn, null => EditingRights.NotKnown },
            isShut ? DeletedItemsRight.IsMissing : null,
        ];
        var state = edits is false || isShut ? DiagnosisState.Warning : DiagnosisState.Passed;
        var reason = string.Join(' ', reasons.OfType<string>());
        return new SeenRights(new(mailbox.StaffId, mailbox.Address, state, null, reason.Length > 0 ? reason : null, null))
        {
            OnlyItsOwn = edits is false,
            DeletedItemsAreShut = isShut,
        };
    }
}
