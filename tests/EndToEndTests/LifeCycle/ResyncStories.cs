using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>Reading again from scratch doubles nothing and loses nothing.</summary>
public sealed class ResyncStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_calendars_are_read_again_with_progress_and_both_sides_stay_as_they_were()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, ["anna", "bert"]);
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        await api.Book(Days.Tomorrow.AddHours(14), 1, "anna", "bert");
        await Eventually.Until(
            "both have the appointment",
            () => exchange.Mailbox("anna").Calendar.Count == 2 && exchange.Mailbox("bert").Calendar.Count == 1,
            ct);
        foreach (var member in new[] { "anna", "bert" }) await api.Sync(member);
        var before = await Shown(api);
        var items = Items(exchange);
        Assert.Equal(("No resync was asked for.", 0), Progress(await api.Ok(HttpMethod.Get, $"integrations/{integration}/resync")));

        exchange.Exchange.Requests.Clear();
        var berts = exchange.Exchange.Faults.WithholdNext("SyncFolderItems", Organisation.Address("bert"));
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/resync");
        await Eventually.Until(
            "one calendar is read again",
            async () =>
                Progress(await api.Ok(HttpMethod.Get, $"integrations/{integration}/resync")) == ("1 of 2 calendars are read again.", 1),
            ct);
        berts.Release();
        await Eventually.Until(
            "both are",
            async () =>
                Progress(await api.Ok(HttpMethod.Get, $"integrations/{integration}/resync")) == ("2 of 2 calendars are read again.", 2),
            ct);
        foreach (var member in new[] { "anna", "bert" }) await api.Sync(member);
        Assert.Equal(before, await Shown(api));
        Assert.Equal(items, Items(exchange));
    }

    [Fact]
    public async Task A_resync_asked_for_during_a_pass_is_not_undone_by_it()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await api.Begin(exchange, "anna");
        await api.Sync("anna");
        var page = exchange.Exchange.Faults.WithholdNext("SyncFolderItems");
        var pass = api.TrySync("anna");
        await page.Reached.WaitAsync(ct);
        var asked = await api.Ok(HttpMethod.Post, "staff/anna/resync");
        Assert.False(asked["firstSyncDone"]!.GetValue<bool>());
        exchange.Exchange.Requests.Clear();
        page.Release();
        await pass;
        await Eventually.Until("it is read from scratch", async () => (await api.Staff("anna"))["firstSyncDone"]!.GetValue<bool>(), ct);
        Assert.True(exchange.Exchange.Requests.Count("FindItem") >= 1);
    }

    private static (string, int) Progress(System.Text.Json.Nodes.JsonNode progress) =>
        (progress["summary"]!.GetValue<string>(), progress["readAgain"]!.GetValue<int>());

    private static async Task<List<string>> Shown(CleanSyncClient api) =>
        [.. (await api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(1)))
            .Concat(await api.Calendar("bert", Days.Tomorrow, Days.Tomorrow.AddDays(1)))
            .Select(e => $"{e["id"]} {e["title"]} {e["start"]}")];

    private static List<string> Items(Organisation exchange) =>
        [.. exchange.Mailbox("anna").Calendar.Concat(exchange.Mailbox("bert").Calendar)
            .Select(i => $"{i.ItemId} {i.ChangeKey} {i.Fields.Subject}")];
}
