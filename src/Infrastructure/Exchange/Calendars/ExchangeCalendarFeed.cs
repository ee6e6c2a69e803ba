using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>What changed is SyncFolderItems with a thin shape; what is, a CalendarView or GetItem.</summary>
internal sealed class ExchangeCalendarFeed(ExchangeCalls calls, ExchangeItems known, ExchangeViews views) : ICalendarFeed
{
    private const int PageSize = 512;
    private const int SmallestPage = 32;

    /// <summary>A copy has one item, or a few pastes.</summary>
    private const int MostSearchPages = 20;

    public async Task<ChangePage> Changes(OpenCalendar calendar, SyncCursor? cursor, CancellationToken ct)
    {
        var page = await Page(calendar, cursor, PageSize, ct);
        var changes = page.Changes.Where(c => c.Kind is not SyncChangeKind.ReadFlag).Select(c => Thin(c, calendar));
        return new ChangePage([.. changes], new SyncCursor(page.SyncState), page.IncludesLastItemInRange);
    }

    public Task<WindowView> Window(OpenCalendar calendar, DateTimeOffset start, DateTimeOffset end, CancellationToken ct) =>
        views.Read(calendar, Calendar(calendar), start, end, ct);

    public Task<IReadOnlyList<ItemReading>> Read(OpenCalendar calendar, IReadOnlyList<string> itemIds, CancellationToken ct) =>
        known.Read(calendar, itemIds, ct);

    public async Task<ItemReading> ReadSeries(OpenCalendar calendar, string occurrenceId, CancellationToken ct) =>
        ExchangeItems.Reading(
            calendar, (await calls.Send(calendar, new GetItem([new ItemRef.MasterOf(occurrenceId)], CopyProperties.Shape), ct))[0]);

    public async Task<IReadOnlyList<RemoteEvent>> FindCopies(
        OpenCalendar calendar,
        Guid eventId,
        EventTimes? sentTimes,
        CancellationToken ct)
    {
        var tagged = await Tagged(calendar, Calendar(calendar), eventId, ct);
        if (tagged.Count > 0 || sentTimes is null) return tagged;

        // A search folder that was just built may lag behind; the view does not.
        var around = await Window(calendar, sentTimes.Start, sentTimes.End.AddSeconds(1), ct);
        return [.. around.Events.Where(e => e.Tag?.EventId == eventId && !e.IsOccurrence)];
    }

    public async Task<IReadOnlyList<RemoteEvent>> FindDeletedCopies(OpenCalendar calendar, Guid eventId, CancellationToken ct)
    {
        var deletedItems = new FolderRef.Distinguished(
            "deleteditems", calendar.Server.UseImpersonation ? null : calendar.MailboxAddress);
        try
        {
            return await Tagged(calendar, deletedItems, eventId, ct);
        }
        catch (CalendarFailure failure) when (failure.CalendarIsUnknown || failure.ExchangeCode is "ErrorAccessDenied")
        {
            return []; // a delegate need not see Deleted Items: then nothing there proves a deletion
        }
    }

    /// <summary>
    /// What left is reported as a deletion, or as a change that names another folder, and with the change key that it had. That must not
    /// pass for our own echo, so it goes without one: the item is asked for, also where a private item hides its folder. A series is
    /// believed at once, because the window is read after it.
    /// </summary>
    private static ThinChange Thin(SyncChange change, OpenCalendar calendar)
    {
        var isElsewhere = change.ParentFolderId is { } parent && parent != calendar.CalendarId;
        var isUnplaced = change is { ParentFolderId: null, Uid: null } && change.Kind is not SyncChangeKind.Delete;
        return new ThinChange(
            change.ItemId.Id,
            isElsewhere || isUnplaced ? null : change.ItemId.ChangeKey,
            change.CalendarItemType is { } type ? CalendarItemTranslator.Type(type) : null,
            change.Uid,
            change.Kind is SyncChangeKind.Delete || (isElsewhere && change.CalendarItemType is CalendarItemType.RecurringMaster),
            isElsewhere);
    }

    private static FolderRef.ById Calendar(OpenCalendar calendar) =>
        new(calendar.CalendarId ?? throw new InvalidOperationException("Nothing is read before the calendar was checked."));

    /// <summary>
    /// What takes the server too long is asked for by halves; what one item spoils, by ever smaller pages, so that all before it is read.
    /// </summary>
    private async Task<SyncPage> Page(OpenCalendar calendar, SyncCursor? cursor, int size, CancellationToken ct)
    {
        try
        {
            var state = cursor == SyncCursor.Beginning ? null : cursor?.Value;
            return await calls.Send(calendar, new SyncFolderItems(Calendar(calendar), state, size), ct);
        }
        catch (CalendarFailure failure) when (RetryMatrix.Wants(failure.ExchangeCode, Treatment.IsBroken))
        {
            if (size > 1) return await Page(calendar, cursor, size / 8, ct);
            throw new CalendarFailure(FailureReach.Passing, failure.Refusal, failure.ExchangeCode, inner: failure)
            {
                IsAnswer = true,
                Meaning = FailureMeaning.ChangesUnreadable,
            };
        }
        catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.TooMuch && size > SmallestPage)
        {
            return await Page(calendar, cursor, size / 2, ct);
        }
    }

    private async Task<IReadOnlyList<RemoteEvent>> Tagged(OpenCalendar calendar, FolderRef folder, Guid eventId, CancellationToken ct)
    {
        var found = new List<RemoteEvent>();
        var offset = 0;
        for (var pages = 1; ; pages++)
        {
            var page = await calls.Send(
                calendar,
                new FindItemsByExtendedProperty(folder, CopyProperties.Id, CopyProperties.Text(eventId), offset, 50, CopyProperties.Shape),
                ct);
            foreach (var item in page.Items)
            {
                var reading = CalendarItemTranslator.Read(item, calendar.TimeZone);
                if (reading is ItemReading.Found { Event: var tagged }) found.Add(tagged);
                // It may be the copy that is sought: that it is nowhere cannot be said.
                if (reading is ItemReading.Unreadable { ExchangeCode: var code } && folder is FolderRef.ById)
                    throw CalendarFailure.OfItem(calendar.MailboxAddress, code);
            }

            if (page.IncludesLastItemInRange || page.Items.Count == 0) return found;
            var next = page.NextOffset ?? offset + page.Items.Count;
            if (next <= offset || pages >= MostSearchPages)
                throw new CalendarFailure(
                    FailureReach.Passing, new CalendarWasNotReached(calendar.MailboxAddress, "a search for an item of ours has no end"));
            offset = next;
        }
    }
}
