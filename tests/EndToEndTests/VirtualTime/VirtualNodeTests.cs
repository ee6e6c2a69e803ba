using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.VirtualTime;

/// <summary>The whole product on the virtual thread.</summary>
public sealed class VirtualNodeTests
{
    [Fact]
    public void Twenty_calendars_see_a_change_within_one_poll_of_virtual_time() => Assert.Equal(20, Play().Mailboxes);

    [Fact]
    public void Two_runs_of_the_same_story_are_the_same_to_the_call() => Assert.Equal(Play().Calls, Play().Calls);

    private static (int Mailboxes, List<string> Calls) Play()
    {
        using var folder = new TemporaryFolder();
        var thread = new VirtualThread(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));
        var exchange = new VirtualExchange(thread, 20);
        var synced = 0;
        thread.Run(async () =>
        {
            await using var node = await VirtualNode.Start(thread, exchange, folder.Path);
            await node.Connect(20);
            node.Begin();
            await thread.Delay(TimeSpan.FromMinutes(1));
            for (var i = 0; i < 20; i++) exchange.Mailbox(i).Person
                .Adds(new EventDraft("Dentist", thread.Now.AddDays(1), thread.Now.AddDays(1).AddHours(1)));
            await thread.Delay(TimeSpan.FromSeconds(33));
            for (var i = 0; i < 20; i++) synced += await node.Events(i);
        });
        return (synced, [.. exchange.Calls.Select(c => c.ToString())]);
    }
}
