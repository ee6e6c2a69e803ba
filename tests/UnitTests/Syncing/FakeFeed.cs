using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;

namespace CleanSync.UnitTests.Syncing;

/// <summary>A calendar whose view need not show the items that it holds.</summary>
internal sealed class FakeFeed : ICalendarFeed
{
    public List<RemoteEvent> View { get; } = [];

    public Dictionary<string, RemoteEvent> Items { get; } = [];

    /// <summary>Items of which Exchange gives nothing.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Ids that mean nothing to Exchange.</summary>
    public HashSet<string> Unknown { get; } = [];

    public List<string> Asked { get; } = [];

    public Task<WindowView> Window(OpenCalendar access, DateTimeOffset start, DateTimeOffset end, CancellationToken ct) =>
        Task.FromResult(new WindowView(View));

    public Task<IReadOnlyList<ItemReading>> Read(OpenCalendar access, IReadOnlyList<string> itemIds, CancellationToken ct)
    {
        Asked.AddRange(itemIds);
        return Task.FromResult<IReadOnlyList<ItemReading>>(
            [.. itemIds.Select(Reading)]);
    }

    private ItemReading Reading(string id) => Items.TryGetValue(id, out var found) ? new ItemReading.Found(found)
        : Broken.Contains(id) ? new ItemReading.Unreadable("ErrorItemCorrupt")
        : Unknown.Contains(id) ? new ItemReading.UnknownId("ErrorNonExistentMailbox")
        : new ItemReading.Missing();

    public Task<ChangePage> Changes(OpenCalendar access, SyncCursor? cursor, CancellationToken ct) => throw new NotSupportedException();

    public Task<ItemReading> ReadSeries(OpenCalendar access, string occurrenceId, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<RemoteEvent>> FindCopies(OpenCalendar access, Guid eventId, EventTimes? sentTimes, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<RemoteEvent>>([.. View.Where(e => e.Tag?.EventId == eventId)]);

    public Task<IReadOnlyList<RemoteEvent>> FindDeletedCopies(OpenCalendar access, Guid eventId, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<RemoteEvent>>([]);
}
