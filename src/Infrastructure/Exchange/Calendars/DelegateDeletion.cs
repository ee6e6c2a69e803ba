using CleanSync.Application.Syncing.Calendars;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>
/// Deletes an item in a staff member's mailbox as its delegate, who may not ask for MoveToDeletedItems: it is moved into the owner's
/// Deleted Items, or, where these are not open to the account, deleted so that its owner can recover it (docs/exchange.md, "Deleting as a
/// delegate").
/// </summary>
internal sealed class DelegateDeletion(ExchangeCalls calls)
{
    public async Task<EwsError?> Delete(OpenCalendar calendar, ItemId item, CancellationToken ct)
    {
        if (await Target(calendar, ct) is { } target)
        {
            var moved = await calls.Send(calendar, new MoveCalendarItem(item, target), ct);
            if (moved.Succeeded || !IsRefused(moved.Error.Code)) return moved.Error;
        }

        return (await calls.Send(calendar, new DeleteCalendarItem(item, DeleteType.SoftDelete), ct)).Error;
    }

    /// <summary>Null where nothing may be put.</summary>
    private async Task<FolderRef.ById?> Target(OpenCalendar calendar, CancellationToken ct)
    {
        try
        {
            var folder = calendar.CalendarId ?? throw new InvalidOperationException("Nothing is deleted before the calendar was checked.");
            var found = OwnersDeletedItems.Of(await calls.Send(calendar, OwnersDeletedItems.Question(calendar.MailboxAddress, folder), ct));
            if (found.Error is { } error && !OwnersDeletedItems.IsShut(error.Code))
                throw FaultTranslator.FromCode(error, calendar.Server, calendar.MailboxAddress);
            return found.Folder;
        }
        catch (CalendarFailure failure) when (failure.IsAnswer && OwnersDeletedItems.IsShut(failure.ExchangeCode))
        {
            return null;
        }
    }

    /// <summary>What the move met lies with its target, as far as the code tells.</summary>
    private static bool IsRefused(string code) =>
        code is "ErrorCalendarCannotMoveOrCopyOccurrence" or "ErrorAccessDenied" or "ErrorFolderNotFound" or "ErrorToFolderNotFound"
            or "ErrorMoveCopyFailed";
}
