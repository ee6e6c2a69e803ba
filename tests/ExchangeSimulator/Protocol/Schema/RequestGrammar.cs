namespace CleanSync.ExchangeSimulator.Protocol.Schema;

/// <summary>
/// What a request may look like, one type a paragraph: attributes (@), text (#) and child elements in the only order allowed.
/// ? optional, * any number, + at least one; {a,b} one of; ^ the version that brought it; := the values of a text.
/// Written by hand after messages.xsd and types.xsd, for the operations that the simulator answers.
/// </summary>
internal static class RequestGrammar
{
    public const string Text = """
        RequestServerVersion = @Version:string
        TimeZoneContext = t:TimeZoneDefinition:TimeZoneDefinition
        ExchangeImpersonation = t:ConnectingSID:ConnectingSID
        ConnectingSID = {t:PrincipalName:string,t:SID:string,t:PrimarySmtpAddress:string,t:SmtpAddress:string}
        MailboxCulture = #string
        DateTimePrecision := Seconds Milliseconds

        GetFolder = m:FolderShape:FolderShape m:FolderIds:FolderIds
        FindFolder = @Traversal:FolderTraversal m:FolderShape:FolderShape {m:IndexedPageFolderView:IndexedPageView,m:FractionalPageFolderView:FractionalPageView}?
            m:Restriction?:Restriction m:ParentFolderIds:FolderIds
        CreateFolder = m:ParentFolderId:TargetFolder m:Folders:NewFolders
        DeleteFolder = @DeleteType:DisposalType m:FolderIds:FolderIds
        SyncFolderItems = m:ItemShape:ItemShape m:SyncFolderId:TargetFolder m:SyncState?:string m:Ignore?:PlainItemIds m:MaxChangesReturned:MaxChanges
            m:SyncScope?^2010:SyncScope
        GetItem = m:ItemShape:ItemShape m:ItemIds:ItemIds
        FindItem = @Traversal:ItemTraversal m:ItemShape:ItemShape
            {m:IndexedPageItemView:IndexedPageView,m:FractionalPageItemView:FractionalPageView,m:CalendarView:CalendarView,m:ContactsView:any}?
            {m:GroupBy:any,m:DistinguishedGroupBy:any}? m:Restriction?:Restriction m:SortOrder?:SortOrder m:ParentFolderIds:FolderIds m:QueryString?^2010:any
        CreateItem = @MessageDisposition?:MessageDisposition @SendMeetingInvitations?:SendInvitations m:SavedItemFolderId?:TargetFolder m:Items:NewItems
        UpdateItem = @ConflictResolution:ConflictResolution @MessageDisposition?:MessageDisposition @SendMeetingInvitationsOrCancellations?:SendUpdates
            @SuppressReadReceipts?^2013_SP1:bool m:SavedItemFolderId?:TargetFolder m:ItemChanges:ItemChanges
        DeleteItem = @DeleteType:DisposalType @SendMeetingCancellations?:SendInvitations @AffectedTaskOccurrences?:string @SuppressReadReceipts?^2013_SP1:bool
            m:ItemIds:ItemIds
        MoveItem = m:ToFolderId:TargetFolder m:ItemIds:ItemIds m:ReturnNewItemIds?^2010_SP1:bool
        CopyItem = m:ToFolderId:TargetFolder m:ItemIds:ItemIds m:ReturnNewItemIds?^2010_SP1:bool
        GetServerTimeZones = @ReturnFullTimeZoneData?:bool m:Ids?:TimeZoneIds
        GetPasswordExpirationDate = m:MailboxSmtpAddress?:string
        ResolveNames = @ReturnFullContactData:bool @SearchScope?:string @ContactDataShape?:string m:ParentFolderIds?:FolderIds m:UnresolvedEntry:nonEmpty

        ConvertId = @DestinationFormat:IdFormat m:SourceIds:AlternateIds
        GetUserConfiguration = m:UserConfigurationName:ConfigurationName m:UserConfigurationProperties:configurationParts

        Subscribe = {m:PullSubscriptionRequest:any,m:PushSubscriptionRequest:any,m:StreamingSubscriptionRequest^2010_SP1:StreamingSubscriptionRequest}
        StreamingSubscriptionRequest = @SubscribeToAllFolders?:bool t:FolderIds?:FolderIds t:EventTypes:EventTypes
        EventTypes = t:EventType+:EventType
        EventType := CopiedEvent CreatedEvent DeletedEvent ModifiedEvent MovedEvent NewMailEvent FreeBusyChangedEvent^2010_SP1
        Unsubscribe = m:SubscriptionId:nonEmpty
        GetStreamingEvents = m:SubscriptionIds:SubscriptionIds m:ConnectionTimeout:streamMinutes
        SubscriptionIds = t:SubscriptionId+:nonEmpty

        FolderShape = t:BaseShape:ShapeName t:AdditionalProperties?:Paths
        ItemShape = t:BaseShape:ShapeName t:IncludeMimeContent?:bool t:BodyType?:BodyTypeWanted t:UniqueBodyType?^2013:BodyTypeWanted
            t:NormalizedBodyType?^2013:BodyTypeWanted t:FilterHtmlContent?^2010:bool t:ConvertHtmlCodePageToUTF8?^2010_SP1:bool t:InlineImageUrlTemplate?^2013:string
            t:BlockExternalImages?^2013:bool t:AddBlankTargetToLinks?^2013:bool t:MaximumBodySize?^2013:int t:AdditionalProperties?:Paths
        ShapeName := IdOnly Default AllProperties
        BodyTypeWanted := Best HTML Text
        Paths = {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI}+
        FieldURI = @FieldURI:fieldUri
        ExtendedFieldURI = @DistinguishedPropertySetId?:PropertySetName @PropertySetId?:guid @PropertyTag?:string @PropertyName?:string @PropertyId?:int
            @PropertyType:PropertyType
        PropertySetName := Meeting Appointment Common PublicStrings Address InternetHeaders CalendarAssistant UnifiedMessaging Task Sharing
        PropertyType := ApplicationTime ApplicationTimeArray Binary BinaryArray Boolean CLSID CLSIDArray Currency CurrencyArray Double DoubleArray Error Float
            FloatArray Integer IntegerArray Long LongArray Null Object ObjectArray Short ShortArray SystemTime SystemTimeArray String StringArray
        ExtendedProperty = t:ExtendedFieldURI:ExtendedFieldURI {t:Value:string,t:Values:Values}
        Values = t:Value+:string

        FolderIds = {t:FolderId:FolderId,t:DistinguishedFolderId:DistinguishedFolderId}+
        TargetFolder = {t:FolderId:FolderId,t:DistinguishedFolderId:DistinguishedFolderId}
        FolderId = @Id:string @ChangeKey?:string
        DistinguishedFolderId = @Id:FolderName @ChangeKey?:string t:Mailbox?:EmailAddress
        FolderName := calendar contacts deleteditems drafts inbox journal notes outbox sentitems tasks msgfolderroot publicfoldersroot root junkemail searchfolders
            voicemail recoverableitemsroot^2010_SP1 recoverableitemsdeletions^2010_SP1 recoverableitemsversions^2010_SP1 recoverableitemspurges^2010_SP1
            archiveroot^2010_SP1 archivemsgfolderroot^2010_SP1 archivedeleteditems^2010_SP1 syncissues^2013 conflicts^2013 localfailures^2013 serverfailures^2013
            recipientcache^2013 quickcontacts^2013 conversationhistory^2013 todosearch^2013 directory^2013 favorites^2016 imcontactlist^2013 mycontacts^2013
            peopleconnect^2013 adminauditlogs^2013 archiveinbox^2016
        EmailAddress = t:Name?:string t:EmailAddress?:nonEmpty t:RoutingType?:nonEmpty t:MailboxType?:string t:ItemId?:ItemId t:OriginalDisplayName?^2013:string
        ItemIds = {t:ItemId:ItemId,t:OccurrenceItemId:OccurrenceItemId,t:RecurringMasterItemId:RecurringMasterItemId}+
        PlainItemIds = t:ItemId+:ItemId
        ItemId = @Id:string @ChangeKey?:string
        OccurrenceItemId = @RecurringMasterId:string @ChangeKey?:string @InstanceIndex:int
        RecurringMasterItemId = @OccurrenceId:string @ChangeKey?:string

        IdFormat := EwsLegacyId EwsId EntryId HexEntryId StoreId OwaId
        AlternateIds = {t:AlternateId:AlternateId,t:AlternatePublicFolderId:any,t:AlternatePublicFolderItemId:any}+
        AlternateId = @Format:IdFormat @Id:string @Mailbox:nonEmpty @IsArchive?^2010_SP1:bool
        ConfigurationName = @Name:nonEmpty {t:FolderId:FolderId,t:DistinguishedFolderId:DistinguishedFolderId}
        NewFolders = {t:Folder:Folder,t:CalendarFolder:CalendarFolder,t:ContactsFolder:any,t:SearchFolder:any,t:TasksFolder:any}+
        Folder = t:FolderId?:FolderId t:ParentFolderId?:FolderId t:FolderClass?:string t:DisplayName?:string t:TotalCount?:int
            t:ChildFolderCount?:int t:ExtendedProperty*:ExtendedProperty t:ManagedFolderInformation?:any t:EffectiveRights?:any
            t:PermissionSet?^2007_SP1:any t:UnreadCount?:int
        CalendarFolder = t:FolderId?:FolderId t:ParentFolderId?:FolderId t:FolderClass?:string t:DisplayName?:string t:TotalCount?:int
            t:ChildFolderCount?:int t:ExtendedProperty*:ExtendedProperty t:ManagedFolderInformation?:any t:EffectiveRights?:any t:SharingEffectiveRights?^2010:string
            t:PermissionSet?^2007_SP1:any

        MaxChanges = #maxChanges
        SyncScope := NormalItems NormalAndAssociatedItems
        FolderTraversal := Shallow Deep SoftDeleted
        ItemTraversal := Shallow SoftDeleted Associated^2010
        IndexedPageView = @MaxEntriesReturned?:int @Offset:int @BasePoint:BasePoint
        BasePoint := Beginning End
        FractionalPageView = @MaxEntriesReturned?:int @Numerator:int @Denominator:int
        CalendarView = @MaxEntriesReturned?:int @StartDate:dateTime @EndDate:dateTime
        SortOrder = t:FieldOrder+:FieldOrder
        FieldOrder = @Order:SortDirection {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI}
        SortDirection := Ascending Descending
        Restriction = {t:And:Junction,t:Or:Junction,t:Not:Not,t:Exists:Exists,t:Contains:Contains,t:Excludes:any,t:IsEqualTo:Comparison,t:IsNotEqualTo:Comparison,t:IsGreaterThan:Comparison,t:IsGreaterThanOrEqualTo:Comparison,t:IsLessThan:Comparison,t:IsLessThanOrEqualTo:Comparison}
        Junction = {t:And:Junction,t:Or:Junction,t:Not:Not,t:Exists:Exists,t:Contains:Contains,t:Excludes:any,t:IsEqualTo:Comparison,t:IsNotEqualTo:Comparison,t:IsGreaterThan:Comparison,t:IsGreaterThanOrEqualTo:Comparison,t:IsLessThan:Comparison,t:IsLessThanOrEqualTo:Comparison}+
        Not = {t:And:Junction,t:Or:Junction,t:Not:Not,t:Exists:Exists,t:Contains:Contains,t:Excludes:any,t:IsEqualTo:Comparison,t:IsNotEqualTo:Comparison,t:IsGreaterThan:Comparison,t:IsGreaterThanOrEqualTo:Comparison,t:IsLessThan:Comparison,t:IsLessThanOrEqualTo:Comparison}
        Exists = {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI}
        Contains = @ContainmentMode?:string @ContainmentComparison?:string {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI}
            t:Constant:Constant
        Comparison = {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI} t:FieldURIOrConstant:Operand
        Operand = {t:Constant:Constant,t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI}
        Constant = @Value:string

        MessageDisposition := SaveOnly SendOnly SendAndSaveCopy
        SendInvitations := SendToNone SendOnlyToAll SendToAllAndSaveCopy
        SendUpdates := SendToNone SendOnlyToAll SendOnlyToChanged SendToAllAndSaveCopy SendToChangedAndSaveCopy
        ConflictResolution := NeverOverwrite AutoResolve AlwaysOverwrite
        DisposalType := HardDelete SoftDelete MoveToDeletedItems
        TimeZoneIds = t:Id+:string
        NewItems = {t:Item:any,t:Message:any,t:CalendarItem:CalendarItem,t:Contact:any,t:Task:any,t:AcceptItem:MeetingReply,t:TentativelyAcceptItem:MeetingReply,t:DeclineItem:MeetingReply,t:CancelCalendarItem:any}+
        MeetingReply = t:ItemClass?:string t:Sensitivity?:Sensitivity t:Body?:Body t:Attachments?:any t:InternetMessageHeaders?:any t:Sender?:any t:ToRecipients?:any
            t:CcRecipients?:any t:BccRecipients?:any t:IsReadReceiptRequested?:bool t:IsDeliveryReceiptRequested?:bool t:ReferenceItemId?:ItemId
        ItemChanges = t:ItemChange+:ItemChange
        ItemChange = {t:ItemId:ItemId,t:OccurrenceItemId:OccurrenceItemId,t:RecurringMasterItemId:RecurringMasterItemId} t:Updates:Updates
        Updates = {t:AppendToItemField:SetItemField,t:SetItemField:SetItemField,t:DeleteItemField:DeleteItemField}+
        SetItemField = {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI} {t:Item:any,t:Message:any,t:CalendarItem:CalendarItem}
        DeleteItemField = {t:FieldURI:FieldURI,t:IndexedFieldURI:any,t:ExtendedFieldURI:ExtendedFieldURI}

        CalendarItem = t:MimeContent?:MimeContent t:ItemId?:ItemId t:ParentFolderId?:FolderId t:ItemClass?:string t:Subject?:string t:Sensitivity?:Sensitivity t:Body?:Body
            t:Attachments?:any t:DateTimeReceived?:dateTime t:Size?:int t:Categories?:Strings t:Importance?:Importance t:InReplyTo?:string t:IsSubmitted?:bool
            t:IsDraft?:bool t:IsFromMe?:bool t:IsResend?:bool t:IsUnmodified?:bool t:InternetMessageHeaders?:any t:DateTimeSent?:dateTime
            t:DateTimeCreated?:dateTime t:ResponseObjects?:any t:ReminderDueBy?:dateTime t:ReminderIsSet?:bool t:ReminderNextTime?^2013:dateTime
            t:ReminderMinutesBeforeStart?:int t:DisplayCc?:string t:DisplayTo?:string t:DisplayBcc?^2016:string t:HasAttachments?:bool
            t:ExtendedProperty*:ExtendedProperty t:Culture?:string t:EffectiveRights?:any t:LastModifiedName?:string t:LastModifiedTime?:dateTime
            t:IsAssociated?^2010:bool t:WebClientReadFormQueryString?^2010:string t:WebClientEditFormQueryString?^2010:string t:ConversationId?^2010:ItemId
            t:UniqueBody?^2010:Body t:Flag?^2013:any t:StoreEntryId?^2010_SP2:string t:InstanceKey?^2013:string t:NormalizedBody?^2013:Body
            t:EntityExtractionResult?^2013:any t:PolicyTag?^2013:any t:ArchiveTag?^2013:any t:RetentionDate?^2013:dateTime t:Preview?^2013:string
            t:TextBody?^2013:Body t:IconIndex?^2013:string
            t:UID?:string t:RecurrenceId?:dateTime t:DateTimeStamp?:dateTime t:Start?:dateTime t:End?:dateTime t:OriginalStart?:dateTime t:IsAllDayEvent?:bool
            t:LegacyFreeBusyStatus?:FreeBusy t:Location?:string t:When?:string t:IsMeeting?:bool t:IsCancelled?:bool t:IsRecurring?:bool
            t:MeetingRequestWasSent?:bool t:IsResponseRequested?:bool t:CalendarItemType?:string t:MyResponseType?:string t:Organizer?:Organizer
            t:RequiredAttendees?:Attendees t:OptionalAttendees?:Attendees t:Resources?:Attendees t:InboxReminders?^2016:any t:ConflictingMeetingCount?:int
            t:AdjacentMeetingCount?:int t:ConflictingMeetings?:any t:AdjacentMeetings?:any t:Duration?:string t:TimeZone?:string t:AppointmentReplyTime?:dateTime
            t:AppointmentSequenceNumber?:int t:AppointmentState?:int t:Recurrence?:Recurrence t:FirstOccurrence?:any t:LastOccurrence?:any
            t:ModifiedOccurrences?:any t:DeletedOccurrences?:any t:MeetingTimeZone?:MeetingTimeZone t:StartTimeZone?^2010:TimeZoneDefinition
            t:EndTimeZone?^2010:TimeZoneDefinition t:ConferenceType?:int t:AllowNewTimeProposal?:bool t:IsOnlineMeeting?:bool t:MeetingWorkspaceUrl?:string
            t:NetShowUrl?:string t:EnhancedLocation?^2013:any t:StartWallClock?^2013:dateTime t:EndWallClock?^2013:dateTime t:StartTimeZoneId?^2013:string
            t:EndTimeZoneId?^2013:string t:IntendedFreeBusyStatus?^2013:FreeBusy t:JoinOnlineMeetingUrl?^2013:string t:OnlineMeetingSettings?^2013:any
            t:IsOrganizer?^2013:bool t:CalendarActivityData?^2016:any t:DoNotForwardMeeting?^2016:bool
        MimeContent = @CharacterSet?:string #string
        Sensitivity := Normal Personal Private Confidential
        Importance := Low Normal High
        FreeBusy := Free Tentative Busy OOF WorkingElsewhere^2013 NoData
        Body = @BodyType:BodyKind @IsTruncated?^2013:bool #string
        BodyKind := HTML Text
        Strings = t:String*:string
        Organizer = t:Mailbox:EmailAddress
        Attendees = t:Attendee+:Attendee
        Attendee = t:Mailbox:EmailAddress t:ResponseType?:string t:LastResponseTime?:dateTime t:ProposedStart?^2013:dateTime t:ProposedEnd?^2013:dateTime
        MeetingTimeZone = @TimeZoneName?:string t:BaseOffset?:string t:Standard?:any t:Daylight?:any
        TimeZoneDefinition = @Id?:string @Name?:string t:Periods?:any t:TransitionsGroups?:any t:Transitions?:any

        Recurrence = {t:RelativeYearlyRecurrence:RelativeYearly,t:AbsoluteYearlyRecurrence:AbsoluteYearly,t:RelativeMonthlyRecurrence:RelativeMonthly,t:AbsoluteMonthlyRecurrence:AbsoluteMonthly,t:WeeklyRecurrence:Weekly,t:DailyRecurrence:Daily}
            {t:NoEndRecurrence:NoEnd,t:EndDateRecurrence:EndDate,t:NumberedRecurrence:Numbered}
        RelativeYearly = t:DaysOfWeek:DayOfWeek t:DayOfWeekIndex:DayIndex t:Month:Month
        AbsoluteYearly = t:DayOfMonth:int t:Month:Month
        RelativeMonthly = t:Interval:int t:DaysOfWeek:DayOfWeek t:DayOfWeekIndex:DayIndex
        AbsoluteMonthly = t:Interval:int t:DayOfMonth:int
        Weekly = t:Interval:int t:DaysOfWeek:daysOfWeek t:FirstDayOfWeek?^2010_SP1:DayOfWeek
        Daily = t:Interval:int
        NoEnd = t:StartDate:date
        EndDate = t:StartDate:date t:EndDate:date
        Numbered = t:StartDate:date t:NumberOfOccurrences:int
        DayOfWeek := Sunday Monday Tuesday Wednesday Thursday Friday Saturday Day Weekday WeekendDay
        DayIndex := First Second Third Fourth Last
        Month := January February March April May June July August September October November December
        """;
}
