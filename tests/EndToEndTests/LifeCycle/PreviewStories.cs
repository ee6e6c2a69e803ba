using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>What the first sync will do, told before it is done.</summary>
public sealed class PreviewStories() : OfficeStory("anna", "bert")
{
    private protected override async Task Begin()
    {
        Integration = await Api.Connect(Exchange.Exchange.EwsUrl);
        foreach (var member in new[] { "anna", "bert", "nobody" }) await Api.Link(Integration, member);
        Exchange.Outlook("anna").Adds(new EventDraft("Own", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        await Api.Book(Tomorrow.AddHours(14), 1, "anna", "bert");
    }

    [Fact]
    public async Task A_preview_of_a_draft_says_what_will_happen_and_does_nothing_of_it()
    {
        var before = Exchange.Snapshot("anna", "bert");

        var preview = await Api.Ok(HttpMethod.Post, $"integrations/{Integration}/preview");
        var staff = preview["staff"]!.AsArray().ToDictionary(s => s!["staffId"]!.GetValue<string>(), s => s!);
        Assert.Equal((1, 1, 0), Estimate(staff["anna"]));
        Assert.Equal((0, 1, 0), Estimate(staff["bert"]));
        Assert.Equal("mailbox-not-found", staff["nobody"]["problem"]!.GetValue<string>());
        Assert.Equal(before, Exchange.Snapshot("anna", "bert"));
        Assert.Empty(await Api.Calendar("anna", Tomorrow, Tomorrow.AddHours(12)));
        var link = await Api.Staff("anna");
        Assert.Equal((false, 0), (link["firstSyncDone"]!.GetValue<bool>(), link["externalEvents"]!.GetValue<int>()));
        Assert.Equal("Draft", (await Api.Integration(Integration))["status"]!.GetValue<string>());

        var report = await Api.Authorize(Integration);
        Assert.All(
            report["staff"]!.AsArray(),
            s => Assert.Equal(1 - (s!["staffId"]!.GetValue<string>() == "nobody" ? 1 : 0), s["appointmentsToWrite"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_authorization_says_on_request_what_the_first_sync_will_do()
    {
        var report = await Api.Ok(HttpMethod.Post, $"integrations/{Integration}/authorize?estimate=true");
        var staff = report["staff"]!.AsArray().ToDictionary(s => s!["staffId"]!.GetValue<string>(), s => s!);
        Assert.Equal(
            ("Active", (1, 1, 0), (0, 1, 0)),
            (report["integration"]!["status"]!.GetValue<string>(), Estimate(staff["anna"]), Estimate(staff["bert"])));
        Assert.Equal(("mailbox-not-found", null), (staff["nobody"]["problem"]!.GetValue<string>(), staff["nobody"]["firstSync"]));
        await Api.Sync("anna");
        Assert.All((await Api.Authorize(Integration))["staff"]!.AsArray(), s => Assert.Null(s!["firstSync"]));
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
