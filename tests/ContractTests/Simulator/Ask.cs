namespace CleanSync.ContractTests.Simulator;

/// <summary>Bodies of requests, short enough to read in a test.</summary>
internal static class Ask
{
    /// <summary>Alice's calendar as a delegate names it.</summary>
    public const string CalendarOfAlice = $"""<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>{Organisation.Alice}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>""";

    /// <summary>Alice's Deleted Items as a delegate names them.</summary>
    public const string DeletedItemsOfAlice = $"""<t:DistinguishedFolderId Id="deleteditems"><t:Mailbox><t:EmailAddress>{Organisation.Alice}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>""";

    public const string DeletedItems = """<t:DistinguishedFolderId Id="deleteditems"/>""";

    public const string Calendar = """<t:DistinguishedFolderId Id="calendar"/>""";

    public static string GetFolder(string folder = Calendar, string shape = "AllProperties") =>
        $"<m:GetFolder><m:FolderShape><t:BaseShape>{shape}</t:BaseShape></m:FolderShape><m:FolderIds>{folder}</m:FolderIds></m:GetFolder>";

    public static string Sync(string? state = null, int max = 512, string more = "", string folder = Calendar) =>
        $"<m:SyncFolderItems>{Shape(more)}<m:SyncFolderId>{folder}</m:SyncFolderId>{(state is null ? "" : $"<m:SyncState>{state}</m:SyncState>")}<m:MaxChangesReturned>{max}</m:MaxChangesReturned></m:SyncFolderItems>";

    public static string GetItem(string id, string more = "", string shape = "IdOnly") =>
        $"<m:GetItem>{Shape(more, shape)}<m:ItemIds>{Id(id)}</m:ItemIds></m:GetItem>";

    public static string View(string from, string to, string more = "", string extra = "") =>
        $"""<m:FindItem Traversal="Shallow">{Shape(more)}<m:CalendarView StartDate="{from}" EndDate="{to}"/>{extra}<m:ParentFolderIds>{Calendar}</m:ParentFolderIds></m:FindItem>""";

    public static string Create(string content, string folder = Calendar) =>
        $"""<m:CreateItem SendMeetingInvitations="SendToNone"><m:SavedItemFolderId>{folder}</m:SavedItemFolderId><m:Items><t:CalendarItem>{content}</t:CalendarItem></m:Items></m:CreateItem>""";

    public static string Update(string id, string? changeKey, string updates, string resolution = "NeverOverwrite") =>
        $"""<m:UpdateItem ConflictResolution="{resolution}" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>{Id(id, changeKey)}<t:Updates>{updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>""";

    public static string Set(string uri, string content) => $"""<t:SetItemField><t:FieldURI FieldURI="{uri}"/><t:CalendarItem>{content}</t:CalendarItem></t:SetItemField>""";

    public static string Delete(string id, string type = "MoveToDeletedItems") =>
        $"""<m:DeleteItem DeleteType="{type}" SendMeetingCancellations="SendToNone"><m:ItemIds>{Id(id)}</m:ItemIds></m:DeleteItem>""";

    public static string Move(string id, string folder) =>
        $"<m:MoveItem><m:ToFolderId>{folder}</m:ToFolderId><m:ItemIds>{Id(id)}</m:ItemIds></m:MoveItem>";

    public static string Fields(params string[] uris) => string.Concat(uris.Select(u => $"""<t:FieldURI FieldURI="{u}"/>"""));

    private static string Id(string id, string? changeKey = null) =>
        id.StartsWith('<') ? id : changeKey is null ? $"""<t:ItemId Id="{id}"/>""" : $"""<t:ItemId Id="{id}" ChangeKey="{changeKey}"/>""";

    private static string Shape(string more, string shape = "IdOnly") =>
        $"<m:ItemShape><t:BaseShape>{shape}</t:BaseShape>{(more.Length == 0 ? "" : $"<t:AdditionalProperties>{more}</t:AdditionalProperties>")}</m:ItemShape>";
}
