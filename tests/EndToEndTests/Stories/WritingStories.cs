using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using FreeBusy = CleanSync.ExchangeSimulator.Mailboxes.FreeBusy;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The outbox: what is written when, and what happens when Exchange's answer is lost, late or a refusal.</summary>
public sealed class WritingStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host = new CleanSyncHost().With("Sync:FirstPause", "00:00:00.1");
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;
    private Guid integration;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        api = host.Client(ct);
        integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_created_in_a_mailbox_before_its_first_full_pass_has_committed()
    {
        await api.Book(Tomorrow.AddHours(9), 1, "anna");
        exchange.Exchange.Faults.Next(new Fault.Http(500), "FindItem");
        await api.Link(integration, "anna");
        await Eventually.Until("the first try has failed", () => exchange.Exchange.Requests.Calls.Any(c => c.HttpStatus == 500), ct);
        Assert.Equal(0, exchange.Exchange.Requests.Count("CreateItem"));
        await api.Sync("anna");
        await Eventually.Until("the copy is there", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        var calls = exchange.Exchange.Requests.Calls.Select(c => c.Operation).ToList();
        Assert.True(calls.LastIndexOf("FindItem") < calls.IndexOf("CreateItem"), string.Join(' ', calls));
    }

    [Fact]
    public async Task An_update_whose_answer_was_lost_is_recognised_as_stored_and_not_taken_for_a_conflict()
    {
        var booked = await Written();
        exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), "UpdateItem");
        await api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), exchange.Mailbox("anna").Calendar.Single().Fields.Start);
        Assert.Empty((await api.Ok(HttpMethod.Get, "staff/anna/conflicts"))["conflicts"]!.AsArray());
    }

    [Fact]
    public async Task A_stale_change_key_is_read_merged_and_written_again()
    {
        var booked = await Written();
        exchange.Exchange.Faults.Next(new Fault.StaleChangeKey(), "UpdateItem", times: 2);
        await api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), exchange.Mailbox("anna").Calendar.Single().Fields.Start);
    }

    [Fact]
    public async Task An_update_that_keeps_conflicting_waits_after_three_tries()
    {
        var booked = await Written();
        exchange.Exchange.Requests.Clear();
        exchange.Exchange.Faults.Next(new Fault.StaleChangeKey(), "UpdateItem", times: 100);
        await api.Move(booked, Tomorrow.AddHours(15));
        await Eventually.Until("it has given up for now", async () => await State(booked) == "Failed", ct);
        Assert.InRange(exchange.Exchange.Requests.Count("UpdateItem"), 3, 4);
        exchange.Exchange.Faults.Clear();
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), exchange.Mailbox("anna").Calendar.Single().Fields.Start);
    }

    [Fact]
    public async Task A_conflict_that_both_sides_made_is_won_by_the_booking_product_and_can_be_read()
    {
        var booked = await Written();
        exchange.Outlook("anna").Moves(exchange.Mailbox("anna").Calendar.Single().ItemId, Tomorrow.AddHours(20));
        await api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), exchange.Mailbox("anna").Calendar.Single().Fields.Start);
        var conflict = (await api.Ok(HttpMethod.Get, "staff/anna/conflicts"))["conflicts"]!.AsArray().Single()!;
        Assert.Equal(Tomorrow.AddHours(20), conflict["lostStart"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_copy_whose_item_is_nowhere_waits_for_the_next_pass_and_says_so()
    {
        var booked = await Written();
        exchange.Outlook("anna").HardDeletes(exchange.Mailbox("anna").Calendar.Single().ItemId);
        await api.Move(booked, Tomorrow.AddHours(15));
        await Eventually.Until("the copy waits", async () => await State(booked) == "Failed", ct);
        Assert.Equal("item-moved-or-changed", Copy(await api.Appointment(booked), "anna")["exchangeCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deleting_what_is_gone_is_done()
    {
        var booked = await Written();
        exchange.Outlook("anna").HardDeletes(exchange.Mailbox("anna").Calendar.Single().ItemId);
        await api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", ct);
        Assert.Equal(0, exchange.Exchange.Requests.Count("DeleteItem"));
    }

    [Fact]
    public async Task An_item_is_read_before_it_is_deleted_and_its_owner_can_restore_it()
    {
        var booked = await Written();
        exchange.Exchange.Requests.Clear();
        await api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", ct);
        Assert.Equal(["GetItem", "DeleteItem"], exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Single(exchange.Mailbox("anna").DeletedItems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_item_of_somebody_else_is_never_deleted_even_if_a_row_names_it(bool carriesAnotherCopysTag)
    {
        var booked = await Written();
        var other = carriesAnotherCopysTag
            ? await Another()
            : exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(11), Tomorrow.AddHours(12)));
        var copy = Assert.Single(await host.Services.GetRequiredService<ISyncedEventRepository>().CopiesOf([booked], ct));
        Assert.True(
            await host.Services.GetRequiredService<ISyncStore>().Commit(new ChangeSet { Keep = [copy with { ItemId = other }] }, ct));
        exchange.Exchange.Requests.Clear();
        await api.Cancel(booked);
        await Eventually.Until("the copy counts as gone", async () => await State(booked) == "Gone", ct);
        Assert.Equal(["GetItem"], exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Contains(other, exchange.Mailbox("anna").Calendar.Select(e => e.ItemId));
    }

    [Fact]
    public async Task What_the_booking_product_cancelled_and_a_person_restores_is_removed_again_with_a_warning()
    {
        var booked = await Written();
        await api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", ct);
        exchange.Outlook("anna").Restores(exchange.Mailbox("anna").DeletedItems.Single().ItemId);
        await api.Sync("anna");
        await Eventually.Until("it is removed again", () => exchange.Mailbox("anna").Calendar.Count == 0, ct);
        Assert.Equal("Cancelled", (await api.Appointment(booked))["status"]!.GetValue<string>());
        Assert.Contains(
            "restored-copy-removed", (await api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
    }

    /// <summary>
    /// Deleted in Outlook and moved by the booking product, the copy was written a second time; then its owner swaps the two in Deleted
    /// Items.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_appointment_leaves_with_every_item_that_was_written_for_it_whichever_its_owner_restores(
        bool restoresBothBefore)
    {
        var (booked, anna) = (await Written(), exchange.Outlook("anna"));
        var first = anna.Deletes(exchange.Mailbox("anna").Calendar.Single().ItemId);
        await api.Move(booked, Tomorrow.AddHours(15), 1);
        await Eventually.Until("it is written anew", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await Eventually.Until("that is noted", async () => await State(booked) == "Written", ct);
        var second = anna.Deletes(exchange.Mailbox("anna").Calendar.Single().ItemId);
        anna.Restores(first);
        if (restoresBothBefore) anna.Restores(second);
        await api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", ct);
        if (!restoresBothBefore) anna.Restores(second);
        await api.Sync("anna");
        await Eventually.Until("nothing of it is left", () => exchange.Mailbox("anna").Calendar.Count == 0, ct);
    }

    [Fact]
    public async Task A_copy_says_what_was_booked_has_the_integrations_reminder_and_no_attendees()
    {
        await Written();
        var fields = exchange.Mailbox("anna").Calendar.Single().Fields;
        Assert.Equal(
            ("Haircut", "Branch 1", true, 15, FreeBusy.Busy),
            (fields.Subject, fields.Location, fields.ReminderIsSet, fields.ReminderMinutesBeforeStart, fields.FreeBusy));
        foreach (var detail in new[] { "First visit", "Client Example", "+49 30 1234", "client@example.org" })
        {
            Assert.Contains(detail, fields.Body, StringComparison.Ordinal);
        }
        Assert.False(fields.IsMeeting);
    }

    [Fact]
    public async Task One_mailbox_that_fails_does_not_hold_the_others()
    {
        exchange.Exchange.Organisation.AddMailbox(Organisation.Address("bert"));
        foreach (var staff in new[] { "anna", "bert" }) await api.Link(integration, staff);
        foreach (var staff in new[] { "anna", "bert" }) await api.Sync(staff);
        exchange.Exchange.Faults.Next(new Fault.Response("ErrorQuotaExceeded"), "CreateItem", Organisation.Address("anna"), times: 50);
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna", "bert");
        await Eventually.Until("bert has it", () => exchange.Mailbox("bert").Calendar.Count == 1, ct);
        await Eventually.Until(
            "anna's receipt says why not",
            async () => Copy(await api.Appointment(booked), "anna")["exchangeCode"]?.GetValue<string>() == "ErrorQuotaExceeded",
            ct);
    }

    private async Task<Guid> Written()
    {
        await api.Link(integration, "anna");
        await api.Sync("anna");
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the copy is written", async () => await State(booked) == "Written", ct);
        return booked;
    }

    /// <summary>The item of another appointment of hers, whose row has since lost it.</summary>
    private async Task<string> Another()
    {
        var booked = await api.Book(Tomorrow.AddHours(11), 1, "anna");
        await Eventually.Until("the other copy is written", async () => await State(booked) == "Written", ct);
        var copy = Assert.Single(await host.Services.GetRequiredService<ISyncedEventRepository>().CopiesOf([booked], ct));
        Assert.True(
            await host.Services.GetRequiredService<ISyncStore>().Commit(new ChangeSet { Keep = [copy with { ItemId = null }] }, ct));
        return copy.ItemId!;
    }

    private Task Settled(Guid booked) => Eventually.Until("the copy is confirmed", async () =>
    {
        await api.TrySync("anna");
        return await State(booked) == "Confirmed";
    }, ct);

    private async Task<string> State(Guid booked) => Copy(await api.Appointment(booked), "anna")["state"]!.GetValue<string>();

    private static System.Text.Json.Nodes.JsonNode Copy(System.Text.Json.Nodes.JsonNode appointment, string staff) =>
        appointment["copies"]!.AsArray().Single(c => c!["staffId"]!.GetValue<string>() == staff)!;
}
