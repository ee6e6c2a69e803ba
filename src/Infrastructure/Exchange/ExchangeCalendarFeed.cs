using CleanSync.Application.Syncing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>What changed is SyncFolderItems with a thin shape; what is, a CalendarView or GetItem.</summary>
internal sealed class ExchangeCalendarFeed(ExchangeCalls calls, ExchangeItems known) : ICalendarFeed
{
    private const int PageSize = 512;
    private const int SmallestPage = 32;
    private static readonly TimeSpan SmallestSlice = TimeSpan.FromDays(1);

    public async Task<ChangePage> Changes(CalendarAccess access, SyncCursor? cursor, CancellationToken ct)
    {
        var page = await Page(access, cursor, PageSize, ct);
        var changes = page.Changes.Where(c => c.Kind is not SyncChangeKind.ReadFlag).Select(c => new ThinChange(
            c.ItemId.Id,
            c.ItemId.ChangeKey,
            c.CalendarItemType is { } type ? CalendarItemTranslator.Type(type) : null,
            c.Uid,
            c.Kind is SyncChangeKind.Delete));
        return new ChangePage([.. changes], new SyncCursor(page.SyncState), page.IncludesLastItemInRange);
    }

    public async Task<IReadOnlyList<RemoteEvent>> Window(CalendarAccess access, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        var items = new List<CalendarItem>();
        foreach (var (from, to) in ViewSlices.Of(start, end)) await View(access, from, to, items, ct);
        var whole = await WithOriginalStarts(access, items, ct);
        return [.. whole.Select(i => CalendarItemTranslator.Translate(i, access.TimeZone)).OfType<RemoteEvent>().DistinctBy(e => e.ItemId, StringComparer.Ordinal)];
    }

    public Task<IReadOnlyList<ItemReading>> Read(CalendarAccess access, IReadOnlyList<string> itemIds, CancellationToken ct) => known.Read(access, itemIds, ct);

    public async Task<ItemReading> ReadSeries(CalendarAccess access, string occurrenceId, CancellationToken ct) =>
        ExchangeItems.Reading(access, (await calls.Send(access, new GetItem([new ItemRef.MasterOf(occurrenceId)], CopyProperties.Shape), ct))[0]);

    public async Task<IReadOnlyList<RemoteEvent>> FindCopies(CalendarAccess access, Guid eventId, EventTimes? sentTimes, CancellationToken ct)
    {
        var tagged = await Tagged(access, Calendar(access), eventId, ct);
        if (tagged.Count > 0 || sentTimes is null) return tagged;

        // A search folder that was just built may lag behind; the view does not.
        var around = await Window(access, sentTimes.Start, sentTimes.End.AddSeconds(1), ct);
        return [.. around.Where(e => e.Tag?.EventId == eventId && !e.IsOccurrence)];
    }

    public async Task<IReadOnlyList<RemoteEvent>> FindDeletedCopies(CalendarAccess access, Guid eventId, CancellationToken ct)
    {
        var deletedItems = new FolderRef.Distinguished("deleteditems", access.Integration.UseImpersonation ? null : access.MailboxAddress);
        try
        {
            return await Tagged(access, deletedItems, eventId, ct);
        }
        catch (CalendarFailure failure) when (failure.ExchangeCode is "ErrorAccessDenied" or "ErrorFolderNotFound")
        {
            return []; // a delegate need not see Deleted Items: then nothing there proves a deletion
        }
    }

    private static FolderRef.ById Calendar(CalendarAccess access) =>
        new(access.CalendarId ?? throw new InvalidOperationException("Nothing is read before the calendar was checked."));

    /// <summary>What takes the server too long is asked for by halves.</summary>
    private async Task<SyncPage> Page(CalendarAccess access, SyncCursor? cursor, int size, CancellationToken ct)
    {
        try
        {
            return await calls.Send(access, new SyncFolderItems(Calendar(access), cursor?.Value, size), ct);
        }
        catch (CalendarFailure failure) when (failure.WasTooMuch && size > SmallestPage)
        {
            return await Page(access, cursor, size / 2, ct);
        }
    }

    private async Task View(CalendarAccess access, DateTimeOffset from, DateTimeOffset to, List<CalendarItem> into, CancellationToken ct)
    {
        if (await Slice(access, from, to, ct) is { } whole)
        {
            into.AddRange(whole);
            return;
        }

        foreach (var (half, next) in ViewSlices.Halves(from, to)) await View(access, half, next, into, ct);
    }

    /// <summary>Null when the answer was cut, or took the server too long.</summary>
    private async Task<IReadOnlyList<CalendarItem>?> Slice(CalendarAccess access, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        try
        {
            var page = await calls.Send(access, new FindCalendarView(Calendar(access), from, to, CopyProperties.Shape), ct);
            return page.IncludesLastItemInRange ? page.Items : null;
        }
        catch (CalendarFailure failure) when (failure.WasTooMuch && to - from > SmallestSlice)
        {
            return null;
        }
    }

    /// <summary>Where a view leaves the original start out of an occurrence, GetItem tells it: without it an exception has no identity.</summary>
    private async Task<IReadOnlyList<CalendarItem>> WithOriginalStarts(CalendarAccess access, List<CalendarItem> items, CancellationToken ct)
    {
        var lacking = items.Where(i => i is { OriginalStart: null, CalendarItemType: CalendarItemType.Occurrence or CalendarItemType.Exception }).ToList();
        if (lacking.Count == 0) return items;
        var found = new Dictionary<string, CalendarItem>(StringComparer.Ordinal);
        foreach (var batch in lacking.Select(i => i.ItemId.Id).Distinct(StringComparer.Ordinal).Chunk(50))
        {
            foreach (var (id, result) in batch.Zip(await known.Get(access, batch, CopyProperties.Shape, ct)))
            {
                if (result.Succeeded) found[id] = result.Value;
            }
        }

        return [.. items.Select(i => found.TryGetValue(i.ItemId.Id, out var full) ? i with { OriginalStart = full.OriginalStart } : i)];
    }

    private async Task<IReadOnlyList<RemoteEvent>> Tagged(CalendarAccess access, FolderRef folder, Guid eventId, CancellationToken ct)
    {
        var found = new List<RemoteEvent>();
        for (var offset = 0; ;)
        {
            var page = await calls.Send(access, new FindItemsByExtendedProperty(folder, CopyProperties.Id, CopyProperties.Text(eventId), offset, 50, CopyProperties.Shape), ct);
            found.AddRange(page.Items.Select(i => CalendarItemTranslator.Translate(i, access.TimeZone)).OfType<RemoteEvent>());
            if (page.IncludesLastItemInRange || page.Items.Count == 0) return found;
            offset = page.NextOffset ?? offset + page.Items.Count;
        }
    }
}
