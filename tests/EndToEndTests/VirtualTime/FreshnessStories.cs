using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.VirtualTime;

/// <summary>
/// What a scheduler is told of a calendar's age while Exchange tells of changes: never that a calendar is fresh which is not.
/// </summary>
public sealed class FreshnessStories
{
    private const int Mailboxes = 3;
    private readonly VirtualThread thread = new(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_streams_sign_of_life_counts_for_calendars_that_it_would_have_told_of_and_that_were_read_and_for_no_other()
    {
        using var folder = new TemporaryFolder();
        var exchange = new VirtualExchange(thread, Mailboxes);
        exchange.Conduct = call => call.Operation == "Subscribe" && subscribed++ == 1
            ? new Conduct(TimeSpan.FromMilliseconds(50), new Fault.Response("ErrorAccessDenied"))
            : new Conduct(TimeSpan.FromMilliseconds(50));
        thread.Run(async () =>
        {
            await using var node = await VirtualNode.Start(
                thread, exchange, folder.Path, ("Sync:PollInterval", "12:00:00"), ("Sync:PollIntervalWhenStreaming", "12:00:00"));
            await node.Connect(Mailboxes);
            node.Begin(listens: true);
            await node.Until(() => Task.FromResult(exchange.Organisation.Notifications.HeardSubscriptions == Mailboxes - 1),
                TimeSpan.FromMinutes(5));
            await thread.Delay(TimeSpan.FromMinutes(10));
            var polled = await IsPolled(node, 0) ? 0 : await IsPolled(node, 1) ? 1 : 2;
            var (quiet, failing) = ((polled + 1) % Mailboxes, (polled + 2) % Mailboxes);
            Assert.True(await Lag(node, quiet) <= 46, $"The quiet one is {await Lag(node, quiet)} s old.");
            Assert.True(await Lag(node, polled) >= 590, $"Nobody tells of the refused one, and it is {await Lag(node, polled)} s old.");
            Assert.True(await Lag(node, failing) <= 46, $"The other is {await Lag(node, failing)} s old.");
            Assert.True(exchange.Calls.Count(c => c.Operation == "Subscribe") <= Mailboxes + 1);

            var before = await Lag(node, failing);
            exchange.Conduct = call => new Conduct(TimeSpan.FromMilliseconds(50), call.Operation == "SyncFolderItems" ? new Fault.Http(500)
                : null);
            exchange.Mailbox(failing).Person.Adds(new EventDraft("Dentist", thread.Now.AddDays(1), thread.Now.AddDays(1).AddHours(1)));
            await thread.Delay(TimeSpan.FromMinutes(5));
            Assert.True(await Lag(node, failing) >= 295 + before,
                $"What rang could not be read, and it is {await Lag(node, failing)} s old.");
            Assert.True(await Lag(node, quiet) <= 46, $"The quiet one is {await Lag(node, quiet)} s old.");

            exchange.Conduct = _ => new Conduct(TimeSpan.FromMilliseconds(50));
            await node.Until(async () => await Lag(node, failing) <= 46, TimeSpan.FromHours(1));
        });
    }

    private int subscribed;

    private static async Task<bool> IsPolled(VirtualNode node, int mailbox) =>
        (await node.Send(new GetStaffLink(VirtualNode.Staff(mailbox)))).Value.Notifications.Mode is NotificationMode.Polling;

    private async Task<double> Lag(VirtualNode node, int mailbox) =>
        (await node.Send(new GetStaffCalendar(VirtualNode.Staff(mailbox), thread.Now, thread.Now.AddDays(1)))).Value.LagSeconds!.Value;
}
