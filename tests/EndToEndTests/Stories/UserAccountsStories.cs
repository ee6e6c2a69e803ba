using System.Net;
using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The admin's list: who syncs, who does not and why, and what can be done about it.</summary>
public sealed class UserAccountsStories : OfficeStory
{
    private static readonly DateTimeOffset Noon = Tomorrow.AddHours(12);
    private readonly TemporaryFolder data = new();
    private CleanSyncHost host;

    public UserAccountsStories()
        : base("anna", "bert", "carl") => host = new CleanSyncHost(data);

    private protected override CleanSyncHost Host => host;

    private protected override Task Begin() => Connect();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_staff_member_without_an_e_mail_address_is_a_warning_that_says_what_to_do()
    {
        await Api.Ok(
            HttpMethod.Put,
            "staff/nora/link",
            new { staffName = "Nora", integrationId = Integration, mailboxAddress = (string?)null, timeZone = "Europe/Berlin" });
        var listed = Assert.Single((await List("state=Warning"))["links"]!.AsArray())!;
        Assert.Equal(("Nora", "mailbox-address-is-missing"), (Text(listed, "staffName"), Text(listed, "problem")));
        Assert.Contains("Enter it in the link", Text(listed, "reason"), StringComparison.Ordinal);
        await Api.Link(Integration, "nora", Organisation.Address("anna"));
        await Api.Sync("nora");
        Assert.Equal("Syncing", Text(await Api.Staff("nora"), "state"));
    }

    [Fact]
    public async Task One_check_that_was_asked_for_finds_what_an_admin_has_mended()
    {
        await Api.Link(Integration, "nora");
        await Host.Send(new QueueDueCalendars(), Ct); // the pass that the new link asked for does not come later
        Assert.Equal("urn:cleansync:mailbox-not-found", Text((await Api.TrySync("nora")).Body!, "type"));
        Exchange.Exchange.Organisation.AddMailbox(Organisation.Address("nora"));
        var (status, asked) = await Api.Send(HttpMethod.Post, "staff/nora/recheck");
        Assert.Equal((HttpStatusCode.Accepted, true, "Warning"), (status, asked!["pending"]!.GetValue<bool>(), Text(asked, "state")));
        await Eventually.Until(
            "it is checked",
            async () =>
                {
                    await Host.Send(new QueueDueCalendars(), Ct); return !(await Api.Ok(HttpMethod.Get, "staff/nora/recheck"))["pending"]!
                    .GetValue<bool>();
                },
            Ct);
        var found = await Api.Ok(HttpMethod.Get, "staff/nora/recheck");
        Assert.Equal((false, "Syncing"), (found["pending"]!.GetValue<bool>(), Text(found, "state")));
        Assert.NotNull(found["checkedAt"]);
        Assert.Equal("mailbox-not-found", Text((await Api.Staff("nora"))["lastError"]!, "problem"));
    }

    [Fact]
    public async Task The_failed_are_checked_and_the_others_left_alone_and_the_progress_is_shown()
    {
        foreach (var staff in new[] { "anna", "nora", "otto" }) await Api.Link(Integration, staff);
        await Api.Sync("anna");
        foreach (var staff in new[] { "nora", "otto" }) Assert.Equal(HttpStatusCode.Conflict, (await Api.TrySync(staff)).Status);
        Exchange.Exchange.Organisation.AddMailbox(Organisation.Address("otto"));
        Exchange.Exchange.Requests.Clear();
        var (status, asked) = await Api.Send(HttpMethod.Post, $"integrations/{Integration}/recheck", new { which = "Failed" });
        Assert.Equal(
            (HttpStatusCode.Accepted, 2, 0, 2), (status, Number(asked!, "total"), Number(asked!, "done"), Number(asked!, "remaining")));
        await Eventually.Until(
            "both are checked",
            async () => { await Host.Send(new QueueDueCalendars(), Ct); return Number(await Progress(), "remaining") == 0; },
            Ct);
        var progress = await Progress();
        Assert.Equal(
            (2, 2, 0, 1, 1, 0),
            (
                Number(progress, "total"),
                Number(progress, "done"),
                Number(progress, "remaining"),
                Number(progress, "syncing"),
                Number(progress, "warning"),
                Number(progress, "error")));
        Assert.DoesNotContain(
            Exchange.Exchange.Requests.Calls, c => c.Operation == "GetFolder" && c.Mailbox == Organisation.Address("anna"));
    }

    [Fact]
    public async Task A_check_of_all_goes_on_after_a_restart()
    {
        await Synced("anna", "bert", "carl");
        Assert.Equal(3, Number(await Api.Ok(HttpMethod.Post, $"integrations/{Integration}/recheck", new { which = "All" }), "remaining"));
        await Host.DisposeAsync();
        Start(); // its first heartbeat comes at once
        await Eventually.Until("all are checked", async () => Number(await Progress(), "remaining") == 0, Ct);
        await Eventually.Until("all are read", async () => Number(await Progress(), "syncing") == 3, Ct);
        Assert.Equal(3, Number(await Progress(), "done"));
    }

