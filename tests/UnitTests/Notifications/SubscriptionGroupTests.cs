using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

public sealed class ListeningGroupTests : IAsyncDisposable
{
    private static readonly SubscribedCalendar Anna = new(Guid.CreateVersion7(), "anna@contoso.example", "A");
    private static readonly SubscribedCalendar Bert = new(Guid.CreateVersion7(), "bert@contoso.example", "B");
    private static readonly SubscribedCalendar Cleo = new(Guid.CreateVersion7(), "cleo@contoso.example", "C");
    private static readonly IEnumerable<Guid> Both = new[] { Anna.LinkId, Bert.LinkId }.Order();
    private static readonly CalendarFailure Broken = new(FailureReach.Passing, new ExchangeIsUnreachable("mail", "it broke"));
    private readonly NotificationOptions options = new();
    private readonly FakeTimeProvider clock = new();
    private readonly FakePost post = new();
    private readonly FakeCalendarQueue queue = new();
    private readonly FakeIntegration integrations = new();
    private readonly NotificationBoard board;
    private readonly SubscriptionGroup group;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public ListeningGroupTests()
    {
        board = new NotificationBoard(queue);
        var (refusals, streaks) = (new SubscriptionRefusals(options, clock), new ExceptionStreaks(new SyncOptions(), clock));
        var key = new GroupKey(integrations.Stored.Id, integrations.Stored.SettingsVersion);
        group = new SubscriptionGroup(key, Anna.Mailbox, post, integrations, board, queue, refusals, streaks, options, clock,
            NullLogger.Instance);
        group.Assign([Bert, Anna]);
        running = group.Run(stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        stop.Cancel();
        await Task.WhenAny(running);
        Assert.False(running.IsFaulted);
        group.Dispose();
        stop.Dispose();
    }

    [Fact]
    public void Every_opening_reads_every_calendar_and_an_event_its_own()
    {
        var connection = post.Opened();
        connection.Tell(new Notice.Opened());
        Assert.Equal(Both, queue.Take().Order());
        Assert.Equal((NotificationMode.Streaming, NotificationMode.Streaming), (board.Of(Anna.LinkId).Mode, board.Of(Bert.LinkId).Mode));
        connection.Tell(new Notice.Changed(["bert@contoso.example#1", "who is that?"]));
        Assert.Equal([Bert.LinkId], queue.Take());
    }

    [Fact]
    public void Only_what_was_lost_is_subscribed_anew_and_at_once()
    {
        post.Opened().Tell(new Notice.Opened(), new Notice.Lost(["bert@contoso.example#1"], "ErrorSubscriptionNotFound"));
        Assert.Equal(["anna@contoso.example#1", "bert@contoso.example#2"], post.Opened().Subscriptions);
    }

    [Fact]
    public void An_error_that_names_no_subscription_ends_all_of_them()
    {
        post.Opened().Tell(new Notice.Lost([], "ErrorReadEventsFailed"));
        Assert.Equal(["anna@contoso.example#2", "bert@contoso.example#2"], post.Opened().Subscriptions);
    }

    [Fact]
    public void Connections_that_end_early_again_and_again_are_opened_less_and_less_often()
    {
        post.Opened().End();
        post.Opened().End(); // the first early end costs no time
        int[] pauses = [.. Enumerable.Range(0, 12).Select(_ => SecondsToTheNextOpening(end: true))];
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], pauses);
    }

    [Fact]
    public void A_connection_that_held_for_its_time_is_opened_again_at_once()
    {
        for (var i = 0; i < 10; i++)
        {
            var connection = post.Opened();
            clock.Advance(TimeSpan.FromMinutes(30));
            connection.End();
        }
        Assert.True(post.HasOpened);
    }

    [Fact]
    public void Who_is_deaf_for_long_is_polled_and_read_once_and_heard_again_later()
    {
        var connection = post.Opened();
        connection.Tell(new Notice.Opened());
        queue.Take();
        post.Unreachable = Broken;
        connection.End(Broken);
        for (var second = 0; second < 600; second++) clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Both, queue.Take().Order());
        Assert.Contains("it broke", board.Of(Bert.LinkId).Reason, StringComparison.Ordinal);
        Assert.InRange(post.Tries, 8, 11);
        post.Unreachable = null;
        SecondsToTheNextOpening(end: false);
        post.Opened().Tell(new Notice.Opened());
        Assert.Equal((NotificationMode.Streaming, 2), (board.Of(Bert.LinkId).Mode, queue.Take().Count));
    }

    [Fact]
    public void A_pause_that_Exchange_asks_for_is_kept()
    {
        post.Opened().End(new CalendarFailure(FailureReach.BackOff, new ExchangeIsBusy("x"), "HTTP 503", TimeSpan.FromMinutes(7)));
        group.Assign([Anna, Bert, Cleo]); // not even a newcomer shortens it
        Assert.Equal(7 * 60, SecondsToTheNextOpening(end: false));
    }

    [Fact]
    public void A_refused_password_ends_listening()
    {
        var connection = post.Opened();
        integrations.Stored = integrations.Stored.LogonRefused(integrations.Stored.Account.CredentialVersion); // as whoever saw the 401 did
        connection.End(
            new CalendarFailure(FailureReach.Integration, new CredentialRefused("svc"), "HTTP 401") { Meaning = FailureMeaning.CredentialRefused });
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, true), (post.Tries, running.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_mailbox_that_is_refused_does_not_keep_the_others_waiting_and_is_tried_again_later()
    {
        post.Refusals[Cleo.Mailbox] = new CalendarFailure(
            FailureReach.BackOff, new ExchangeIsBusy("x"), "ErrorExceededSubscriptionCount")
        { IsAnswer = true };
        post.Opened();
        group.Assign([Anna, Bert, Cleo]);
        Assert.Equal(2, post.Opened().Subscriptions.Count);
        Assert.Contains("ErrorExceededSubscriptionCount", board.Of(Cleo.LinkId).Reason, StringComparison.Ordinal);
        group.Assign([Anna, Bert, Cleo]);
        Assert.False(post.HasOpened);
        clock.Advance(options.RefusedPause);
        group.Assign([Anna, Bert, Cleo]);
        Assert.Equal(3, post.Opened().Subscriptions.Count);
    }

    [Fact]
    public void Who_leaves_is_unsubscribed_and_the_others_stay_subscribed()
    {
        post.Opened();
        group.Assign([Anna]);
        Assert.Equal(["anna@contoso.example#1"], post.Opened().Subscriptions);
        Assert.Equal(["bert@contoso.example#1"], post.Unsubscribed);
    }

    [Fact]
    public async Task A_clean_stop_ends_every_subscription_but_sends_nothing_for_an_integration_that_was_stopped()
    {
        stop.Cancel();
        integrations.Stored = integrations.Stored.In(IntegrationStatus.CredentialRefused);
        await group.UnsubscribeAll();
        Assert.Empty(post.Unsubscribed);
        integrations.Stored = integrations.Stored.In(IntegrationStatus.Active);
        await group.UnsubscribeAll();
        Assert.Equal(["anna@contoso.example#1", "bert@contoso.example#1"], post.Unsubscribed.Order());
    }

    [Fact]
    public void A_mailbox_that_cannot_be_unsubscribed_keeps_nobody_waiting()
    {
        post.Opened();
        post.Refusals[Bert.Mailbox] = new CalendarFailure(
            FailureReach.Link, new ExchangeIsBusy("x"), "ErrorNonExistentMailbox")
        { IsAnswer = true };
        group.Assign([Anna]);
        Assert.Equal(["anna@contoso.example#1"], post.Opened().Subscriptions);
    }

    private int SecondsToTheNextOpening(bool end)
    {
        var seconds = 0;
        for (; !post.HasOpened; seconds++) clock.Advance(TimeSpan.FromSeconds(1));
        if (end) post.Opened().End();
        return seconds;
    }
}
