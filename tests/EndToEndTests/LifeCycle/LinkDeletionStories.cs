using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>
/// A staff member leaves: their link is deleted, and what was written into their calendar stays or goes, as the admin says.
/// </summary>
public sealed class LinkDeletionStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_asks_what_becomes_of_the_copies_and_kept_they_stay_and_nothing_else_of_the_link_does()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        var booked = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("anna has it", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        var before = exchange.Snapshot("anna");

        var (status, refused) = await api.Send(HttpMethod.Delete, "staff/anna/link");
        Assert.Equal(
            (HttpStatusCode.BadRequest, true),
            (status, refused!["errors"]!["copies"]![0]!.GetValue<string>().Contains("Keep or Remove", StringComparison.Ordinal)));
        foreach (var choice in new[] { "Burn", "7" })
        {
            (status, refused) = await api.Send(HttpMethod.Delete, $"staff/anna/link?copies={choice}");
            Assert.Equal(
                (HttpStatusCode.BadRequest, true),
                (status, refused!["errors"]!["copies"]![0]!.GetValue<string>().Contains("Keep or Remove", StringComparison.Ordinal)));
        }

        Assert.Equal(HttpStatusCode.PreconditionFailed, await Delete(host, "anna", "Keep", "\"999\""));
        Assert.Equal(HttpStatusCode.OK, await Delete(host, "anna", "Keep", $"\"{(await api.Staff("anna"))["version"]!.GetValue<int>()}\""));

        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Get, "staff/anna")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Delete, "staff/anna/link?copies=Keep")).Status);
        Assert.Equal(before, exchange.Snapshot("anna"));
        var kept = await api.Appointment(booked);
        Assert.Equal(
            ("Booked", "NotLinked"),
            (kept["status"]!.GetValue<string>(), Assert.Single(kept["copies"]!.AsArray())!["state"]!.GetValue<string>()));
        var done = (await api.AuditLog()).First(
            e => e["action"]!.GetValue<string>() == "DeleteStaffLink" && e["outcome"]!.GetValue<string>() == "Done");
        Assert.Equal(
            ("staff/anna", "copies: Keep", null), (done["subject"]!.GetValue<string>(), done["note"]!.GetValue<string>(), done["after"]));

        await api.Link(integration, "bert", Organisation.Address("anna")); // the mailbox is free for another
        await api.Link(integration, "anna", Organisation.Address("bert"));
        await api.Sync("anna");
        Assert.Single(exchange.Mailbox("bert").Calendar);
    }

    [Fact]
    public async Task A_link_whose_mailbox_never_was_opened_goes_at_once_with_its_copies_removed()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna");
        await api.Link(integration, "nora", Organisation.Address("mistyped"));
        await api.Book(Days.Tomorrow.AddHours(9), 1, "nora");
        Assert.Equal(HttpStatusCode.Conflict, (await api.TrySync("nora")).Status);
        var gone = await api.Ok(HttpMethod.Delete, "staff/nora/link?copies=Remove");
        Assert.Equal((true, 0), (gone["deleted"]!.GetValue<bool>(), gone["copiesToRemove"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Get, "staff/nora")).Status);
    }

    [Fact]
    public async Task While_Exchange_cannot_be_written_the_link_waits_its_receipts_say_so_and_keeping_the_rest_ends_it()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.2");
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, ["anna", "bert"]);
        var booked = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna", "bert");
        await Eventually.Until(
            "both have it", () => exchange.Mailbox("anna").Calendar.Count == 1 && exchange.Mailbox("bert").Calendar.Count == 1, ct);
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "maintenance" });

        var asked = await api.Ok(HttpMethod.Delete, "staff/anna/link?copies=Remove");
        Assert.Equal((false, 1), (asked["deleted"]!.GetValue<bool>(), asked["copiesToRemove"]!.GetValue<int>()));
        var link = await api.Staff("anna");
        Assert.Equal(
            ("Off", "link-is-being-deleted", 1), (Text(link, "state"), Text(link, "problem"), link["formerCopies"]!.GetValue<int>()));
        Assert.NotNull(link["deletionAskedAt"]);
        var receipt = (await api.Appointment(booked))["copies"]!.AsArray().Single(c => Text(c!, "staffId") == "anna")!;
        Assert.Equal(
            ("Withdrawing", true), (Text(receipt, "state"), Text(receipt, "reason").Contains("being deleted", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Conflict, (await api.Send(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = true })).Status);
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await api.Send(HttpMethod.Put, "staff/anna/link",
                new { staffName = "A", integrationId = integration, timeZone = "UTC" })).Status);

        await api.Move(booked, Days.Tomorrow.AddHours(11));
        Assert.True((await api.Ok(HttpMethod.Delete, "staff/anna/link?copies=Keep"))["deleted"]!.GetValue<bool>());
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/resume");
        await Eventually.Until(
            "bert's copy has moved", () => exchange.Mailbox("bert").Calendar.Single().Fields.Start == Days.Tomorrow.AddHours(11), ct);
        Assert.Equal(Days.Tomorrow.AddHours(9), exchange.Mailbox("anna").Calendar.Single().Fields.Start);
        Assert.Equal(2, (await api.Appointment(booked))["staffIds"]!.AsArray().Count);
    }

    [Fact, Long]
    public async Task Killed_twice_half_way_with_a_create_under_way_the_copies_leave_Exchange_and_the_link_goes_last()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        var staffMade = exchange.Snapshot("anna");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        var api = await process.Start();
        var integration = await api.Begin(exchange, ["anna", "bert"]);
        var booked = new List<Guid>();
        foreach (var hour in new[] { 9, 10, 11 }) booked.Add(await api.Book(Days.Tomorrow.AddHours(hour), 1, "anna", "bert"));
        await Eventually.Until(
            "all are in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 4 && exchange.Mailbox("bert").Calendar.Count == 3, ct);

        var create = exchange.Exchange.Faults.WithholdNext("CreateItem");
        booked.Add(await api.Book(Days.Tomorrow.AddHours(14), 1, "anna"));
        await create.Reached.WaitAsync(ct);
        Assert.False((await api.Ok(HttpMethod.Delete, "staff/anna/link?copies=Remove"))["deleted"]!.GetValue<bool>());
        await process.Kill();
        create.Release();
        var delete = exchange.Exchange.Faults.WithholdNext("DeleteItem", after: 1);
        process.Launch();
        await process.KillAt(delete);

        await process.Start();
        await Eventually.Until(
            "the link is gone", async () => (await api.Send(HttpMethod.Get, "staff/anna")).Status is HttpStatusCode.NotFound, ct);
        Assert.Equal(staffMade, exchange.Snapshot("anna"));
        Assert.Equal(3, exchange.Mailbox("bert").Calendar.Count);
        foreach (var appointment in booked) Assert.Equal("Booked", Text(await api.Appointment(appointment), "status"));
        Assert.Equal("Syncing", Text(await api.Staff("bert"), "state"));
    }

    private async Task<HttpStatusCode> Delete(CleanSyncHost host, string staff, string copies, string ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/staff/{staff}/link?copies={copies}");
        request.Headers.Add("X-Api-Key", TestKeys.Admin);
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return (await host.CreateClient().SendAsync(request, ct)).StatusCode;
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
