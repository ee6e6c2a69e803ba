using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

/// <summary>Which calendars share a connection.</summary>
public sealed class SubscriptionGroupsTests : IAsyncLifetime
{
    private readonly Posts posts = new();
    private readonly FakeIntegration integrations = new();
    private readonly Calendars calendars = new();
    private readonly FakeTimeProvider clock = new();
    private readonly NotedLog log = new();
    private readonly NotificationBoard board;
    private readonly SubscriptionGroups groups;

    public SubscriptionGroupsTests()
    {
        var queue = new FakeCalendarQueue();
        board = new NotificationBoard(queue);
        groups = new SubscriptionGroups(
            calendars, posts, new ListeningLeases(new SoleWorkLeases(), new NotificationOptions()), integrations, board,
            queue, new ExceptionStreaks(new SyncOptions(), clock),
            new NotificationOptions { GroupSize = 2 }, clock, new Logger<SubscriptionGroups>(log));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await groups.Stop();

    [Fact]
    public async Task Groups_are_filled_in_the_order_of_addresses_and_the_first_is_the_anchor()
    {
        await Review("dora", "anna", "cleo", "bert", "emil");
        Assert.Equal(["anna: anna bert", "cleo: cleo dora", "emil: emil"], posts.Groups());
    }

    [Fact]
    public async Task A_newcomer_goes_where_there_is_room_and_moves_nobody()
    {
        await Review("bert", "cleo", "dora");
        await Review("bert", "cleo", "dora", "anna");
        Assert.Equal(["bert: bert cleo", "dora: anna dora"], posts.Groups());
        await Review("bert", "dora", "anna");
        await Review("bert", "dora", "anna", "emil");
        Assert.Equal(["bert: bert emil", "dora: anna dora"], posts.Groups());
    }

    [Fact]
    public async Task A_group_ends_with_its_anchor_and_the_others_find_another()
    {
        await Review("anna", "bert", "cleo");
        await Review("bert", "cleo");
        Assert.Equal(["cleo: bert cleo"], posts.Groups());
        Assert.Contains("bert#1", posts.Unsubscribed());
    }

    [Fact]
    public async Task New_settings_are_new_connections()
    {
        await Review("anna", "bert");
        integrations.Stored = integrations.Stored with { SettingsVersion = integrations.Stored.SettingsVersion + 1 };
        await Review("anna", "bert");
        Assert.Equal(["anna: anna bert"], posts.Groups());
        Assert.Equal(2, posts.Count);
    }

    [Fact]
    public async Task An_integration_that_stops_is_listened_to_no_more_and_nothing_is_sent_to_say_so()
    {
        await Review("anna", "bert");
        integrations.Stored = integrations.Stored.In(IntegrationStatus.CredentialRefused);
        await Review("anna", "bert");
        Assert.Empty(posts.Groups());
        Assert.Empty(posts.Unsubscribed());
    }

    [Theory]
    [InlineData("subscribe")]
    [InlineData("listen")]
    public async Task An_anchor_whom_Exchange_does_not_know_gives_its_place_to_another_and_the_others_are_heard(string when)
    {
        var unknown = new CalendarFailure(
            FailureReach.Link, new Domain.StaffCalendarLinks.MailboxNotFound("anna"), "ErrorNonExistentMailbox")
        { IsAnswer = true };
        posts.Prepare = (anchor, post) =>
        {
            if (when == "subscribe") post.Refusals["anna"] = unknown;
            else post.Unreachable = anchor == "anna" ? unknown : null;
        };
        await Review("anna", "bert");
        await Review("anna", "bert");
        Assert.Equal([when == "subscribe" ? "bert: bert" : "bert: anna bert"], posts.Groups());
    }

    [Fact]
    public async Task A_mailbox_that_is_refused_again_and_again_is_asked_less_and_less_often_even_alone_in_its_group()
    {
        var tries = new List<int>();
        var minute = 0;
        posts.Prepare = (_, post) => post.AlwaysRefuses = () =>
        {
            tries.Add(minute);
            return new CalendarFailure(
                FailureReach.Link, new Domain.StaffCalendarLinks.MailboxNotFound("anna"), "ErrorNonExistentMailbox")
            { IsAnswer = true };
        };
        for (; minute < 16 * 60; minute++)
        {
            await Review("anna");
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 16, 47, 108, 229, 470, 711, 952], tries); // a review later than 15, 30, 60, 120 and 240 minutes
    }

