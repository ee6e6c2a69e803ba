using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What cannot be written now waits, costs nothing meanwhile, and its receipt says what it waits for.</summary>
public sealed class WaitingStories() : OfficeStory("anna")
{
    // No pass begins by itself while a test counts them.
    private protected override CleanSyncHost Host { get; } = new CleanSyncHost()
        .With("Scheduling:SyncHeartbeat", "01:00:00").With("Sync:FirstPause", "00:10:00");

    [Fact]
    public async Task The_push_sweep_leaves_a_mailbox_that_does_not_exist_alone_and_the_receipts_say_why()
    {
        await Api.Link(Integration, "nora");
        await Api.TrySync("nora");
        await Api.TrySync("nora");
        await Eventually.Until("it was also tried when it was linked", async () => (await Link("nora")).Failures == 3, Ct);
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna", "nora", "zoe");
        await Eventually.Until("it was tried when it was booked", async () => (await Link("nora")).Failures == 4, Ct);

        Exchange.Exchange.Requests.Clear();
        for (var round = 0; round < 20; round++) await Host.Send(new QueueDuePushes(), Ct);
        await Api.Book(Tomorrow.AddHours(11), 1, "anna");
        await Eventually.Until("what was announced later has arrived", () => Exchange.Mailbox("anna").Calendar.Count == 2, Ct);
        Assert.DoesNotContain(Exchange.Exchange.Requests.Calls, c => c.Mailbox == Organisation.Address("nora"));

        Assert.Equal(("Queued", "mailbox-not-found"), await Waits(booked, "nora"));
        Assert.True((await Receipt(booked, "nora"))["nextTryAt"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        Assert.Equal(("NotLinked", "staff-member-is-not-linked"), await Waits(booked, "zoe"));
        Assert.Equal(("Written", null), await Waits(booked, "anna"));
    }

    [Fact]
    public async Task A_receipt_names_the_pause_of_its_integration_and_a_link_that_is_switched_off()
    {
        var until = TimeProvider.System.GetUtcNow().AddHours(3);
        await Api.Ok(HttpMethod.Post, $"integrations/{Integration}/pause", new { reason = "Server maintenance", until });
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        Assert.Equal(("Queued", "integration-is-paused"), await Waits(booked, "anna"));
        Assert.Equal(until.ToUnixTimeSeconds(), (await Receipt(booked,
            "anna"))["nextTryAt"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds());
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" });
        Assert.Equal(("Queued", "link-is-disabled"), await Waits(booked, "anna"));
        Assert.Null((await Receipt(booked, "anna"))["nextTryAt"]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_written_all_the_same_at_the_next_try()
    {
        await using var quick = new CleanSyncHost().With("Sync:CallTimeout", "00:00:05").With("Sync:AttemptGrace",
            "00:00:00.1").With("Sync:FirstPause", "00:00:00.1");
        var product = quick.Client(Ct);
        await product.Begin(Exchange, "anna");
        Exchange.Exchange.Faults.Next(new Fault.Response("ErrorInternalServerTransientError"), "CreateItem");
        Exchange.Exchange.Faults.Next(new Fault.Http(500), "SyncFolderItems", times: 1000);
        await product.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the first try has failed", () => Exchange.Exchange.Requests.Count("CreateItem") == 1, Ct);
        await Eventually.Until("it is written", async () =>
            (await product.TrySync("anna")).Body is null | Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        Assert.Single(Exchange.Mailbox("anna").Calendar);
        Assert.Equal("exchange-is-unreachable", (await product.Staff("anna"))["lastError"]!["problem"]!.GetValue<string>());
    }

    private async Task<JsonNode> Receipt(Guid booked, string staff) =>
        (await Api.Appointment(booked))["copies"]!.AsArray().Single(c => c!["staffId"]!.GetValue<string>() == staff)!;

    private async Task<(string State, string? WaitsFor)> Waits(Guid booked, string staff)
    {
        var receipt = await Receipt(booked, staff);
        return (receipt["state"]!.GetValue<string>(), receipt["waitsFor"]?["problem"]?.GetValue<string>());
    }

    private async Task<StaffCalendarLink> Link(string staff) =>
        (await Host.Services.GetRequiredService<IStaffCalendarLinkRepository>().FindByStaff(staff, Ct))!;
}
