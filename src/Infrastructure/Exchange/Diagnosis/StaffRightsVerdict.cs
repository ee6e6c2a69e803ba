using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Sums up what the account may do for whom.</summary>
internal static class StaffRightsVerdict
{
    private const DiagnosisStepName Name = DiagnosisStepName.StaffRights;

    private static readonly string NotFound = new MailboxNotFound("").Code;

    public static DiagnosisStep Of(DiagnosisRun run, IReadOnlyList<SeenRights> rights, CalendarFailure? end)
    {
        List<ExaminedMailbox> seen = [.. rights.Select(r => r.Mailbox)];
        var lacking = seen.Where(m => m.State is DiagnosisState.Failed).ToList();
        var works = seen.Count(m => m is { Problem: null, State: DiagnosisState.Passed or DiagnosisState.Warning });
        List<Evidence> evidence = [new("right for", $"{works} of {seen.Count}"), new("staff in all", $"{run.Target.StaffInAll}")];
        var remedies = Remedies(run, rights, lacking, end);
        if (lacking.Count > 0 || end is not null)
        {
            var problem = end?.Refusal.Code ?? Problem(run, seen, lacking);
            return new DiagnosisStep(
                Name, DiagnosisState.Failed, null, end is null
                    ? Missing(run, seen, lacking, works)
                    : $"{end.Refusal.Message} {Tried(seen)}",
                evidence, problem, end?.ExchangeCode ?? lacking.FirstOrDefault()?.ExchangeCode, remedies, seen);
        }

        var warned = seen.Where(m => m.State is DiagnosisState.Warning).ToList();
        if (warned.Count == 0)
            return Finding.Passed(
                Name, $"The account has its rights for all {seen.Count} that were tried.", evidence) with
            { Mailboxes = seen };
        return Finding.Warning(Name, Works(rights, seen), evidence, remedies) with { Mailboxes = seen };
    }

    /// <summary>What does not work although the rest does.</summary>
    private static string Works(IReadOnlyList<SeenRights> rights, List<ExaminedMailbox> seen)
    {
        var nobody = seen.Where(m => m.Problem == NotFound).ToList();
        var authors = rights.Where(r => r.OnlyItsOwn).Select(r => r.Mailbox).ToList();
        var shut = rights.Where(r => r.DeletedItemsAreShut).Select(r => r.Mailbox).ToList();
        List<string> meaning = [];
        if (nobody.Count > 0) meaning.Add($"Exchange has no mailbox for {nobody.Count} of {seen.Count}: {Names(nobody)}.");
        if (authors.Count > 0)
            meaning.Add(
                $"The account is Author and not Editor for {authors.Count} of {seen.Count}. Appointments are pushed and pulled; "
                + $"meeting requests of these staff members cannot be answered: {Names(authors)}.");
        if (shut.Count > 0)
            meaning.Add(
                $"The account may put nothing into Deleted Items of {shut.Count} of {seen.Count}, so what is cancelled goes to their "
                + $"Recoverable Items: {Names(shut)}.");
        return string.Join(' ', meaning);
    }

    private static string Missing(DiagnosisRun run, List<ExaminedMailbox> seen, List<ExaminedMailbox> lacking, int works)
    {
        var user = run.Server.UserName;
        var right = run.Server.UseImpersonation ? "the right to act for" : "sufficient rights on the calendars of";
        return works == 0
            ? $"{user} has {right} nobody of the {seen.Count} that were tried."
            : $"{user} has {right} {works} of {seen.Count} ({works * 100 / seen.Count} %), and not of the others: {Names(lacking)}.";
    }

    private static string Problem(DiagnosisRun run, List<ExaminedMailbox> seen, List<ExaminedMailbox> lacking)
    {
        var user = run.Server.UserName;
        return lacking.Count == seen.Count && lacking.Count > 1 && lacking.All(m => m.ExchangeCode is "ErrorImpersonateUserDenied")
            ? new ImpersonationIsNotAllowed(user).Code
            : lacking[0].Problem!;
    }

    private static List<Remedy> Remedies(
        DiagnosisRun run, IReadOnlyList<SeenRights> rights, List<ExaminedMailbox> lacking, CalendarFailure? end)
    {
        List<ExaminedMailbox> seen = [.. rights.Select(r => r.Mailbox)];
        var user = run.Server.UserName;
        List<string> missing = [.. lacking.Select(m => m.Address)];
        List<Remedy> remedies = [];
        if (end is { Reach: FailureReach.BackOff }) remedies.Add(LogonRemedies.RaiseLimits(user, run.Server.ExchangeVersion));
        if (missing.Count > 0 && run.Server.UseImpersonation)
        {
            remedies.AddRange([RightsRemedies.Impersonation(user, missing), RightsRemedies.SeeImpersonation(user)]);
            if (missing.Count < seen.Count) remedies.Add(RightsRemedies.AddToScope(missing));
        }
        else if (missing.Count > 0)
        {
            remedies.Add(RightsRemedies.Share(user, missing));
        }

        List<string> authors = [.. rights.Where(r => r.OnlyItsOwn).Select(r => r.Mailbox.Address)];
        if (authors.Count > 0) remedies.Add(RightsRemedies.RaiseToEditor(user, authors));
        List<string> shut = [.. rights.Where(r => r.DeletedItemsAreShut).Select(r => r.Mailbox.Address)];
        if (shut.Count > 0) remedies.Add(RightsRemedies.OpenDeletedItems(user, shut));
        List<string> nobody = [.. seen.Where(m => m.Problem == NotFound).Select(m => m.Address)];
        if (nobody.Count > 0) remedies.Add(RightsRemedies.FindMailboxes(nobody));
        return remedies;
    }

    private static string Tried(List<ExaminedMailbox> seen) =>
        $"{seen.Count(m => m.State is not DiagnosisState.Skipped)} of {seen.Count} were looked at before.";

    private static string Names(IEnumerable<ExaminedMailbox> mailboxes) =>
        string.Join(", ", mailboxes.Select(m => m.StaffId is { } id ? $"{id} ({m.Address})" : m.Address));
}
