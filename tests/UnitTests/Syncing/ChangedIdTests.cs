using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>An item gets another id while a pass reads its calendar, or is told under an id that does not find it.</summary>
public sealed class ChangedIdTests : IAsyncLifetime
{
    private readonly TemporarySqlite db = new();
    private readonly FakeFeed feed = new();
    private MailboxLock? mailbox;

    private OpenCalendar Calendar => OpenCalendar.Of(db.Integration, db.Link, mailbox!);

    private CopySearch Search => new(feed, db.Events, new SyncOptions());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_one_item_that_was_seen_under_two_ids_only_the_one_that_is_there_counts()
    {
        feed.Items["now"] = Item("now");
        feed.Unknown.Add("former");
        Assert.Equal(["former"], await LeftBehind([Item("former"), Item("now")], Whereabouts.Unasked));
        Assert.Equal(["former", "now"], feed.Asked);
    }

    [Fact]
    public async Task A_copy_that_was_asked_for_before_counts_as_seen()
    {
        feed.Items["now"] = Item("now");
        Assert.Equal(["former"], await LeftBehind([Item("now")], new Whereabouts(new HashSet<string> { "former" }, new HashSet<string>())));
    }

    [Fact]
    public async Task Two_that_are_both_there_are_two_and_where_none_is_there_nothing_is_decided()
    {
        Assert.Empty(await LeftBehind([Item("former"), Item("now")], Whereabouts.Unasked));
        feed.Items["former"] = Item("former");
        feed.Items["now"] = Item("now");
        Assert.Empty(await LeftBehind([Item("former"), Item("now")], Whereabouts.Unasked));
    }

    [Fact]
    public async Task A_paste_has_another_UID_and_costs_no_call()
    {
        Assert.Empty(await LeftBehind([Item("former"), Item("now") with { Uid = "of the paste" }], Whereabouts.Unasked));
        Assert.Empty(feed.Asked);
    }

    [Fact]
    public async Task What_a_person_had_of_it_is_left_to_the_window()
    {
        feed.Items["now"] = Item("now");
        var theirs = Gone() with { Id = Id(9), Kind = EventKind.External, ItemId = "former", Identity = "item:former" };
        Assert.Empty(
            await Search.IdsLeftBehind(Calendar, [Item("former"), Item("now")], Whereabouts.Unasked, [theirs], Ct));
    }

    [Fact]
    public void What_was_left_behind_is_observed_nowhere()
    {
        var observed = new PassObservation
        {
            Window = new PlanFixture().Basis().Window,
            Told = [new RemoteChange.Seen(Item("former"))],
            View = new WindowView([Item("former"), Item("now")]),
            AskedAgain = [new RemoteChange.Seen(Item("former"))],
            Found = [new RemoteChange.Seen(Item("former")), new RemoteChange.Lost(Id(1))],
            Asked = new Whereabouts(new HashSet<string> { "former" }, new HashSet<string>()),
        }.Without(new HashSet<string> { "former" });
        Assert.Equal(["now"], observed.Seen.Select(e => e.ItemId));
        Assert.Equal([new RemoteChange.Lost(Id(1))], observed.Found);
        Assert.False(observed.Asked.MayHold("former"));
    }

    [Fact]
    public async Task A_gone_copy_that_is_back_outside_the_window_is_found_by_its_UID_where_its_id_does_not_find_it()
    {
        feed.View.Add(Item("back"));
        var found = await Search.BackOutside(Calendar, new Dictionary<string, string> { ["told"] = "u" }, [Gone()], Ct);
        Assert.Equal([new RemoteChange.Seen(Item("back"), IsSought: true)], found);
    }

    [Fact]
    public async Task So_is_one_that_came_back_as_a_series()
    {
        feed.View.Add(Item("back") with { Type = RemoteItemType.SeriesMaster });
        var told = new ThinChange("told", "k1", RemoteItemType.SeriesMaster, "u", Removed: false);
        var found = Assert.Single(await Search.AmongSeries(Calendar, [told], [Gone()], Ct));
        Assert.Equal("back", Assert.IsType<RemoteChange.Seen>(found).Event.ItemId);
    }

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        mailbox = await new MailboxLocks(db.Leases, new SyncOptions(), db.Time, NullLogger<MailboxLocks>.Instance).Take(db.Link.Id, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (mailbox is not null) await mailbox.DisposeAsync();
        await db.DisposeAsync();
    }

    private Task<IReadOnlySet<string>> LeftBehind(IReadOnlyList<RemoteEvent> seen, Whereabouts asked) =>
        Search.IdsLeftBehind(Calendar, seen, asked, [Known()], Ct);

    private SyncedEvent Known() => Gone() with { PushState = PushState.Confirmed, ItemId = "former" };

    private SyncedEvent Gone() => SyncedEvent.CopyFor(Id(1), db.Link.Id, Id(2), Now) with
    {
        PushState = PushState.Gone,
        ItemAttempt = Id(3),
        Uid = "u",
        Attempts = [new CreateAttempt(Id(3), null, "u", UidIsTold: true, SentStart: Now)],
    };

    private static RemoteEvent Item(string id) => Remote(id, At(9)) with { Tag = new CopyTag(Id(1), Id(3)), Uid = "u" };
}
