namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>The FieldURI values that this client names (UnindexedFieldURIType in types.xsd).</summary>
internal static class Field
{
    public const string DisplayName = "folder:DisplayName";
    public const string FolderClass = "folder:FolderClass";
    public const string TotalCount = "folder:TotalCount";
    public const string FolderParentFolderId = "folder:ParentFolderId";
    public const string FolderEffectiveRights = "folder:EffectiveRights";

    public const string ParentFolderId = "item:ParentFolderId";
    public const string Subject = "item:Subject";
    public const string Sensitivity = "item:Sensitivity";
    public const string Body = "item:Body";
    public const string ReminderIsSet = "item:ReminderIsSet";
    public const string ReminderMinutesBeforeStart = "item:ReminderMinutesBeforeStart";
    public const string ItemEffectiveRights = "item:EffectiveRights";
    public const string LastModifiedTime = "item:LastModifiedTime";

    public const string Uid = "calendar:UID";
    public const string Start = "calendar:Start";
    public const string End = "calendar:End";
    public const string OriginalStart = "calendar:OriginalStart";
    public const string IsAllDayEvent = "calendar:IsAllDayEvent";
    public const string LegacyFreeBusyStatus = "calendar:LegacyFreeBusyStatus";
    public const string Location = "calendar:Location";
    public const string IsCancelled = "calendar:IsCancelled";
    public const string CalendarItemType = "calendar:CalendarItemType";
    public const string MyResponseType = "calendar:MyResponseType";
    public const string AppointmentState = "calendar:AppointmentState";
    public const string MeetingTimeZone = "calendar:MeetingTimeZone";
    public const string StartTimeZone = "calendar:StartTimeZone";
    public const string EndTimeZone = "calendar:EndTimeZone";
    public const string StartTimeZoneId = "calendar:StartTimeZoneId";
    public const string EndTimeZoneId = "calendar:EndTimeZoneId";
}
