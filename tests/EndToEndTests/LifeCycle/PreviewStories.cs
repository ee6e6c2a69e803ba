using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>What the first sync will do, told before it is done.</summary>
public sealed class PreviewStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_of_a_draft_says_what_will_happen_and_does_nothing_of_it()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var member in new[] { "anna", "bert", "nobody" }) await api.Link(integration, member);
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        await api.Book(Days.Tomorrow.AddHours(14), 1, "anna", "bert");
        var before = exchange.Snapshot("anna", "bert");

        var preview = await api.Ok(HttpMethod.Post, $"integrations/{integration}/preview");
        var staff = preview["staff"]!.AsArray().ToDictionary(s => s!["staffId"]!.GetValue<string>(), s => s!);
        Assert.Equal((1, 1, 0), Estimate(staff["anna"]));
        Assert.Equal((0, 1, 0), Estimate(staff["bert"]));
        Assert.Equal("mailbox-not-found", staff["nobody"]["problem"]!.GetValue<string>());
        Assert.Equal(before, exchange.Snapshot("anna", "bert"));
        Assert.Empty(await api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddHours(12)));
        var link = await api.Staff("anna");
        Assert.Equal((false, 0), (link["firstSyncDone"]!.GetValue<bool>(), link["externalEvents"]!.GetValue<int>()));
        Assert.Equal("Draft", (await api.Integration(integration))["status"]!.GetValue<string>());

        var report = await api.Authorize(integration);
        Assert.All(
            report["staff"]!.AsArray(),
            s => Assert.Equal(1 - (s!["staffId"]!.GetValue<string>() == "nobody" ? 1 : 0), s["appointmentsToWrite"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_authorization_says_on_request_what_the_first_sync_will_do()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var member in new[] { "anna", "bert", "nobody" }) await api.Link(integration, member);
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        await api.Book(Days.Tomorrow.AddHours(14), 1, "anna", "bert");

        var report = await api.Ok(HttpMethod.Post, $"integrations/{integration}/authorize?estimate=true");
        var staff = report["staff"]!.AsArray().ToDictionary(s => s!["staffId"]!.GetValue<string>(), s => s!);
        Assert.Equal(
            ("Active", (1, 1, 0), (0, 1, 0)),
            (report["integration"]!["status"]!.GetValue<string>(), Estimate(staff["anna"]), Estimate(staff["bert"])));
        Assert.Equal(("mailbox-not-found", null), (staff["nobody"]["problem"]!.GetValue<string>(), staff["nobody"]["firstSync"]));
        await api.Sync("anna");
        Assert.All((await api.Authorize(integration))["staff"]!.AsArray(), s => Assert.Null(s!["firstSync"]));
    }

    private static (int, int, int) Estimate(System.Text.Json.Nodes.JsonNode staff)
    {
        var first = staff["firstSync"]!;
        return (
            first["eventsToAppear"]!.GetValue<int>(),
            first["appointmentsToWrite"]!.GetValue<int>(),
            first["copiesToAdopt"]!.GetValue<int>());
    }
}
