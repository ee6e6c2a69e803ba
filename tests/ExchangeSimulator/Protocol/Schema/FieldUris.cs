namespace CleanSync.ExchangeSimulator.Protocol.Schema;

/// <summary>The values that a FieldURI may have, and the version in which each appeared.</summary>
internal static class FieldUris
{
    private static readonly Dictionary<string, ExchangeVersion> Since = Read("""
        folder 2007 FolderId ParentFolderId DisplayName UnreadCount TotalCount ChildFolderCount FolderClass SearchParameters ManagedFolderInformation EffectiveRights
        folder 2007_SP1 PermissionSet
        folder 2010 SharingEffectiveRights
        folder 2013 DistinguishedFolderId PolicyTag ArchiveTag
        folder 2016 ReplicaList
        item 2007 ItemId ParentFolderId ItemClass MimeContent Attachments Subject DateTimeReceived Size Categories HasAttachments Importance InReplyTo
        item 2007 InternetMessageHeaders IsDraft IsFromMe IsResend IsSubmitted IsUnmodified DateTimeSent DateTimeCreated Body ResponseObjects Sensitivity
        item 2007 ReminderDueBy ReminderIsSet ReminderMinutesBeforeStart DisplayTo DisplayCc Culture EffectiveRights LastModifiedName LastModifiedTime
        item 2010 IsAssociated ConversationId UniqueBody WebClientReadFormQueryString WebClientEditFormQueryString
        item 2010_SP2 StoreEntryId
        item 2013 Flag InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag RetentionDate Preview PredictedActionReasons IsClutter
        item 2013 RightsManagementLicenseData BlockStatus HasBlockedImages TextBody IconIndex ReminderNextTime MimeContentUTF8
        item 2016 DisplayBcc Mentions MentionedMe MentionsPreview MentionsEx Hashtags AppliedHashtags AppliedHashtagsPreview Likes LikesPreview
        item 2016 PendingSocialActivityTagIds AtAllMention CanDelete InferenceClassification FirstBody
        calendar 2007 Start End OriginalStart IsAllDayEvent LegacyFreeBusyStatus Location When IsMeeting IsCancelled IsRecurring MeetingRequestWasSent
        calendar 2007 IsResponseRequested CalendarItemType MyResponseType Organizer RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount
        calendar 2007 AdjacentMeetingCount ConflictingMeetings AdjacentMeetings Duration TimeZone AppointmentReplyTime AppointmentSequenceNumber AppointmentState
        calendar 2007 Recurrence FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences MeetingTimeZone ConferenceType AllowNewTimeProposal
        calendar 2007 IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl UID RecurrenceId DateTimeStamp
        calendar 2010 StartTimeZone EndTimeZone
        calendar 2013 StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId EnhancedLocation JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer
        calendar 2016 InboxReminders CalendarActivityData DoNotForwardMeeting
        """);

    /// <summary>Properties of other item classes: part of the schema, absent from every item here, not listed one by one.</summary>
    private static readonly string[] OtherClasses =
        ["message:", "contacts:", "task:", "meeting:", "meetingRequest:", "postitem:", "distributionlist:"];

    public static bool Exists(string uri, ExchangeVersion version) =>
        Since.TryGetValue(uri, out var since) ? since <= version : OtherClasses.Any(c => uri.StartsWith(c, StringComparison.Ordinal));

    private static Dictionary<string, ExchangeVersion> Read(string table)
    {
        var since = new Dictionary<string, ExchangeVersion>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var name in words[2..]) since[words[0] + ":" + name] = Enum.Parse<ExchangeVersion>("Exchange" + words[1]);
        }
        return since;
    }
}
