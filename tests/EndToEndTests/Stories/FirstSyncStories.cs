using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class FirstSyncStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_of_1000_events_in_the_window_and_4000_outside_takes_at_most_15_calls_and_an_idle_pass_one()
    {
        await using var exchange = await Organisation.Start("anna");
        var now = TimeProvider.System.GetUtcNow();
        Fill(exchange.Outlook("anna"), now.AddDays(2), 1000);
        Fill(exchange.Outlook("anna"), now.AddYears(-3), 4000);
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        exchange.Exchange.Requests.Clear();

        await api.Link(integration, "anna");
        await Eventually.Until("the first sync is done", async () => (await api.Staff("anna"))["firstSyncDone"]!.GetValue<bool>(), ct);
        Assert.InRange(exchange.Exchange.Requests.CountExcludingHandshake, 1, 15);
        Assert.Equal(1000, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());

        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal("SyncFolderItems", Assert.Single(exchange.Exchange.Requests.Calls).Operation);
    }

    [Fact]
    public async Task More_events_than_one_answer_holds_are_all_read()
    {
        await using var exchange = await Organisation.Start("anna");
        var now = TimeProvider.System.GetUtcNow();
        Fill(exchange.Outlook("anna"), now.AddDays(2), 2500);
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        await api.Link(integration, "anna");
        await api.Sync("anna");
        Assert.Equal(2500, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_refused_cursor_leads_to_a_full_pass_without_loss_or_duplicate()
    {
        await using var exchange = await Organisation.Start("anna");
        var now = TimeProvider.System.GetUtcNow();
        Fill(exchange.Outlook("anna"), now.AddDays(2), 20);
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        await api.Link(integration, "anna");
        await api.Sync("anna");
        exchange.Outlook("anna").Adds(new EventDraft("While the cursor was lost", now.AddDays(3), now.AddDays(3).AddHours(1)));
        exchange.Exchange.Faults.Next(new ExchangeSimulator.Faults.Fault.InvalidSyncState(), "SyncFolderItems");
        await api.TrySync("anna");
        await api.Sync("anna");
        Assert.Equal(21, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
    }

    private static void Fill(Person person, DateTimeOffset from, int count)
    {
        for (var i = 0; i < count; i++) person.Adds(new EventDraft($"Event {i}", from.AddHours(i * 2), from.AddHours((i * 2) + 1)));
    }
}
