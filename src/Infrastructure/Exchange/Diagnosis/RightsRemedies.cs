using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using static CleanSync.Infrastructure.Exchange.Diagnosis.PowerShellText;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>What to do about mailboxes and rights on them.</summary>
internal static class RightsRemedies
{
    private const string Staff = "'CleanSync staff'", Assignment = "'CleanSync impersonation'";

    public static Remedy EnableMailbox(string user) => new(
        "Give the service account a mailbox.",
        $"Enable-Mailbox -Identity {Quote(user)}",
        $"Disable-Mailbox -Identity {Quote(user)} -Confirm:$false");

    public static Remedy SeeImpersonation(string user) => new(
        "See whom the account may act for: the scope of each assignment.",
        $"Get-ManagementRoleAssignment -Role 'ApplicationImpersonation' -RoleAssignee {Quote(user)} | Format-List Name, Enabled, CustomRecipientWriteScope, RecipientWriteScope");

    /// <summary>By a scope of its own: assignments add up, so an older one stays as it is.</summary>
    public static Remedy Impersonation(string user, IReadOnlyList<string> mailboxes) => new(
        "Let the account act for these mailboxes and for nobody else: a group of them, a management scope that is this group, and the role ApplicationImpersonation within it. Add further staff to the group.",
        $"New-DistributionGroup -Name {Staff} -Type Security -Members {List(mailboxes)}; "
            + $"New-ManagementScope -Name {Staff} -RecipientRestrictionFilter (\"MemberOfGroup -eq '\" + (Get-DistributionGroup -Identity {Staff}).DistinguishedName.Replace(\"'\", \"''\") + \"'\"); "
            + $"New-ManagementRoleAssignment -Name {Assignment} -Role 'ApplicationImpersonation' -User {Quote(user)} -CustomRecipientWriteScope {Staff}",
        $"Remove-ManagementRoleAssignment -Identity {Assignment} -Confirm:$false; Remove-ManagementScope -Identity {Staff} -Confirm:$false; Remove-DistributionGroup -Identity {Staff} -Confirm:$false");

    public static Remedy AddToScope(IReadOnlyList<string> mailboxes) => new(
        "Or, if a group decides whom the scope holds: put its name into the command and add who is missing.",
        $"foreach ($member in {List(mailboxes)}) {{ Add-DistributionGroupMember -Identity '<group of the scope>' -Member $member }}",
        $"foreach ($member in {List(mailboxes)}) {{ Remove-DistributionGroupMember -Identity '<group of the scope>' -Member $member -Confirm:$false }}");

    /// <summary>The calendar's name depends on its owner's language, so it is looked up.</summary>
    public static Remedy Share(string user, IReadOnlyList<string> mailboxes) => new(
        "Share the calendars with the account as Author; as Editor if it shall also answer meeting requests. If Exchange says that there is an entry already, use Set-MailboxFolderPermission instead of Add.",
        OnCalendars(mailboxes, $"Add-MailboxFolderPermission -Identity $calendar -User {Quote(user)} -AccessRights Author"),
        OnCalendars(mailboxes, $"Remove-MailboxFolderPermission -Identity $calendar -User {Quote(user)} -Confirm:$false"));

    public static Remedy RaiseToEditor(string user, IReadOnlyList<string> mailboxes) => new(
        "Make the account Editor of these calendars.",
        OnCalendars(mailboxes, $"Set-MailboxFolderPermission -Identity $calendar -User {Quote(user)} -AccessRights Editor"),
        OnCalendars(mailboxes, $"Set-MailboxFolderPermission -Identity $calendar -User {Quote(user)} -AccessRights Author"));

    /// <summary>Contributor lets the account put items in, and see none.</summary>
    public static Remedy OpenDeletedItems(string user, IReadOnlyList<string> mailboxes) => new(
        "Let the account put what is cancelled into Deleted Items, as Contributor: it sees nothing of what lies there. If Exchange says that there is an entry "
            + "already, use Set-MailboxFolderPermission instead of Add.",
        OnDeletedItems(mailboxes, $"Add-MailboxFolderPermission -Identity $deleted -User {Quote(user)} -AccessRights Contributor"),
        OnDeletedItems(mailboxes, $"Remove-MailboxFolderPermission -Identity $deleted -User {Quote(user)} -Confirm:$false"));

    public static Remedy FindMailboxes(IReadOnlyList<string> addresses) => new(
        "See whether these addresses belong to mailboxes, and correct the staff members' addresses where they do not.",
        $"foreach ($address in {List(addresses)}) {{ Get-Recipient -Identity $address | Format-List Name, RecipientTypeDetails, PrimarySmtpAddress }}");

    private static string OnCalendars(IReadOnlyList<string> mailboxes, string what) => On(mailboxes, "Calendar", "calendar", what);

    private static string OnDeletedItems(IReadOnlyList<string> mailboxes, string what) => On(mailboxes, "DeletedItems", "deleted", what);

    private static string On(IReadOnlyList<string> mailboxes, string type, string variable, string what) =>
        $"foreach ($mailbox in {List(mailboxes)}) {{ "
        + $"$folder = (Get-MailboxFolderStatistics -Identity $mailbox -FolderScope {type} | Where-Object {{ $_.FolderType -eq '{type}' }})"
        + $".FolderPath.Replace('/', '\\'); ${variable} = $mailbox + ':' + $folder; {what} }}";
}
