using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Pushes;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

/// <summary>What becomes of one of our items in a calendar that its link has left, whyever it left it.</summary>
public sealed class ItemCleanUpTests
{
    private static readonly Guid Event = Guid.CreateVersion7();
    private static readonly Guid Attempt = Guid.CreateVersion7();
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private static readonly StaffCalendarLink Link = Sample.Link(Guid.CreateVersion7(), "anna") with { CalendarId = "new" };
    private readonly FakeFeed feed = new();
    private readonly Bin bin = new();

    [Fact]
    public async Task What_proves_to_be_ours_goes()
    {
        feed.Items["a"] = Item("a");
        Assert.Null(await Remove(ToGo("a")));
        Assert.Equal(["a"], bin.Deleted);
    }

    [Fact]
    public async Task What_does_not_prove_to_be_ours_stays_with_a_word()
    {
        feed.Items["a"] = Item("a") with { Tag = null };
        Assert.Equal(StayReason.IsNotProven, await Remove(ToGo("a")));
        Assert.Empty(bin.Deleted);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_taken_for_gone()
    {
        feed.Broken.Add("a");
        await Assert.ThrowsAsync<CalendarFailure>(() => Remove(ToGo("a")));
        feed.Broken.Clear();
        feed.Items["a"] = Item("a") with { UnreadableCode = "ErrorItemCorrupt", Tag = null };
        await Assert.ThrowsAsync<CalendarFailure>(() => Remove(ToGo("a")));
    }

    [Fact]
    public async Task An_id_that_means_nothing_in_a_calendar_that_is_there_is_no_proof_that_its_item_is_gone()
    {
        feed.Unknown.Add("a");
        await Assert.ThrowsAsync<CalendarFailure>(() => Remove(ToGo("a")));
        Assert.Equal(StayReason.IsNotThere, await Remove(ToGo("a"), calendar: "successor"));
    }

    [Fact]
    public async Task What_is_shown_and_then_not_found_is_tried_again()
    {
        feed.View.Add(Item("b"));
        await Assert.ThrowsAsync<CalendarFailure>(() => Remove(ToGo(null)));
        feed.Items["b"] = Item("b");
        bin.Finds = false;
        await Assert.ThrowsAsync<CalendarFailure>(() => Remove(ToGo(null)));
    }

    [Fact]
    public async Task A_series_and_what_others_are_invited_to_stay()
    {
        feed.Items["a"] = Item("a") with { HasAttendees = true };
        Assert.Equal(StayReason.HasAttendees, await Remove(ToGo("a")));
        feed.Items["a"] = Item("a") with { Type = RemoteItemType.SeriesMaster };
        Assert.Equal(StayReason.IsASeries, await Remove(ToGo("a")));
        Assert.Empty(bin.Deleted);
    }

    [Fact]
    public async Task Of_two_deliveries_only_the_one_that_is_the_copy_again_stays()
    {
        var again = Guid.CreateVersion7();
        feed.View.AddRange([Item("old"), Item("now") with { Uid = CreateAttempt.Sent(again), Tag = new CopyTag(Event, again) }]);
        foreach (var item in feed.View) feed.Items[item.ItemId] = item;
        var copy = SyncedEvent.CopyFor(Event, Link.Id, Guid.CreateVersion7(), Now) with { ItemId = "now", ItemAttempt = again };
        Assert.Null(await Remove(ToGo(null) with { Attempt = null }, copy: copy));
        Assert.Equal(["old"], bin.Deleted);
    }

    private Task<Reason?> Remove(CleanUpItem item, string calendar = "former", SyncedEvent? copy = null)
    {
        var open = OpenCalendar.At(Sample.Integration(), item.Mailbox.Address, calendar, "UTC", held: null);
        var cleanUp = new ItemCleanUp(feed, bin, new CleanUpProof(feed, new NothingElse(), null!));
        return cleanUp.Remove(open, item, Link, copy, TemporaryDatabase.Ct);
    }

    /// <summary>Its UID is known, so that nothing new is to be stored of it.</summary>
    private static CleanUpItem ToGo(string? item) => new()
    {
        Id = Guid.CreateVersion7(),
        LinkId = Link.Id,
        EventId = Event,
        Attempt = Attempt,
        Uid = CreateAttempt.Sent(Attempt),
        Mailbox = new FormerMailbox(Link.IntegrationId, Link.MailboxAddress!),
        CalendarId = "former",
        ItemId = item,
        Since = Now,
        NextTryAt = Now,
    };

    private static RemoteEvent Item(string id) => new()
    {
        ItemId = id,
        ChangeKey = "1",
        Uid = CreateAttempt.Sent(Attempt),
        Times = EventTimes.Timed(Now.AddHours(1), Now.AddHours(2), "UTC"),
        Tag = new CopyTag(Event, Attempt),
    };

    /// <summary>No other item waits to be removed.</summary>
    private sealed class NothingElse : ICleanUpItems
    {
        public Task<IReadOnlyList<CleanUpItem>> In(Guid linkId, string calendarId, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CleanUpItem>>([]);

        public Task<IReadOnlyList<Guid>> DueLinks(DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<CleanUpItem>> Due(Guid linkId, DateTimeOffset now, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<CleanUpItem>> OfDisconnection(Guid integrationId, Guid linkId, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<IReadOnlySet<Guid>> Of(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct) =>
            throw new NotSupportedException();
    }

    /// <summary>Notes what is deleted.</summary>
    private sealed class Bin : ICalendarWriter
    {
        public List<string> Deleted { get; } = [];

        public bool Finds { get; set; } = true;

        public Task<bool> Delete(OpenCalendar calendar, WrittenItem item, CancellationToken ct)
        {
            if (Finds) Deleted.Add(item.ItemId);
            return Task.FromResult(Finds);
        }

        public Task<WrittenItem> Create(
            OpenCalendar calendar,
            CopyContent content,
            Guid copyId,
            CreateAttempt attempt,
            CancellationToken ct) => throw new NotSupportedException();

        public Task<UpdateOutcome> Update(
            OpenCalendar calendar,
            WrittenItem item,
            CopyContent content,
            PushStep.Update fields,
            CancellationToken ct) => throw new NotSupportedException();
    }
}
