using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>
/// Deleted Items of a mailbox's owner as a delegate finds it (docs/exchange.md, "Deleting as a delegate"). It is proved to be the owner's
/// by lying beside the owner's calendar: what a server gives for the well-known name alone might be the delegate's own.
/// </summary>
/// <param name="Folder">Null unless it is proved the owner's, and the account may put items into it.</param>
/// <param name="Error">With what Exchange refused to open it; null when it did not.</param>
internal sealed record OwnersDeletedItems(FolderRef.ById? Folder, EwsError? Error)
{
    /// <summary>One call that opens it and what proves whose it is.</summary>
    public static GetFolder Question(string owner, string calendarId) =>
        new([new FolderRef.Distinguished("deleteditems", owner), new FolderRef.ById(calendarId)]);

    public static OwnersDeletedItems Of(IReadOnlyList<EwsResult<FolderInfo>> answers)
    {
        if (answers[0] is not { Succeeded: true, Value: var opened }) return new OwnersDeletedItems(null, answers[0].Error);
        var isOwners = opened.ParentFolderId is { } parent
            && answers[1] is { Succeeded: true, Value: var calendar }
            && calendar.ParentFolderId == parent;
        var mayPut = opened.EffectiveRights is not { } rights || rights.HasFlag(FolderRights.CreateContents);
        return new OwnersDeletedItems(isOwners && mayPut ? new FolderRef.ById(opened.FolderId) : null, null);
    }

    /// <summary>Of this folder: it is not open to the account, or not to be seen by it, which are one and the same on the wire.</summary>
    public static bool IsShut(string? code) => code is "ErrorAccessDenied" or "ErrorFolderNotFound" or "ErrorItemNotFound";
}
