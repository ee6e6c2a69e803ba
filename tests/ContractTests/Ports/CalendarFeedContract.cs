using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using Xunit;
using static CleanSync.ContractTests.Ports.CalendarServer;

namespace CleanSync.ContractTests.Ports;

/// <summary>What <see cref="ICalendarFeed"/> promises.</summary>
public abstract class CalendarFeedContract(CalendarServer server)
{
    private readonly ICalendarFeed feed = server.Port<ICalendarFeed>();

    [Fact]
    public async Task A_feed_that_was_read_to_its_end_tells_nothing_more()
    {
        var (_, cursor) = await Since(null);
        var page = await feed.Changes(server.Calendar, cursor, Ct);
        Assert.True(page.IsLast);
        Assert.Empty(page.Changes);
    }

    [Fact]
    public async Task What_comes_and_goes_after_a_cursor_is_told_after_it()
    {
        server.NeedsTestMailbox();
        var (_, cursor) = await Since(null);
        var written = await server.Write(Content("Told", 1));
        var (changes, next) = await Since(cursor);
        var came = Assert.Single(changes, c => c.ItemId == written.Item.ItemId);
        Assert.False(came.Removed);
        Assert.NotNull(came.ChangeKey);
        Assert.True(await server.Port<ICalendarWriter>().Delete(server.Calendar, written.Item, Ct));
        (changes, _) = await Since(next);
        var left = Assert.Single(changes, c => c.ItemId == written.Item.ItemId);
        Assert.True(left.Removed || left.ChangeKey is null, "Only reading it tells that it is there.");
    }

    [Fact]
    public async Task A_window_holds_singles_and_occurrences_that_overlap_it_each_once()
    {
        var (start, end) = (Day.AddDays(-14), Day.AddDays(14));
        var events = (await feed.Window(server.Calendar, start, end, Ct)).Events;
        Assert.Distinct(events.Select(e => e.ItemId));
        Assert.DoesNotContain(events, e => e.Type is RemoteItemType.SeriesMaster);
        // Days are days of a zone, which need not be the calendar's.
        Assert.All(events.Where(e => !e.Times.IsAllDay), e => Assert.True(e.Times.Start < end && e.Times.End >= start, e.Identity));
    }

    [Fact]
    public async Task An_item_is_in_a_window_that_it_overlaps_and_complete()
    {
        var written = await server.Write(Content("In the window", 3));
        var held = await feed.Window(server.Calendar, Day.AddHours(3.5), Day.AddHours(5), Ct);
        var item = Assert.Single(held.Events, e => e.ItemId == written.Item.ItemId);
        Assert.Equal(("In the window", "Room 1"), (item.Title, item.Location));
        Assert.Equal((Day.AddHours(3), Day.AddHours(4)), (item.Times.Start, item.Times.End));
        Assert.Equal((written.Id, written.Attempt.Id), (item.Tag?.EventId, item.Tag?.AttemptId));
        var beside = await feed.Window(server.Calendar, Day.AddHours(4.5), Day.AddHours(5), Ct);
        Assert.DoesNotContain(beside.Events, e => e.ItemId == written.Item.ItemId);
    }

    [Fact]
    public async Task Known_items_are_read_in_the_order_asked_for_and_what_is_none_spoils_no_other()
    {
        var (one, two) = (await server.Write(Content("One", 5)), await server.Write(Content("Two", 6)));
        var readings = await feed.Read(server.Calendar, [two.Item.ItemId, "no-id-of-an-item", one.Item.ItemId], Ct);
        Assert.Equal([two.Item.ItemId, null, one.Item.ItemId], readings.Select(r => (r as ItemReading.Found)?.Event.ItemId));
        Assert.True(readings[1] is ItemReading.UnknownId or ItemReading.Missing, $"{readings[1]}");
    }

    [Fact]
    public async Task What_was_deleted_is_missing()
    {
        var written = await server.Write(Content("Gone", 7));
        Assert.True(await server.Port<ICalendarWriter>().Delete(server.Calendar, written.Item, Ct));
        Assert.IsType<ItemReading.Missing>(Assert.Single(await feed.Read(server.Calendar, [written.Item.ItemId], Ct)));
    }

    [Fact]
    public async Task An_occurrence_leads_to_its_series()
    {
        var window = await feed.Window(server.Calendar, Day.AddDays(-14), Day.AddDays(14), Ct);
        var occurrence = window.Events.FirstOrDefault(e => e.IsOccurrence);
        Assert.SkipWhen(occurrence is null, "The calendar holds no series.");
        var series = Assert.IsType<ItemReading.Found>(await feed.ReadSeries(server.Calendar, occurrence.ItemId, Ct)).Event;
        Assert.Equal((RemoteItemType.SeriesMaster, occurrence.Uid), (series.Type, series.Uid));
    }

    [Fact]
    public async Task A_copy_is_found_by_its_tag_in_the_calendar_and_then_among_the_deleted_items()
    {
        var content = Content("Sought", 9);
        var written = await server.Write(content);
        var found = Assert.Single(await feed.FindCopies(server.Calendar, written.Id, content.Times, Ct));
        Assert.Equal((written.Item.ItemId, written.Attempt.Id), (found.ItemId, found.Tag?.AttemptId));
        Assert.Empty(await feed.FindDeletedCopies(server.Calendar, written.Id, Ct));
        Assert.True(await server.Port<ICalendarWriter>().Delete(server.Calendar, written.Item, Ct));
        Assert.Empty(await feed.FindCopies(server.Calendar, written.Id, content.Times, Ct));
        Assert.Equal(written.Id, Assert.Single(await feed.FindDeletedCopies(server.Calendar, written.Id, Ct)).Tag?.EventId);
    }

    [Fact]
    public async Task A_copy_that_there_is_not_is_not_found() =>
        Assert.Empty(await feed.FindCopies(server.Calendar, Guid.CreateVersion7(), Content("", 10).Times, Ct));

    [Fact]
    public async Task Where_there_is_no_mailbox_every_question_fails_with_a_type()
    {
        var (nowhere, times) = (server.Nowhere, Content("", 11).Times);
        await Assert.ThrowsAsync<CalendarFailure>(() => feed.Changes(nowhere, null, Ct));
        await Assert.ThrowsAsync<CalendarFailure>(() => feed.Window(nowhere, times.Start, times.End, Ct));
        await Assert.ThrowsAsync<CalendarFailure>(() => feed.Read(nowhere, ["no-id-of-an-item"], Ct));
        await Assert.ThrowsAsync<CalendarFailure>(() => feed.ReadSeries(nowhere, "no-id-of-an-item", Ct));
        await Assert.ThrowsAsync<CalendarFailure>(() => feed.FindCopies(nowhere, Guid.CreateVersion7(), null, Ct));
    }

    private async Task<(IReadOnlyList<ThinChange> Changes, SyncCursor Cursor)> Since(SyncCursor? cursor)
    {
        var changes = new List<ThinChange>();
        for (; ; )
        {
            var page = await feed.Changes(server.Calendar, cursor, Ct);
            changes.AddRange(page.Changes);
            cursor = page.Cursor;
            if (page.IsLast) return (changes, page.Cursor);
        }
    }
}
