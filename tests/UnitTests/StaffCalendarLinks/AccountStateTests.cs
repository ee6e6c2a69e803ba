using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

/// <summary>Which state a staff member shows for which trouble, by what stable name, and that the reason says what to do.</summary>
public sealed class AccountStateTests
{
    private const string Mailbox = "anna@contoso.example";

    [Theory]
    [InlineData("ErrorNonExistentMailbox", AccountState.Warning, "mailbox-not-found", "Check the staff member's address")]
    [InlineData("ErrorInvalidSmtpAddress", AccountState.Warning, "mailbox-not-found", "enable the mailbox in Exchange")]
    [InlineData("ErrorInvalidUserPrincipalName", AccountState.Warning, "mailbox-not-found", Mailbox)]
    [InlineData("ErrorAccessDenied", AccountState.Error, "calendar-access-denied", "management scope")]
    [InlineData("ErrorFolderNotFound", AccountState.Error, "calendar-access-denied", "management scope")]
    [InlineData("ErrorImpersonateUserDenied", AccountState.Error, "impersonation-right-missing",
        "ApplicationImpersonation with a scope that holds this mailbox")]
    [InlineData("ErrorImpersonationDenied", AccountState.Error, "impersonation-is-not-allowed", "Assign it the management role")]
    [InlineData("ErrorPasswordExpired", AccountState.Error, "credential-refused", "then save it")]
    [InlineData("ErrorMissingEmailAddress", AccountState.Error, "service-account-has-no-mailbox", "enable a mailbox for it")]
    [InlineData("ErrorInvalidServerVersion", AccountState.Error, "server-version-is-refused", "Choose an older entry")]
    [InlineData("ErrorServerBusy", AccountState.Error, "exchange-is-busy", "goes on by itself")]
    [InlineData("ErrorMailboxMoveInProgress", AccountState.Error, "calendar-was-not-reached", "tries again by itself")]
    [InlineData("ErrorInternalServerError", AccountState.Error, "calendar-was-not-reached", "tries again by itself")]
    [InlineData("ErrorMailboxConfiguration", AccountState.Error, "exchange-refused", "Have the mailbox looked at with Get-Mailbox")]
    [InlineData("ErrorNonPrimarySmtpAddress", AccountState.Warning, "mailbox-address-is-not-primary", "Enter the primary address")]
    [InlineData("ErrorOfAVersionThatDoesNotExistYet", AccountState.Error, "exchange-refused", "whoever runs the Exchange server")]
    public void What_Exchange_answers_has_a_state_a_name_and_says_what_to_do(
        string code,
        AccountState state,
        string problem,
        string whatToDo)
    {
        var failure = FaultTranslator.FromCode(EwsError.From(code, null, null), Sample.Integration().Server, Mailbox);
        var link = Sample.Link(Guid.NewGuid(), "anna") with { Health = CalendarCheckup.Health(failure) };
        var standing = Standing(link);
        Assert.Equal((state, problem, code), (standing.State, standing.Reason?.Code, standing.Reason?.ServerCode));
        Assert.Contains(whatToDo, standing.Reason!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_e_mail_address_a_link_is_a_warning_at_once_that_says_what_to_enter()
    {
        var link = Sample.Link(Guid.NewGuid(), "anna").Put(Guid.NewGuid(), "Anna", null, "Europe/Berlin", TemporaryDatabase.Now);
        var standing = Standing(link);
        Assert.Equal((AccountState.Warning, "mailbox-address-is-missing"), (standing.State, standing.Reason?.Code));
        Assert.Contains("Enter it in the link", standing.Reason!.Text, StringComparison.Ordinal);
        Assert.Equal(AccountState.Warning, Standing(link with { Health = LinkHealth.Waiting }).State);
        Assert.Equal(
            AccountState.Syncing, Standing(link.Put(link.IntegrationId, "Anna", Mailbox, "Europe/Berlin", TemporaryDatabase.Now)).State);
        Assert.Equal(AccountState.Warning, Standing(link.SwitchedOff(false).SwitchedOn(TemporaryDatabase.Now)).State);
    }

    [Fact]
    public void Who_was_not_read_yet_counts_as_syncing_and_who_is_switched_off_is_in_none_of_the_three()
    {
        var link = Sample.Link(Guid.NewGuid(), "anna") with { Health = LinkHealth.Waiting, Cursor = null };
        Assert.Equal(new AccountStanding(AccountState.Syncing, null), Standing(link));
        Assert.Equal(
            (AccountState.Off, "link-is-disabled"),
            (Standing(link.SwitchedOff(false)).State, Standing(link.SwitchedOff(false)).Reason?.Code));
    }

    [Fact]
    public void A_check_that_was_asked_for_ends_with_a_result_and_not_with_what_may_pass()
    {
        var now = TemporaryDatabase.Now;
        var asked = Sample.Link(Guid.NewGuid(), "anna").RecheckAsked(now);
        Assert.Equal(now, asked.NextSyncAt);
        Assert.Equal(now, asked.FailedInPassing(now.AddMinutes(1)).RecheckAskedAt);
        Assert.Equal(now, asked.Completed(changed: true, new PollPace(TimeSpan.FromHours(1), TimeSpan.FromHours(1), 0), now).NextSyncAt);
        Assert.Equal(
            (null, now),
            (asked.Failed(asked.Health, now, now.AddHours(1)).RecheckAskedAt, asked.Failed(asked.Health, now, now).RecheckedAt));
        Assert.Equal((null, now), (asked.Checked("calendar-anna", asked.IdentityVersion, now).RecheckAskedAt, asked.Checked("calendar-anna", asked.IdentityVersion, now).RecheckedAt));
        Assert.Null(asked.SwitchedOff(false).RecheckAskedAt);
    }

    private static AccountStanding Standing(StaffCalendarLink link) =>
        AccountStanding.Of(link.StaffId, AccountStates.Own(link), link.Health, IntegrationStatus.Active, null);
}