    [Fact]
    public async Task A_refused_password_stops_a_check_of_all_and_is_not_tried_again()
    {
        await Synced("anna", "bert", "carl");
        await Api.Ok(HttpMethod.Post, $"integrations/{Integration}/recheck", new { which = "All" });
        await Host.DisposeAsync();
        Exchange.Exchange.Organisation.Account(Organisation.AccountName).Password = "changed";
        Exchange.Exchange.Organisation.LockoutAfter = 1; // a definite refusal
        Start(); // its first heartbeat comes at once
        await Eventually.Until(
            "the password is refused",
            async () => Text(await Api.Ok(HttpMethod.Get, $"integrations/{Integration}"), "status") == "CredentialRefused",
            Ct);
        var tried = Exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons;
        Assert.InRange(tried, 1, 3); // calls that were in flight together
        await Host.Send(new QueueDueCalendars(), Ct);
        Assert.Equal(tried, Exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
        Assert.Equal(3, Number(await Progress(), "remaining"));
        Assert.Contains("is locked out", Text(await Progress(), "stoppedBecause"), StringComparison.Ordinal);
        Assert.Equal(
            "urn:cleansync:integration-is-not-authorized",
            Text((await Api.Send(HttpMethod.Post, $"integrations/{Integration}/recheck", new { which = "All" })).Body!, "type"));
        var list = await List("");
        Assert.Equal((0, 3), (Number(list, "syncing"), Number(list, "error")));
    }

    [Fact]
    public async Task With_manual_syncing_a_new_staff_member_starts_switched_off_and_who_syncs_goes_on()
    {
        await Api.Link(Integration, "anna");
        await Api.Sync("anna");
        var before = await Api.Ok(HttpMethod.Get, $"integrations/{Integration}/manual-syncing");
        Assert.Contains("starts switched off", Text(before, "otherwiseEffect"), StringComparison.Ordinal);
        await Manual(true);
        await Api.Link(Integration, "bert");
        Assert.Equal(("Off", "Syncing"), (Text(await Api.Staff("bert"), "state"), Text(await Api.Staff("anna"), "state")));
        Assert.Equal(HttpStatusCode.Conflict, (await Api.TrySync("bert")).Status);
        await Host.Send(new QueueDueCalendars(), Ct);
        Assert.DoesNotContain(Exchange.Exchange.Requests.Calls, c => c.Mailbox == Organisation.Address("bert"));

        var off = await Manual(false);
        Assert.Equal((1, 1), (Number(off, "switchedOn"), Number(off, "switchedOff")));
        Assert.Contains("nobody is switched on silently", Text(off, "effect"), StringComparison.Ordinal);
        Assert.Equal("Off", Text(await Api.Staff("bert"), "state"));
        await Api.Ok(HttpMethod.Put, "staff/bert/link/enabled", new { enabled = true });
        await Api.Sync("bert");
        Assert.Equal("Syncing", Text(await Api.Staff("bert"), "state"));
        await Api.Link(Integration, "carl");
        Assert.True((await Api.Staff("carl"))["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Passes_that_changed_something_or_failed_are_listed_newest_first_and_idle_ones_are_not()
    {
        Exchange.Outlook("anna").Adds(new EventDraft("Dentist", Noon, Noon.AddHours(1)));
        await Synced("anna");
        await Api.Sync("anna");
        await Api.Sync("anna");
        var first = Assert.Single(await Runs());
        Assert.Equal((1, null), (Number(first, "changes"), first["problem"]));
        await Api.Link(Integration, "anna", Organisation.Address("nobody"));
        Assert.Equal(HttpStatusCode.Conflict, (await Api.TrySync("anna")).Status);
        Assert.Equal("mailbox-not-found", Text((await Runs())[0], "problem"));
    }

    private void Start()
    {
        host = new CleanSyncHost(data);
        Api = host.Client(Ct);
    }

    private async Task<IReadOnlyList<JsonNode>> Runs() =>
        [.. (await Api.Ok(HttpMethod.Get, "staff/anna/runs"))["runs"]!.AsArray().Select(r => r!)];

    private async Task Synced(params string[] staff)
    {
        foreach (var member in staff)
        {
            await Api.Link(Integration, member);
            await Api.Sync(member);
        }
    }

    private Task<JsonNode> List(string filter) => Api.Ok(HttpMethod.Get, $"staff?{filter}");

    private Task<JsonNode> Progress() => Api.Ok(HttpMethod.Get, $"integrations/{Integration}/recheck");

    private Task<JsonNode> Manual(bool on) =>
        Api.Ok(HttpMethod.Put, $"integrations/{Integration}/manual-syncing", new { manualSyncing = on });

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static int Number(JsonNode node, string member) => node[member]!.GetValue<int>();
}
