using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using Xunit;
using static CleanSync.ContractTests.Ports.CalendarServer;

namespace CleanSync.ContractTests.Ports;

/// <summary>What <see cref="INotificationChannel"/> promises.</summary>
public abstract class NotificationChannelContract(CalendarServer server)
{
    /// <summary>No assertion on time: a notice that takes this long never comes.</summary>
    private static readonly TimeSpan Eventually = TimeSpan.FromMinutes(2);

    private readonly INotificationChannel channel = server.Port<INotificationChannels>().At(server.Calendar.MailboxAddress);

    [Fact]
    public async Task The_first_thing_that_a_connection_tells_is_that_it_is_open()
    {
        var subscription = await Subscribe();
        await using var notices = Listen(subscription);
        Assert.True(await notices.MoveNextAsync());
        Assert.IsType<Notice.Opened>(notices.Current);
        await Unsubscribe(subscription);
    }

    [Fact]
    public async Task A_change_is_told_under_the_subscription_of_its_calendar()
    {
        server.NeedsTestMailbox();
        var subscription = await Subscribe();
        await using var notices = Listen(subscription);
        Assert.True(await notices.MoveNextAsync());
        await server.Write(Content("Told", 40));
        do Assert.True(await notices.MoveNextAsync());
        while (notices.Current is Notice.Alive);
        Assert.Equal([subscription], Assert.IsType<Notice.Changed>(notices.Current).Subscriptions);
        await Unsubscribe(subscription);
    }

    [Fact]
    public async Task A_subscription_that_has_ended_can_be_ended_again_and_is_told_to_be_lost()
    {
        var subscription = await Subscribe();
        await Unsubscribe(subscription);
        await Unsubscribe(subscription);
        await using var notices = Listen(subscription);
        do Assert.True(await notices.MoveNextAsync());
        while (notices.Current is Notice.Opened or Notice.Alive);
        Assert.IsType<Notice.Lost>(notices.Current);
    }

    [Fact]
    public async Task Where_there_is_no_mailbox_nothing_is_subscribed_to() => await Assert.ThrowsAsync<CalendarFailure>(
        () => channel.Subscribe(server.Server, server.Nowhere.MailboxAddress, server.Calendar.CalendarId!, Ct));

    private Task<string> Subscribe() =>
        channel.Subscribe(server.Server, server.Calendar.MailboxAddress, server.Calendar.CalendarId!, Ct);

    private Task Unsubscribe(string subscription) =>
        channel.Unsubscribe(server.Server, server.Calendar.MailboxAddress, subscription, Ct);

    private IAsyncEnumerator<Notice> Listen(string subscription)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        stop.CancelAfter(Eventually);
        return channel.Listen(server.Server, [subscription], stop.Token).GetAsyncEnumerator(stop.Token);
    }
}
