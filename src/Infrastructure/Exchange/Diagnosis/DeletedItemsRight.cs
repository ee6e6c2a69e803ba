using CleanSync.Application.Syncing.Calendars;
using CleanSync.Infrastructure.Exchange.Calendars;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>
/// Whether a delegate may put what is cancelled into the owner's Deleted Items: read from the folder's effective rights, nothing is
/// written.
/// </summary>
internal static class DeletedItemsRight
{
    public const string IsMissing =
        "The account may put nothing into Deleted Items here. An appointment that is cancelled goes to Recoverable Items, where its owner finds it by "
        + "'Recover Deleted Items' only.";

    public static async Task<bool> Of(
        DiagnosisRun run,
        string owner,
        string calendarId,
        EwsCallContext context,
        CancellationToken ct)
    {
        try
        {
            return OwnersDeletedItems.Of(await run.Send(OwnersDeletedItems.Question(owner, calendarId), context, ct)).Folder is not null;
        }
        catch (CalendarFailure failure) when (failure.IsAnswer && OwnersDeletedItems.IsShut(failure.ExchangeCode))
        {
            return false;
        }
    }
}
