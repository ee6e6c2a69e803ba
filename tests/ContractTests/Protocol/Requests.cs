using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.ContractTests.Protocol;

/// <summary>Every request that the client can write, in its widest and its narrowest form.</summary>
internal static class Requests
{
    public static readonly NamedProperty First = new(new Guid("d6b9f1c2-3a44-4e3b-9f0e-6c2a5e7b1a10"), "CleanSyncId");
    public static readonly NamedProperty Second = new(new Guid("d6b9f1c2-3a44-4e3b-9f0e-6c2a5e7b1a10"), "CleanSyncAttempt");
    public static readonly CalendarItemShape Shape = new([First, Second]);
    public static readonly FolderRef Calendar = new FolderRef.Distinguished("calendar", "alice@contoso.example");
    public static readonly FolderRef Known = new FolderRef.ById("AAMkAGQ1Y2FsZW5kYXItZm9sZGVyAC4AAAAAAA==");
    public static readonly ItemId Item = new("AAMkAGQ1c3RhZmYtbWFpbGJveABGAAAAAASg1AAA=", "DwAAABYAAABa1");

    public static readonly CalendarItemTimes Times = new(
        new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.FromHours(1)), new DateTimeOffset(2026, 3, 3, 9, 45, 0, TimeSpan.FromHours(1)),
        "W. Europe Standard Time", "W. Europe Standard Time", IsAllDayEvent: false);

    public static readonly CalendarItemUpdate FullUpdate = new()
    {
        Subject = "Haircut <J. Doe> & \u0001 \uD83D\uDE00 \uD83D",
        Sensitivity = Sensitivity.Private,
        Body = "Ref 7\r\nbring a hat\n",
        ReminderIsSet = true,
        ReminderMinutesBeforeStart = 15,
        ExtendedProperties = new Dictionary<NamedProperty, string> { [First] = "a", [Second] = "b" },
        Times = Times,
        LegacyFreeBusyStatus = LegacyFreeBusyStatus.WorkingElsewhere,
        Location = "Salon 2",
    };

    public static readonly CalendarItemDraft FullDraft = new()
    {
        Subject = "Haircut",
        Times = Times,
        Body = "Ref 7",
        ReminderIsSet = true,
        ReminderMinutesBeforeStart = 15,
        LegacyFreeBusyStatus = LegacyFreeBusyStatus.WorkingElsewhere,
        Location = "Salon 2",
        ExtendedProperties = FullUpdate.ExtendedProperties,
        Uid = "7@cleansync",
    };

    private static readonly DateTimeOffset From = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyDictionary<string, Func<EwsCallContext, byte[]>> All =
        new Dictionary<string, Func<EwsCallContext, byte[]>>
        {
            ["GetFolder"] = Written(new GetFolder([Calendar, Known, new FolderRef.Distinguished("deleteditems", null)])),
            ["SyncFolderItems, first"] = Written(new SyncFolderItems(Known, null, 512)),
            ["SyncFolderItems, next"] = Written(new SyncFolderItems(Calendar, "H4sIAAAA", 100)),
            ["GetItem"] = Written(new GetItem([new ItemRef.ById("A="), new ItemRef.Occurrence("B=", 3), new ItemRef.MasterOf("C=")], Shape)),
            ["GetItem, no named properties"] = Written(new GetItem([Item], new CalendarItemShape([]))),
            ["GetItem, times only"] = Written(new GetItem([Item], Shape with { TimesOnly = true })),
            ["FindItem, view"] = Written(new FindCalendarView(Calendar, From, From.AddMonths(12), Shape)),
            ["FindItem, property"] = Written(new FindItemsByExtendedProperty(Known, First, "7", 0, 10, Shape)),
            ["CreateItem"] = Written(new CreateCalendarItem(Calendar, FullDraft)),
            ["CreateItem, bare"] = Written(
            new CreateCalendarItem(Known, new CalendarItemDraft { Subject = "", Times = Times, Body = "", Location = "" })),
            ["CreateItem, accept"] = Written(new CreateMeetingResponse(Item, MeetingResponseObject.AcceptItem)),
            ["CreateItem, tentative"] = Written(new CreateMeetingResponse(Item, MeetingResponseObject.TentativelyAcceptItem)),
            ["CreateItem, decline"] = Written(new CreateMeetingResponse(Item, MeetingResponseObject.DeclineItem)),
            ["UpdateItem"] = Written(new UpdateCalendarItem(Item, FullUpdate)),
            ["UpdateItem, times"] = Written(new UpdateCalendarItem(Item, new CalendarItemUpdate { Times = Times })),
            ["UpdateItem, removals"] = Written(new UpdateCalendarItem(Item, new CalendarItemUpdate { Subject = "", Body = "", Location = "" })),
            ["DeleteItem, restorable"] = Written(new DeleteCalendarItem(Item, DeleteType.MoveToDeletedItems)),
            ["DeleteItem, recoverable"] = Written(new DeleteCalendarItem(Item, DeleteType.SoftDelete)),
            ["MoveItem"] = Written(new MoveCalendarItem(Item, Known)),
            ["MoveItem, by name"] = Written(
            new MoveCalendarItem(Item with { ChangeKey = null }, new FolderRef.Distinguished("deleteditems", "alice@contoso.example"))),
            ["FindItem, UIDs"] = Written(
            new FindCalendarView(Calendar, From, From.AddMonths(3), CalendarItemShape.UidsOnly with { NamedProperties = [First] }, 50)),
            ["Subscribe"] = Written(new SubscribeToStreaming(Known)),
            ["Subscribe, by name"] = Written(new SubscribeToStreaming(Calendar)),
            ["GetItem, rights"] = Written(new GetItemRights([Item])),
            ["GetPasswordExpirationDate"] = Written(new GetPasswordExpirationDate()),
            ["Unsubscribe"] = Written(new Unsubscribe("JQBkYjE=")),
            ["GetStreamingEvents"] = Written(new GetStreamingEvents(["JQBkYjE=", "JQBkYjI="], 30)),
            ["DeleteItem, final"] = Written(new DeleteCalendarItem(Item with { ChangeKey = null }, DeleteType.HardDelete)),
        };

    private static Func<EwsCallContext, byte[]> Written<T>(IEwsOperation<T> operation) => context =>
    {
        using var xml = new MemoryStream();
        SoapEnvelope.Write(xml, operation, context);
        return xml.ToArray();
    };
}
