using System.Text;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Titles that may not be shown are planted, and then searched for in every byte that CleanSync wrote or said.</summary>
public sealed class PrivacyStories
{
    private const string Open = "Planted-open-title-4711";
    private const string Hidden = "Planted-private-title-0815";
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_toggle_off_no_title_of_an_Exchange_event_reaches_the_database_the_logs_or_an_answer()
    {
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await Synced(api, exchange, titles: false);
        Assert.Equal(["Busy", "Busy"], (await Entries(api)).Select(e => e["title"]!.GetValue<string>()));
        NowhereIn(host, api, Open);
        NowhereIn(host, api, Hidden);
    }

    [Fact]
    public async Task A_private_title_is_nowhere_even_with_the_toggle_on()
    {
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await Synced(api, exchange, titles: true);
        Assert.Equal(["Busy", Open], (await Entries(api)).Select(e => e["title"]!.GetValue<string>()).Order());
        NowhereIn(host, api, Hidden);
    }

    [Fact]
    public async Task Turning_the_toggle_off_removes_stored_titles_from_the_file_and_turning_it_on_reads_them_again()
    {
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await Synced(api, exchange, titles: true);
        Assert.Contains(Open, InFiles(host), StringComparison.Ordinal);

        await api.ShowTitles(integration, exchange.Exchange.EwsUrl, false);
        Assert.DoesNotContain(Open, InFiles(host), StringComparison.Ordinal);
        Assert.Equal(["Busy", "Busy"], (await Entries(api)).Select(e => e["title"]!.GetValue<string>()));

        await api.ShowTitles(integration, exchange.Exchange.EwsUrl, true);
        await api.Sync("anna");
        Assert.Equal(["Busy", Open], (await Entries(api)).Select(e => e["title"]!.GetValue<string>()).Order());
        NowhereIn(host, api, Hidden);
    }

    [Fact]
    public async Task An_event_made_private_loses_its_title_everywhere_in_the_calendar()
    {
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await Synced(api, exchange, titles: true);
        var item = exchange.Mailbox("anna").View(Tomorrow, Tomorrow.AddDays(1)).Single(e => e.Fields.Subject == Open).ItemId;
        exchange.Outlook("anna").MakesPrivate(item);
        await api.Sync("anna");
        Assert.Equal(["Busy", "Busy"], (await Entries(api)).Select(e => e["title"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_password_is_in_no_file_no_log_and_no_answer()
    {
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await Synced(api, exchange, titles: true);
        await api.TryAuthorize(await api.Connect(exchange.Exchange.EwsUrl, password: "Wrong-Password-9", scheme: "Basic"));
        NowhereIn(host, api, Organisation.Password);
        NowhereIn(host, api, "Wrong-Password-9");
    }

    [Fact]
    public async Task The_database_files_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return; // no mode bits there; the folder's access list holds
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        await Synced(host.Client(ct), exchange, titles: true);
        foreach (var (file, _) in host.Data.Files())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Client_details_reach_no_log()
    {
        await using var exchange = await Planted();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await Synced(api, exchange, titles: true);
        await api.Book(Tomorrow.AddHours(15), 1, "anna");
        await api.Sync("anna");
        foreach (var detail in new[] { "Client Example", "client@example.org", "+49 30 1234", "First visit" })
        {
            Assert.DoesNotContain(detail, host.Logs.Text, StringComparison.Ordinal);
        }
    }

    private static async Task<Organisation> Planted()
    {
        var exchange = await Organisation.Start("anna");
        exchange.Outlook("anna").Adds(new EventDraft(Open, Tomorrow.AddHours(9), Tomorrow.AddHours(10)) { Location = Open });
        exchange.Outlook("anna")
            .Adds(new EventDraft(Hidden, Tomorrow.AddHours(11), Tomorrow.AddHours(12))
            {
                Location = Hidden,
                Sensitivity = Sensitivity.Private
            });
        return exchange;
    }

    private static async Task<Guid> Synced(CleanSyncClient api, Organisation exchange, bool titles)
    {
        var integration = await api.Connect(exchange.Exchange.EwsUrl, titles: titles);
        await api.Authorize(integration);
        await api.Link(integration, "anna");
        await api.Sync("anna");
        return integration;
    }

    private static Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Entries(CleanSyncClient api) =>
        api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1));

    private static void NowhereIn(CleanSyncHost host, CleanSyncClient api, string planted)
    {
        Assert.DoesNotContain(planted, InFiles(host), StringComparison.Ordinal);
        Assert.DoesNotContain(planted, host.Logs.Text, StringComparison.Ordinal);
        Assert.All(api.Answers, answer => Assert.DoesNotContain(planted, answer, StringComparison.Ordinal));
    }

    private static string InFiles(CleanSyncHost host) => string.Concat(host.Data.Files().Select(f => Encoding.Latin1.GetString(f.Bytes)));
}
