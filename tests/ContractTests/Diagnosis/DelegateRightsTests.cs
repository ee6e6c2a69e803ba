using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.ContractTests.Connections;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.ContractTests.Diagnosis;

/// <summary>What the account may do as a delegate: Author is enough to push appointments, Editor to answer meeting requests.</summary>
public sealed class DelegateRightsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FolderLevel.None, true, DiagnosisState.Failed, "calendar-access-denied",
        "Add-MailboxFolderPermission -Identity $calendar -User 'svc@contoso.example' -AccessRights Author")]
    [InlineData(FolderLevel.Reviewer, true, DiagnosisState.Failed, "calendar-rights-missing",
        "Add-MailboxFolderPermission -Identity $calendar -User 'svc@contoso.example' -AccessRights Author")]
    [InlineData(FolderLevel.Author, true, DiagnosisState.Warning, null,
        "Set-MailboxFolderPermission -Identity $calendar -User 'svc@contoso.example' -AccessRights Editor")]
    [InlineData(FolderLevel.Author, false, DiagnosisState.Passed, null, null)]
    [InlineData(FolderLevel.Editor, true, DiagnosisState.Passed, null, null)]
    public async Task A_level_of_rights_is_told_by_what_it_lacks(
        FolderLevel level,
        bool hasAnEntry,
        DiagnosisState expected,
        string? problem,
        string? command)
    {
        await using var exchange = await SecureExchange.Start();
        exchange.AddStaff(1);
        var anna = exchange.Staff[0];
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, anna, level);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, anna, FolderLevel.Contributor, "deleteditems");
        var now = TimeProvider.System.GetUtcNow();
        if (hasAnEntry)
            exchange.Exchange.Organisation.Mailbox(anna).Person.Adds(new EventDraft("Dentist", now.AddDays(1), now.AddDays(1).AddHours(1)));
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(
            exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null)) with
        { UseImpersonation = false };
        var findings = await cleanSync.Doctor.Examine(
            new DiagnosisTarget(integration.Server, SecureExchange.Password, true, [new SampledMailbox("anna", anna)], 1), Ct);
        var step = findings.Steps.Single(s => s.Name is DiagnosisStepName.StaffRights);
        var mailbox = Assert.Single(step.Mailboxes);
        Assert.Equal((expected, expected, problem), (step.State, mailbox.State, mailbox.Problem));
        if (level is FolderLevel.Author) Assert.Equal(hasAnEntry, !mailbox.Reason!.Contains("not known", StringComparison.Ordinal));
        Assert.Equal(command is not null, step.Remedies.Any(r => r.Command is not null));
        if (command is not null)
            Assert.Contains(
                step.Remedies,
                r => r.Command!.Contains(command, StringComparison.Ordinal)
                    && r.Undo!.Contains("MailboxFolderPermission -Identity $calendar", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FolderLevel.None, true)]
    [InlineData(FolderLevel.FreeBusyTimeOnly, true)]
    [InlineData(FolderLevel.Reviewer, true)]
    [InlineData(FolderLevel.Contributor, false)]
    [InlineData(FolderLevel.Author, false)]
    public async Task Deleted_Items_that_are_shut_are_told_with_the_right_that_is_missing_and_nothing_is_written(FolderLevel level,
        bool isShut)
    {
        await using var exchange = await SecureExchange.Start();
        exchange.AddStaff(1);
        var anna = exchange.Staff[0];
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, anna, FolderLevel.Editor);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, anna, level, "deleteditems");
        var step = await RightsOf(exchange, anna);
        Assert.Equal(isShut ? DiagnosisState.Warning : DiagnosisState.Passed, step.State);
        Assert.Equal(isShut, Assert.Single(step.Mailboxes).Reason?.Contains("Deleted Items", StringComparison.Ordinal) == true);
        Assert.Equal(isShut, step.Meaning.Contains($"Recoverable Items: anna ({anna})", StringComparison.Ordinal));
        if (isShut)
        {
            var remedy = Assert.Single(step.Remedies);
            Assert.Contains(
                "Add-MailboxFolderPermission -Identity $deleted -User 'svc@contoso.example' -AccessRights Contributor",
                remedy.Command,
                StringComparison.Ordinal);
            Assert.Contains("-FolderScope DeletedItems", remedy.Command, StringComparison.Ordinal);
            Assert.Contains(
                "Remove-MailboxFolderPermission -Identity $deleted -User 'svc@contoso.example'", remedy.Undo, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(
            exchange.Exchange.Requests.Calls, c => c.Operation is "CreateItem" or "UpdateItem" or "DeleteItem" or "MoveItem");
    }

    [Fact]
    public async Task Deleted_Items_that_are_not_proved_the_owners_count_as_shut()
    {
        await using var exchange = await SecureExchange.Start();
        exchange.AddStaff(1);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, exchange.Staff[0], FolderLevel.Editor);
        exchange.Exchange.Organisation.GivesCallersDeletedItems = true;
        Assert.Equal(DiagnosisState.Warning, (await RightsOf(exchange, exchange.Staff[0])).State);
    }

    [Fact]
    public async Task An_entry_that_is_private_and_hidden_does_not_tell_Author_from_Editor()
    {
        await using var exchange = await SecureExchange.Start();
        exchange.AddStaff(1);
        var anna = exchange.Staff[0];
        exchange.Exchange.Organisation.HidesPrivateItems = true;
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, anna, FolderLevel.Author);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, anna, FolderLevel.Contributor, "deleteditems");
        var now = TimeProvider.System.GetUtcNow();
        exchange.Exchange.Organisation.Mailbox(anna).Person
            .Adds(new EventDraft("Doctor", now.AddDays(1), now.AddDays(1).AddHours(1)) { Sensitivity = Sensitivity.Private });
        var step = await RightsOf(exchange, anna);
        Assert.Equal(
            (DiagnosisState.Passed, true),
            (step.State, Assert.Single(step.Mailboxes).Reason!.Contains("not known", StringComparison.Ordinal)));
    }

    private static async Task<DiagnosisStep> RightsOf(SecureExchange exchange, string mailbox)
    {
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(
            exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null)) with
        { UseImpersonation = false };
        var findings = await cleanSync.Doctor.Examine(
            new DiagnosisTarget(integration.Server, SecureExchange.Password, true, [new SampledMailbox("anna", mailbox)], 1), Ct);
        return findings.Steps.Single(s => s.Name is DiagnosisStepName.StaffRights);
    }

    [Fact]
    public async Task An_address_without_a_mailbox_is_a_warning_and_the_others_are_looked_at()
    {
        await using var exchange = await SecureExchange.Start();
        exchange.AddStaff(2);
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        SampledMailbox[] sample = [new("nobody", "nobody@contoso.example"), .. exchange.Staff.Select(a => new SampledMailbox(null, a))];
        var findings =
            await cleanSync.Doctor.Examine(new DiagnosisTarget(integration.Server, SecureExchange.Password, true, sample, 3), Ct);
        var step = findings.Steps.Single(s => s.Name is DiagnosisStepName.StaffRights);
        Assert.Equal(
            (DiagnosisState.Warning, "Exchange has no mailbox for 1 of 3: nobody (nobody@contoso.example)."), (step.State, step.Meaning));
        Assert.Equal([DiagnosisState.Warning, DiagnosisState.Passed, DiagnosisState.Passed], step.Mailboxes.Select(m => m.State));
    }
}
