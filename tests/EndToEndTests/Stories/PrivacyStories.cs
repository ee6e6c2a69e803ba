using System.Text;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Titles that may not be shown are planted, and then searched for in every byte that CleanSync wrote or said.</summary>
public sealed class PrivacyStories() : OfficeStory("anna")
{
    private const string Open = "Planted-open-title-4711";
    private const string Hidden = "Planted-private-title-0815";

    private protected override Task Begin()
    {
        Exchange.Outlook("anna").Adds(new EventDraft(Open, Tomorrow.AddHours(9), Tomorrow.AddHours(10)) { Location = Open });
        Exchange.Outlook("anna")
            .Adds(new EventDraft(Hidden, Tomorrow.AddHours(11), Tomorrow.AddHours(12))
            {
                Location = Hidden,
                Sensitivity = Sensitivity.Private
            });
        return Task.CompletedTask;
    }

    [Fact, SqliteOnly]
    public async Task With_the_toggle_off_no_title_of_an_Exchange_event_reaches_the_database_the_logs_or_an_answer()
    {
        await Synced(titles: false);
        Assert.Equal(["Busy", "Busy"], (await Entries()).Select(e => e["title"]!.GetValue<string>()));
        NowhereIn(Open);
        NowhereIn(Hidden);
    }

    [Fact, SqliteOnly]
    public async Task A_private_title_is_nowhere_even_with_the_toggle_on()
    {
        await Synced(titles: true);
        Assert.Equal(["Busy", Open], (await Entries()).Select(e => e["title"]!.GetValue<string>()).Order());
        NowhereIn(Hidden);
    }

    [Fact, SqliteOnly]
    public async Task Turning_the_toggle_off_removes_stored_titles_from_the_file_and_turning_it_on_reads_them_again()
    {
        await Synced(titles: true);
        Assert.Contains(Open, InFiles(), StringComparison.Ordinal);

        await Api.ShowTitles(Integration, Exchange.Exchange.EwsUrl, false);
        Assert.DoesNotContain(Open, InFiles(), StringComparison.Ordinal);
        Assert.Equal(["Busy", "Busy"], (await Entries()).Select(e => e["title"]!.GetValue<string>()));

        await Api.ShowTitles(Integration, Exchange.Exchange.EwsUrl, true);
        await Api.Sync("anna");
        Assert.Equal(["Busy", Open], (await Entries()).Select(e => e["title"]!.GetValue<string>()).Order());
        NowhereIn(Hidden);
    }

    [Fact]
    public async Task An_event_made_private_loses_its_title_everywhere_in_the_calendar()
    {
        await Synced(titles: true);
        var item = Exchange.Mailbox("anna").View(Tomorrow, Tomorrow.AddDays(1)).Single(e => e.Fields.Subject == Open).ItemId;
        Exchange.Outlook("anna").MakesPrivate(item);
        await Api.Sync("anna");
        Assert.Equal(["Busy", "Busy"], (await Entries()).Select(e => e["title"]!.GetValue<string>()));
    }

    [Fact, SqliteOnly]
    public async Task The_password_is_in_no_file_no_log_and_no_answer()
    {
        await Synced(titles: true);
        await Api.TryAuthorize(await Api.Connect(Exchange.Exchange.EwsUrl, password: "Wrong-Password-9", scheme: "Basic"));
        NowhereIn(Organisation.Password);
        NowhereIn("Wrong-Password-9");
    }

    [Fact, SqliteOnly]
    public async Task The_database_files_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return; // no mode bits there; the folder's access list holds
        await Synced(titles: true);
        foreach (var (file, _) in Host.Data.Files())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Client_details_reach_no_log()
    {
        await Synced(titles: true);
        await Api.Book(Tomorrow.AddHours(15), 1, "anna");
        await Api.Sync("anna");
        foreach (var detail in new[] { "Client Example", "client@example.org", "+49 30 1234", "First visit" })
        {
            Assert.DoesNotContain(detail, Host.Logs.Text, StringComparison.Ordinal);
        }
    }

    private async Task Synced(bool titles)
    {
        Integration = await Api.Connect(Exchange.Exchange.EwsUrl, titles: titles);
        await Api.Authorize(Integration);
        await Api.Link(Integration, "anna");
        await Api.Sync("anna");
    }

    private Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Entries() =>
        Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1));

    private void NowhereIn(string planted)
    {
        Assert.DoesNotContain(planted, InFiles(), StringComparison.Ordinal);
        Assert.DoesNotContain(planted, Host.Logs.Text, StringComparison.Ordinal);
        Assert.All(Api.Answers, answer => Assert.DoesNotContain(planted, answer, StringComparison.Ordinal));
    }

    private string InFiles() => string.Concat(Host.Data.Files().Select(f => Encoding.Latin1.GetString(f.Bytes)));
}