    [Fact]
    public void A_refusal_lasts_longer_each_time_as_long_as_Exchange_asks_and_is_forgotten_after_a_subscription()
    {
        var (refusals, anna) = (new SubscriptionRefusals(new NotificationOptions(), clock),
            new SubscribedCalendar(Guid.CreateVersion7(), "anna", "A"));
        int Minutes(TimeSpan? asked)
        {
            refusals.Refused(anna, asked);
            var minutes = 0;
            for (; refusals.Waits(anna); minutes++) clock.Advance(TimeSpan.FromMinutes(1));
            return minutes;
        }

        Assert.Equal([15, 30, 60, 7, 240, 240], new[] { Minutes(null), Minutes(null), Minutes(null), Minutes(TimeSpan.FromMinutes(7)),
            Minutes(null), Minutes(null) });
        refusals.Taken(anna);
        Assert.Equal(15, Minutes(null));
    }

    [Fact]
    public async Task A_calendar_whose_passes_wait_after_a_failure_is_not_subscribed_before_their_next_try()
    {
        calendars.Stored = [Calendars.Of("anna", integrations.Stored) with { PausedUntil = clock.GetUtcNow().AddMinutes(30) },
            Calendars.Of("bert", integrations.Stored)];
        await groups.Review(TestContext.Current.CancellationToken);
        Assert.Equal(["bert: bert"], posts.Groups());
        clock.Advance(TimeSpan.FromMinutes(30));
        await groups.Review(TestContext.Current.CancellationToken);
        Assert.Equal(["bert: anna bert"], posts.Groups());
    }

    [Fact]
    public async Task Listening_that_surprises_is_logged_with_one_stack_and_tried_less_and_less_often()
    {
        posts.Prepare = (_, post) => post.Surprises = true;
        for (var second = 0; second < 600; second += 10)
        {
            await Review("anna");
            for (var s = 0; s < 10; s++) clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(posts.Tries, 8, 12);
        Assert.Single(log.Lines, l => l.EndsWith("with its stack", StringComparison.Ordinal));
        Assert.Contains("unhandled exception in a row", log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_ends_in_a_surprise_is_shown_as_polled_and_stops_without_another()
    {
        await Review("anna");
        var connection = posts.Last.Opened();
        connection.Tell(new Notice.Opened());
        Assert.Equal(NotificationMode.Streaming, board.Of(calendars.Stored[0].LinkId).Mode);
        integrations.Surprises = true;
        connection.End();
        Assert.Equal(NotificationMode.Polling, board.Of(calendars.Stored[0].LinkId).Mode);
        await groups.Stop();
        Assert.Contains("InvalidOperationException", log.Lines[^1], StringComparison.Ordinal);
    }

    private Task Review(params string[] staff)
    {
        calendars.Stored = [.. staff.Select(s => Calendars.Of(s, integrations.Stored))];
        return groups.Review(TestContext.Current.CancellationToken);
    }

    private sealed class Calendars : ISubscribableCalendars
    {
        private static readonly Dictionary<string, Guid> Ids = [];

        public IReadOnlyList<SubscribableCalendar> Stored { get; set; } = [];

        public static SubscribableCalendar Of(string staff, ExchangeIntegration integration)
        {
            lock (Ids) if (!Ids.ContainsKey(staff)) Ids.Add(staff, Guid.CreateVersion7());
            return new SubscribableCalendar(
                Ids[staff],
                staff,
                "AAA=",
                true,
                true,
                true,
                integration.Id,
                integration.Status,
                integration.SettingsVersion,
                integration.ExchangeVersion,
                true);
        }

        public Task<IReadOnlyList<SubscribableCalendar>> All(CancellationToken ct) => Task.FromResult(Stored);
    }

    private sealed class Posts : INotificationChannels
    {
        private readonly List<(string Anchor, FakePost Post)> open = [];

        public int Count => open.Count;

        public FakePost Last => open[^1].Post;

        public int Tries => open.Sum(p => p.Post.Tries);

        public Action<string, FakePost> Prepare { get; set; } = (_, _) => { };

        public INotificationChannel At(string anchor)
        {
            open.Add((anchor, new FakePost()));
            Prepare(anchor, open[^1].Post);
            return open[^1].Post;
        }

        /// <summary>Who shares a connection now, after its anchor.</summary>
        public IEnumerable<string> Groups() => open.Where(p => p.Post.Open is not null)
            .Select(p => $"{p.Anchor}: {string.Join(' ', p.Post.Open!.Subscriptions.Select(s => s.Split('#')[0]))}")
            .Order(StringComparer.Ordinal);

        public IEnumerable<string> Unsubscribed() => open.SelectMany(p => p.Post.Unsubscribed);
    }
}
