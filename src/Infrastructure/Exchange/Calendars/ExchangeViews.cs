using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>
/// Reads windows through CalendarViews, in slices that one answer can hold. An item that spoils the whole answer is isolated: the slice is
/// halved as long as only one half is spoiled, and what is left is read item by item (docs/exchange.md, "Items that cannot be read").
/// </summary>
internal sealed class ExchangeViews(ExchangeCalls calls, ExchangeItems known)
{
    private const int Batch = 25;

    /// <summary>Views of one window, however it has to be cut, and items in it.</summary>
    private const int MostViews = 500;
    private const int MostItems = 50_000;

    // Few enough items for reading each to cost no more than halving on; and an event of days would spoil every hour of them.
    private static readonly TimeSpan Small = TimeSpan.FromDays(1);

    public async Task<WindowView> Read(
        OpenCalendar calendar,
        FolderRef folder,
        DateTimeOffset start,
        DateTimeOffset end,
        CancellationToken ct)
    {
        var found = new Found(calendar, folder, ct);
        foreach (var (from, to) in ViewSlices.Of(start, end)) await Read(found, from, to);
        var readings = (await WithOriginalStarts(found)).Select(i =>
            (i.ItemId, Reading: CalendarItemTranslator.Read(i, calendar.TimeZone))).ToList();
        var viewed = readings.Select(r => r.Reading).OfType<ItemReading.Found>().Select(r => r.Event);
        await ReadAlone(found, readings.Where(r => r.Reading is ItemReading.Unreadable).Select(r => r.ItemId));
        return new WindowView(
            [.. viewed.Concat(found.Alone.Values).DistinctBy(e => e.ItemId, StringComparer.Ordinal)], [.. found.Unreadable.Values]);
    }

    private async Task Read(Found found, DateTimeOffset from, DateTimeOffset to)
    {
        if (!await View(found, from, to)) await Isolate(found, from, to);
    }

    /// <summary>False when the answer was spoiled.</summary>
    private async Task<bool> View(Found found, DateTimeOffset from, DateTimeOffset to)
    {
        CalendarViewPage page;
        try
        {
            page = await Ask(found, from, to, CopyProperties.Shape);
        }
        catch (CalendarFailure failure) when (
            ExchangeItems.IsUnreadable(failure) || RetryMatrix.Wants(failure.ExchangeCode, Treatment.IsBroken))
        {
            return false;
        }
        catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.TooMuch && to - from > Small)
        {
            foreach (var (half, next) in ViewSlices.Halves(from, to)) await Read(found, half, next);
            return true;
        }

        if (page.IncludesLastItemInRange) found.Items.AddRange(page.Items);
        else foreach (var (half, next) in ViewSlices.Halves(from, to)) await Read(found, half, next);
        return true;
    }

    /// <summary>A server that cuts every view, or fills each to the brim, does not keep a pass for ever.</summary>
    private async Task<CalendarViewPage> Ask(Found found, DateTimeOffset from, DateTimeOffset to, CalendarItemShape shape)
    {
        if (++found.Views > MostViews || found.Items.Count > MostItems)
            throw new CalendarFailure(
                FailureReach.Passing,
                new CalendarWasNotReached(
                    found.Calendar.MailboxAddress, $"its window takes more than {MostViews} views or holds more than {MostItems} events"));
        return await calls.Send(found.Calendar, new FindCalendarView(found.Folder, from, to, shape), found.Cancelled);
    }

    private async Task Isolate(Found found, DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from > Small)
        {
            var spoiled = new List<(DateTimeOffset From, DateTimeOffset To)>();
            foreach (var (half, next) in ViewSlices.Halves(from, to))
            {
                if (!await View(found, half, next)) spoiled.Add((half, next));
            }

            if (spoiled.Count == 0) return;
            if (spoiled is [var (only, end)])
            {
                await Isolate(found, only, end);
                return;
            }
        }

        await ReadEach(found, from, to);
    }

    /// <summary>Where not even ids can be had, the server is broken and not an item: that is thrown.</summary>
    private async Task ReadEach(Found found, DateTimeOffset from, DateTimeOffset to)
    {
        var page = await Ask(found, from, to, CalendarItemShape.IdsOnly);
        if (!page.IncludesLastItemInRange)
        {
            foreach (var (half, next) in ViewSlices.Halves(from, to)) await ReadEach(found, half, next);
            return;
        }

        await ReadAlone(found, page.Items.Select(i => i.ItemId));
    }

    private async Task ReadAlone(Found found, IEnumerable<ItemId> ids)
    {
        foreach (var batch in ids.Where(found.IsNew).Chunk(Batch))
        {
            foreach (var (id, first) in batch.Zip(await known.Read(found.Calendar, [.. batch.Select(i => i.Id)], found.Cancelled)))
            {
                // The view has it: that it is nowhere contradicts that, and one such answer proves nothing.
                var reading = first is ItemReading.Missing { IsElsewhere: false }
                    ? (await known.Read(found.Calendar, [id.Id], found.Cancelled))[0]
                    : first;
                if (reading is ItemReading.Found { Event: var alone }) found.Alone[id.Id] = alone;
                if (reading is ItemReading.Unreadable { ExchangeCode: var code })
                    found.Unreadable[id.Id] = new RemoteChange.Unreadable(id.Id, id.ChangeKey, code);
                if (reading is ItemReading.Missing { IsElsewhere: false })
                    found.Unreadable[id.Id] = new RemoteChange.Unreadable(id.Id, id.ChangeKey, "ErrorItemNotFound");
                if (reading is ItemReading.UnknownId { ExchangeCode: var odd })
                    found.Unreadable[id.Id] = new RemoteChange.Unreadable(id.Id, id.ChangeKey, odd);
            }
        }
    }

    /// <summary>
    /// Where a view leaves the original start out of an occurrence, GetItem tells it: without it an exception has no identity.
    /// </summary>
    private async Task<IReadOnlyList<CalendarItem>> WithOriginalStarts(Found found)
    {
        var lacking = found.Items.Where(
            i => i is { OriginalStart: null, CalendarItemType: CalendarItemType.Occurrence or CalendarItemType.Exception }).ToList();
        if (lacking.Count == 0) return found.Items;
        var starts = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var batch in lacking.Select(i => i.ItemId.Id).Distinct(StringComparer.Ordinal).Chunk(50))
        {
            foreach (var (id, result) in batch.Zip(await known.Get(found.Calendar, batch, CopyProperties.Shape, found.Cancelled)))
            {
                if (result.Succeeded) starts[id] = result.Value.OriginalStart;
            }
        }

        return [.. found.Items.Select(i => starts.TryGetValue(i.ItemId.Id, out var start) ? i with { OriginalStart = start } : i)];
    }

    /// <summary>What one window has given so far.</summary>
    private sealed record Found(OpenCalendar Calendar, FolderRef Folder, CancellationToken Cancelled)
    {
        public int Views { get; set; }

        public List<CalendarItem> Items { get; } = [];

        public Dictionary<string, RemoteEvent> Alone { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, RemoteChange.Unreadable> Unreadable { get; } = new(StringComparer.Ordinal);

        public bool IsNew(ItemId id) => !Alone.ContainsKey(id.Id) && !Unreadable.ContainsKey(id.Id);
    }
}
