using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.VirtualTime;

/// <summary>Listening on virtual time, where seconds can be counted; every call to Exchange takes 50 ms.</summary>
public sealed class ListeningStories
{
    private const int Mailboxes = 30;
    private readonly VirtualThread thread = new(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_change_in_Outlook_is_known_within_two_seconds_though_polling_would_take_an_hour() => Play(async (node, exchange) =>
    {
        for (var mailbox = 0; mailbox < Mailboxes; mailbox++)
        {
            var changed = thread.Now;
            exchange.Mailbox(mailbox).Person.Adds(Event());
            await node.Until(async () => await node.Events(mailbox) == 1, TimeSpan.FromMinutes(1));
            Assert.True(thread.Now - changed <= TimeSpan.FromSeconds(2), $"Mailbox {mailbox} took {thread.Now - changed}.");
        }
    });

    [Fact]
    public void Changes_in_every_calendar_at_once_are_known_within_two_seconds() => Play(async (node, exchange) =>
    {
        var changed = thread.Now;
        for (var mailbox = 0; mailbox < Mailboxes; mailbox++) exchange.Mailbox(mailbox).Person.Adds(Event());
        for (var mailbox = 0; mailbox < Mailboxes; mailbox++) await node.Until(
            async () => await node.Events(mailbox) == 1, TimeSpan.FromMinutes(1));
        Assert.True(thread.Now - changed <= TimeSpan.FromSeconds(2), $"They took {thread.Now - changed}.");
    });

    [Fact]
    public void A_quiet_hour_costs_a_pass_of_each_calendar_for_each_reopening_and_no_other() => Play(async (node, exchange) =>
    {
        await thread.Delay(TimeSpan.FromMinutes(1));
        exchange.ForgetCalls();
        await thread.Delay(TimeSpan.FromHours(1));
        Assert.Equal(2, exchange.Calls.Count(c => c.Operation == "GetStreamingEvents"));
        Assert.Equal(2 * Mailboxes, exchange.Calls.Count(c => c.Operation == "SyncFolderItems"));
        Assert.Equal(2 + 2 * Mailboxes, exchange.Calls.Count);
    });

    private EventDraft Event() => new("Dentist", thread.Now.AddDays(1), thread.Now.AddDays(1).AddHours(1));

    private void Play(Func<VirtualNode, VirtualExchange, Task> story)
    {
        using var folder = new TemporaryFolder();
        var exchange = new VirtualExchange(thread, Mailboxes);
        thread.Run(async () =>
        {
            await using var node = await VirtualNode.Start(
                thread, exchange, folder.Path, ("Sync:PollInterval", "12:00:00"), ("Sync:PollIntervalWhenStreaming", "12:00:00"));
            await node.Connect(Mailboxes);
            node.Begin(listens: true);
            await node.Until(
                () => Task.FromResult(exchange.Organisation.Notifications.HeardSubscriptions == Mailboxes), TimeSpan.FromMinutes(5));
            await thread.Delay(TimeSpan.FromSeconds(10)); // the pass after the opening
            await story(node, exchange);
        });
    }
}
