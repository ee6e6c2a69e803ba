using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What cannot be written now waits, costs nothing meanwhile, and its receipt says what it waits for.</summary>
public sealed class WaitingStories : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    // No pass begins by itself while a test counts them.
    private readonly CleanSyncHost host = new CleanSyncHost()
        .With("Scheduling:SyncHeartbeat", "01:00:00").With("Sync:FirstPause", "00:10:00");
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;
    private Guid integration;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        api = host.Client(ct);
        integration = await api.Begin(exchange, "anna");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task The_push_sweep_leaves_a_mailbox_that_does_not_exist_alone_and_the_receipts_say_why()
    {
        await api.Link(integration, "nora");
        await api.TrySync("nora");
        await api.TrySync("nora");
        await Eventually.Until("it was also tried when it was linked", async () => (await Link("nora")).Failures == 3, ct);
        var booked = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna", "nora", "zoe");
        await Eventually.Until("it was tried when it was booked", async () => (await Link("nora")).Failures == 4, ct);

        exchange.Exchange.Requests.Clear();
        for (var round = 0; round < 20; round++) await host.Send(new QueueDuePushes(), ct);
        await api.Book(Days.Tomorrow.AddHours(11), 1, "anna");
        await Eventually.Until("what was announced later has arrived", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        Assert.DoesNotContain(exchange.Exchange.Requests.Calls, c => c.Mailbox == Organisation.Address("nora"));

        Assert.Equal(("Queued", "mailbox-not-found"), await Waits(booked, "nora"));
        Assert.True((await Receipt(booked, "nora"))["nextTryAt"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        Assert.Equal(("NotLinked", "staff-member-is-not-linked"), await Waits(booked, "zoe"));
        Assert.Equal(("Written", null), await Waits(booked, "anna"));
    }

    [Fact]
    public async Task A_receipt_names_the_pause_of_its_integration_and_a_link_that_is_switched_off()
    {
        var until = TimeProvider.System.GetUtcNow().AddHours(3);
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "Server maintenance", until });
        var booked = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        Assert.Equal(("Queued", "integration-is-paused"), await Waits(booked, "anna"));
        Assert.Equal(until.ToUnixTimeSeconds(), (await Receipt(booked,
            "anna"))["nextTryAt"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds());
        await api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" });
        Assert.Equal(("Queued", "link-is-disabled"), await Waits(booked, "anna"));
        Assert.Null((await Receipt(booked, "anna"))["nextTryAt"]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_written_all_the_same_at_the_next_try()
    {
        await using var quick = new CleanSyncHost().With("Sync:CallTimeout", "00:00:05").With("Sync:AttemptGrace",
            "00:00:00.1").With("Sync:FirstPause", "00:00:00.1");
        var product = quick.Client(ct);
        await product.Begin(exchange, "anna");
        exchange.Exchange.Faults.Next(new Fault.Response("ErrorInternalServerTransientError"), "CreateItem");
        exchange.Exchange.Faults.Next(new Fault.Http(500), "SyncFolderItems", times: 1000);
        await product.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the first try has failed", () => exchange.Exchange.Requests.Count("CreateItem") == 1, ct);
        await Eventually.Until("it is written", async () =>
            (await product.TrySync("anna")).Body is null | exchange.Mailbox("anna").Calendar.Count == 1, ct);
        Assert.Single(exchange.Mailbox("anna").Calendar);
        Assert.Equal("exchange-is-unreachable", (await product.Staff("anna"))["lastError"]!["problem"]!.GetValue<string>());
    }

    private async Task<JsonNode> Receipt(Guid booked, string staff) =>
        (await api.Appointment(booked))["copies"]!.AsArray().Single(c => c!["staffId"]!.GetValue<string>() == staff)!;

    private async Task<(string State, string? WaitsFor)> Waits(Guid booked, string staff)
    {
        var receipt = await Receipt(booked, staff);
        return (receipt["state"]!.GetValue<string>(), receipt["waitsFor"]?["problem"]?.GetValue<string>());
    }

    private async Task<StaffCalendarLink> Link(string staff) =>
        (await host.Services.GetRequiredService<IStaffCalendarLinkRepository>().FindByStaff(staff, ct))!;
}
