using System.Text.RegularExpressions;

namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>Response codes that no operation of ours can meet, by what they speak of.</summary>
/// <param name="Name">Of the group.</param>
/// <param name="Meaning">What its codes have in common.</param>
internal sealed partial record CodeGroup(string Name, string Meaning, Func<string, bool> Holds)
{
    /// <summary>What is done if one comes all the same.</summary>
    public const string Remedy =
        "None of our calls can meet it. If one does, it fails its own item, which is tried again with growing pauses: "
        + "give the code to whoever runs the Exchange server.";

    /// <summary>The first that holds a code is its group; the last holds every code.</summary>
    public static IReadOnlyList<CodeGroup> All { get; } =
    [
        new("success", "Not an error.", code => code == "NoError"),
        new("groups, telephony and places", "Microsoft 365 groups, team mailboxes, unified messaging, instant messaging, weather and maps.",
            Telephony().IsMatch),
        new("other folders", "Public folders, managed folders, archives, retention, and the making, moving and deleting of folders.",
            Folders().IsMatch),
        new("delegates and permissions", "The administration of delegates, permissions and access tokens.", Delegates().IsMatch),
        new("search", "Searches, their filters, paging, name resolution and discovery.", Search().IsMatch),
        new("sharing and availability", "Sharing between organisations, free/busy requests, out of office and working hours.",
            Sharing().IsMatch),
        new("mail, contacts and tasks", "Messages, recipients, attachments, MIME, contacts, tasks, mail tips and tracking.",
            Mail().IsMatch),
        new("apps and rules", "Apps for Outlook, inbox rules, sweeps and conversation actions.", Apps().IsMatch),
        new("other requests", "Requests and values that we never send.", _ => true),
    ];

    public static CodeGroup Of(string code) => All.First(group => group.Holds(code));

    [GeneratedRegex(
        "Unified|^ErrorUM|TeamMailbox|^Error(Invalid)?Im[A-Z]|UnableToRemoveIm|IPGateway|Phone|SIPUri|Prompt|Speech|Recognizer|"
        + "VoiceMail|Weather|LocationServices|Latitude|Longitude|LikeRequest|GroupMailbox|AccountSuspend|ForGroup$|PhotoSize")]
    private static partial Regex Telephony();

    [GeneratedRegex(
        "PublicFolder|ManagedFolder|Archive|Retention|MailboxHold|FolderExists|FolderSave|ParentFolder|ToFolder|Subfolder|"
        + "DistinguishedFolder|EmptyFolder|DuplicateInputFolder|SavedItemFolder|FolderClass|FolderPropert|FolderIdForItemId|"
        + "ItemIdForFolderId|InvalidFolderId|FolderTypeForOperation|SourceFolder|MoveCopy$|MoveOrCopy|FolderPath")]
    private static partial Regex Folders();

    [GeneratedRegex(
        "Delegate|Permission|UserId|Token|SecurityContext|SecurityDescriptor|AccessLevel|AccessMode|Authoriz|OAuth|LogonType|"
        + "Sid|Rbac|ManagementRole|SendAs|NetworkService|Culture|CrossForest|License")]
    private static partial Regex Delegates();

    [GeneratedRegex(
        "Search|Query|Restriction|Filter|Paging|NameResolution|ResolveNames|ContentIndexing|ResultSet|Sort|Excludes|Contains|"
        + "PropertyForExists|Keyword|KeepN|MailboxDataArray|MailboxScope|ContextNot|CannotFindUser")]
    private static partial Regex Search();

    [GeneratedRegex(
        "Sharing|Federat|FreeBusy|Oof|Availability|MeetingSuggestion|WorkingHours|TimeInterval|TimeChange|"
        + "OrganizationRelationship|AddressSpace|AutoDiscover|LegacyMailbox|CalendarForward|NoCalendar|ServerSecurity|"
        + "LegacyDistinguishedName|IndividualMailboxLimit|InvalidUserInfo|GetUserOof|MailRecipientNotFound")]
    private static partial Regex Sharing();

    [GeneratedRegex(
        "Message|Recipient|Attachment|Mime|Contact|Task|MailTips|Sender|SendItem|Submission|ReadReceipt|Virus|DistributionList|"
        + "PostItem|DL$|InternetHeader|Tracking|SentMeetingRequest|ReferenceItem|ItemForOperation|RoutingType|CompleteDate|"
        + "PercentComplete|MailboxAddress|Email|ExpandDL|MissingInformation")]
    private static partial Regex Mail();

    [GeneratedRegex(
        "Extension|Rule|Sweep|ConversationAction|MarketPlace|ClientIntent|BulkAction|Ecp")]
    private static partial Regex Apps();
}
