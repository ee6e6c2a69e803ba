using CleanSync.Application.Syncing.Calendars;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>
/// Tells Editor from Author by the rights on one entry that is not ours: those of the folder speak of the folder itself
/// (docs/exchange.md, "Acting for a staff member").
/// </summary>
internal static class EditingRights
{
    public const string OnlyItsOwn =
        "The account may write appointments here and change what it wrote, as Author. It may not change what the staff member made, so it cannot answer meeting requests: that needs Editor.";
    public const string NotKnown =
        "The account may write appointments here. Whether it may also change what the staff member made is not known: the calendar holds no such entry near today.";

    private const int Entries = 50;

    /// <summary>Null when there is no entry to see it by. Asks for ids, UIDs and our own tag, never for texts.</summary>
    public static async Task<bool?> Of(DiagnosisRun run, string folderId, EwsCallContext context, CancellationToken ct)
    {
        var now = run.Time.GetUtcNow();
        try
        {
            var shape = CalendarItemShape.UidsOnly with { NamedProperties = [CopyProperties.Id] };
            var view = await run.Send(
                new FindCalendarView(new FolderRef.ById(folderId), now.AddDays(-30), now.AddDays(90), shape, Entries), context, ct);
            // What comes without a UID is private, and may be ours with its tag held back.
            if (view.Items.FirstOrDefault(i => i.Uid is not null && CopyProperties.Read(i.ExtendedProperties) is null) is not { } theirs)
                return null;
            var rights = (await run.Send(new GetItemRights([theirs.ItemId]), context, ct))[0];
            return rights.Succeeded ? rights.Value.Rights.HasFlag(FolderRights.Modify) : null;
        }
        catch (CalendarFailure failure) when (failure.InnerException is EwsRefusedException
            && failure.Meaning is not FailureMeaning.CredentialRefused)
        {
            return null;
        }
    }
}
