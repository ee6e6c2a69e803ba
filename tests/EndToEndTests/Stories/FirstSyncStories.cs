using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class FirstSyncStories() : OfficeStory("anna")
{
    private protected override Task Begin() => Task.CompletedTask;

    [Fact]
    public async Task A_mailbox_of_1000_events_in_the_window_and_4000_outside_takes_at_most_15_calls_and_an_idle_pass_one()
    {
        var now = TimeProvider.System.GetUtcNow();
        Fill(Exchange.Outlook("anna"), now.AddDays(2), 1000);
        Fill(Exchange.Outlook("anna"), now.AddYears(-3), 4000);
        await Connect();
        Exchange.Exchange.Requests.Clear();

        await Api.Link(Integration, "anna");
        await Eventually.Until("the first sync is done", async () => (await Api.Staff("anna"))["firstSyncDone"]!.GetValue<bool>(), Ct);
        Assert.InRange(Exchange.Exchange.Requests.CountExcludingHandshake, 1, 15);
        Assert.Equal(1000, (await Api.Staff("anna"))["externalEvents"]!.GetValue<int>());

        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal("SyncFolderItems", Assert.Single(Exchange.Exchange.Requests.Calls).Operation);
    }

    [Fact, OnBothDatabases]
    public async Task More_events_than_one_answer_holds_are_all_read()
    {
        var now = TimeProvider.System.GetUtcNow();
        Fill(Exchange.Outlook("anna"), now.AddDays(2), 2500);
        await Api.Begin(Exchange, "anna");
        Assert.Equal(2500, (await Api.Staff("anna"))["externalEvents"]!.GetValue<int>());
    }

    [Fact, OnBothDatabases]
    public async Task A_refused_cursor_leads_to_a_full_pass_without_loss_or_duplicate()
    {
        var now = TimeProvider.System.GetUtcNow();
        Fill(Exchange.Outlook("anna"), now.AddDays(2), 20);
        await Api.Begin(Exchange, "anna");
        Exchange.Outlook("anna").Adds(new EventDraft("While the cursor was lost", now.AddDays(3), now.AddDays(3).AddHours(1)));
        Exchange.Exchange.Faults.Next(new ExchangeSimulator.Faults.Fault.InvalidSyncState(), "SyncFolderItems");
        await Api.TrySync("anna");
        await Api.Sync("anna");
        Assert.Equal(21, (await Api.Staff("anna"))["externalEvents"]!.GetValue<int>());
    }

    private static void Fill(Person person, DateTimeOffset from, int count)
    {
        for (var i = 0; i < count; i++) person.Adds(new EventDraft($"Event {i}", from.AddHours(i * 2), from.AddHours((i * 2) + 1)));
    }
}
