using System.Net;
using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The admin's list: who syncs, who does not and why, and what can be done about it.</summary>
public sealed class UserAccountsStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(12), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder data = new();
    private CleanSyncHost host = null!;
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;
    private Guid integration;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna", "bert", "carl");
        Start();
        integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_staff_member_without_an_e_mail_address_is_a_warning_that_says_what_to_do()
    {
        await api.Ok(
            HttpMethod.Put,
            "staff/nora/link",
            new { staffName = "Nora", integrationId = integration, mailboxAddress = (string?)null, timeZone = "Europe/Berlin" });
        var listed = Assert.Single((await List("state=Warning"))["links"]!.AsArray())!;
        Assert.Equal(("Nora", "mailbox-address-is-missing"), (Text(listed, "staffName"), Text(listed, "problem")));
        Assert.Contains("Enter it in the link", Text(listed, "reason"), StringComparison.Ordinal);
        await api.Link(integration, "nora", Organisation.Address("anna"));
        await api.Sync("nora");
        Assert.Equal("Syncing", Text(await api.Staff("nora"), "state"));
    }

    [Fact]
    public async Task One_check_that_was_asked_for_finds_what_an_admin_has_mended()
    {
        await api.Link(integration, "nora");
        Assert.Equal("urn:cleansync:mailbox-not-found", Text((await api.TrySync("nora")).Body!, "type"));
        exchange.Exchange.Organisation.AddMailbox(Organisation.Address("nora"));
        var (status, asked) = await api.Send(HttpMethod.Post, "staff/nora/recheck");
        Assert.Equal((HttpStatusCode.Accepted, true, "Warning"), (status, asked!["pending"]!.GetValue<bool>(), Text(asked, "state")));
        await Eventually.Until(
            "it is checked",
            async () =>
                {
                    await host.Send(new QueueDueCalendars(), ct); return !(await api.Ok(HttpMethod.Get, "staff/nora/recheck"))["pending"]!
                    .GetValue<bool>();
                },
            ct);
        var found = await api.Ok(HttpMethod.Get, "staff/nora/recheck");
        Assert.Equal((false, "Syncing"), (found["pending"]!.GetValue<bool>(), Text(found, "state")));
        Assert.NotNull(found["checkedAt"]);
        Assert.Equal("mailbox-not-found", Text((await api.Staff("nora"))["lastError"]!, "problem"));
    }

    [Fact]
    public async Task The_failed_are_checked_and_the_others_left_alone_and_the_progress_is_shown()
    {
        foreach (var staff in new[] { "anna", "nora", "otto" }) await api.Link(integration, staff);
        await api.Sync("anna");
        foreach (var staff in new[] { "nora", "otto" }) Assert.Equal(HttpStatusCode.Conflict, (await api.TrySync(staff)).Status);
        exchange.Exchange.Organisation.AddMailbox(Organisation.Address("otto"));
        exchange.Exchange.Requests.Clear();
        var (status, asked) = await api.Send(HttpMethod.Post, $"integrations/{integration}/recheck", new { which = "Failed" });
        Assert.Equal(
            (HttpStatusCode.Accepted, 2, 0, 2), (status, Number(asked!, "total"), Number(asked!, "done"), Number(asked!, "remaining")));
        await Eventually.Until(
            "both are checked",
            async () => { await host.Send(new QueueDueCalendars(), ct); return Number(await Progress(), "remaining") == 0; },
            ct);
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
            exchange.Exchange.Requests.Calls, c => c.Operation == "GetFolder" && c.Mailbox == Organisation.Address("anna"));
    }

    [Fact]
    public async Task A_check_of_all_goes_on_after_a_restart()
    {
        await Synced("anna", "bert", "carl");
        Assert.Equal(3, Number(await api.Ok(HttpMethod.Post, $"integrations/{integration}/recheck", new { which = "All" }), "remaining"));
        await host.DisposeAsync();
        Start(); // its first heartbeat comes at once
        await Eventually.Until("all are checked", async () => Number(await Progress(), "remaining") == 0, ct);
        await Eventually.Until("all are read", async () => Number(await Progress(), "syncing") == 3, ct);
        Assert.Equal(3, Number(await Progress(), "done"));
    }

    [Fact]
    public async Task A_refused_password_stops_a_check_of_all_and_is_not_tried_again()
    {
        await Synced("anna", "bert", "carl");
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/recheck", new { which = "All" });
        await host.DisposeAsync();
        exchange.Exchange.Organisation.Account(Organisation.AccountName).Password = "changed";
        exchange.Exchange.Organisation.LockoutAfter = 1; // a definite refusal
        Start(); // its first heartbeat comes at once
        await Eventually.Until(
            "the password is refused",
            async () => Text(await api.Ok(HttpMethod.Get, $"integrations/{integration}"), "status") == "CredentialRefused",
            ct);
        var tried = exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons;
        Assert.InRange(tried, 1, 3); // calls that were in flight together
        await host.Send(new QueueDueCalendars(), ct);
        Assert.Equal(tried, exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
        Assert.Equal(3, Number(await Progress(), "remaining"));
        Assert.Contains("is locked out", Text(await Progress(), "stoppedBecause"), StringComparison.Ordinal);
        Assert.Equal(
            "urn:cleansync:integration-is-not-authorized",
            Text((await api.Send(HttpMethod.Post, $"integrations/{integration}/recheck", new { which = "All" })).Body!, "type"));
        var list = await List("");
        Assert.Equal((0, 3), (Number(list, "syncing"), Number(list, "error")));
    }

    [Fact]
    public async Task With_manual_syncing_a_new_staff_member_starts_switched_off_and_who_syncs_goes_on()
    {
        await api.Link(integration, "anna");
        await api.Sync("anna");
        var before = await api.Ok(HttpMethod.Get, $"integrations/{integration}/manual-syncing");
        Assert.Contains("starts switched off", Text(before, "otherwiseEffect"), StringComparison.Ordinal);
        await Manual(true);
        await api.Link(integration, "bert");
        Assert.Equal(("Off", "Syncing"), (Text(await api.Staff("bert"), "state"), Text(await api.Staff("anna"), "state")));
        Assert.Equal(HttpStatusCode.Conflict, (await api.TrySync("bert")).Status);
        await host.Send(new QueueDueCalendars(), ct);
        Assert.DoesNotContain(exchange.Exchange.Requests.Calls, c => c.Mailbox == Organisation.Address("bert"));

        var off = await Manual(false);
        Assert.Equal((1, 1), (Number(off, "switchedOn"), Number(off, "switchedOff")));
        Assert.Contains("nobody is switched on silently", Text(off, "effect"), StringComparison.Ordinal);
        Assert.Equal("Off", Text(await api.Staff("bert"), "state"));
        await api.Ok(HttpMethod.Put, "staff/bert/link/enabled", new { enabled = true });
        await api.Sync("bert");
        Assert.Equal("Syncing", Text(await api.Staff("bert"), "state"));
        await api.Link(integration, "carl");
        Assert.True((await api.Staff("carl"))["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Passes_that_changed_something_or_failed_are_listed_newest_first_and_idle_ones_are_not()
    {
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Noon, Noon.AddHours(1)));
        await Synced("anna");
        await api.Sync("anna");
        await api.Sync("anna");
        var first = Assert.Single(await Runs());
        Assert.Equal((1, null), (Number(first, "changes"), first["problem"]));
        await api.Link(integration, "anna", Organisation.Address("nobody"));
        Assert.Equal(HttpStatusCode.Conflict, (await api.TrySync("anna")).Status);
        Assert.Equal("mailbox-not-found", Text((await Runs())[0], "problem"));
    }

    private void Start()
    {
        host = new CleanSyncHost(data);
        api = host.Client(ct);
    }

    private async Task<IReadOnlyList<JsonNode>> Runs() =>
        [.. (await api.Ok(HttpMethod.Get, "staff/anna/runs"))["runs"]!.AsArray().Select(r => r!)];

    private async Task Synced(params string[] staff)
    {
        foreach (var member in staff)
        {
            await api.Link(integration, member);
            await api.Sync(member);
        }
    }

    private Task<JsonNode> List(string filter) => api.Ok(HttpMethod.Get, $"staff?{filter}");

    private Task<JsonNode> Progress() => api.Ok(HttpMethod.Get, $"integrations/{integration}/recheck");

    private Task<JsonNode> Manual(bool on) =>
        api.Ok(HttpMethod.Put, $"integrations/{integration}/manual-syncing", new { manualSyncing = on });

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static int Number(JsonNode node, string member) => node[member]!.GetValue<int>();
}
