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
public sealed class WritingStories() : OfficeStory("anna")
{
    private protected override CleanSyncHost Host { get; } = new CleanSyncHost().With("Sync:FirstPause", "00:00:00.1");

    private protected override Task Begin() => Connect();

    [Fact, OnBothDatabases]
    public async Task Nothing_is_created_in_a_mailbox_before_its_first_full_pass_has_committed()
    {
        await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        Exchange.Exchange.Faults.Next(new Fault.Http(500), "FindItem");
        await Api.Link(Integration, "anna");
        await Eventually.Until("the first try has failed", () => Exchange.Exchange.Requests.Calls.Any(c => c.HttpStatus == 500), Ct);
        Assert.Equal(0, Exchange.Exchange.Requests.Count("CreateItem"));
        await Api.Sync("anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        var calls = Exchange.Exchange.Requests.Calls.Select(c => c.Operation).ToList();
        Assert.True(calls.LastIndexOf("FindItem") < calls.IndexOf("CreateItem"), string.Join(' ', calls));
    }

    [Fact]
    public async Task An_update_whose_answer_was_lost_is_recognised_as_stored_and_not_taken_for_a_conflict()
    {
        var booked = await Written();
        Exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), "UpdateItem");
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("anna").Calendar.Single().Fields.Start);
        Assert.Empty((await Api.Ok(HttpMethod.Get, "staff/anna/conflicts"))["conflicts"]!.AsArray());
    }

    [Fact]
    public async Task A_stale_change_key_is_read_merged_and_written_again()
    {
        var booked = await Written();
        Exchange.Exchange.Faults.Next(new Fault.StaleChangeKey(), "UpdateItem", times: 2);
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("anna").Calendar.Single().Fields.Start);
    }

    [Fact]
    public async Task An_update_that_keeps_conflicting_waits_after_three_tries()
    {
        var booked = await Written();
        Exchange.Exchange.Requests.Clear();
        Exchange.Exchange.Faults.Next(new Fault.StaleChangeKey(), "UpdateItem", times: 100);
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Eventually.Until("it has given up for now", async () => await State(booked) == "Failed", Ct);
        Assert.InRange(Exchange.Exchange.Requests.Count("UpdateItem"), 3, 4);
        Exchange.Exchange.Faults.Clear();
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("anna").Calendar.Single().Fields.Start);
    }

    [Fact]
    public async Task A_conflict_that_both_sides_made_is_won_by_the_booking_product_and_can_be_read()
    {
        var booked = await Written();
        Exchange.Outlook("anna").Moves(Exchange.Mailbox("anna").Calendar.Single().ItemId, Tomorrow.AddHours(20));
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("anna").Calendar.Single().Fields.Start);
        var conflict = (await Api.Ok(HttpMethod.Get, "staff/anna/conflicts"))["conflicts"]!.AsArray().Single()!;
        Assert.Equal(Tomorrow.AddHours(20), conflict["lostStart"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_copy_whose_item_is_nowhere_waits_for_the_next_pass_and_says_so()
    {
        var booked = await Written();
        Exchange.Outlook("anna").HardDeletes(Exchange.Mailbox("anna").Calendar.Single().ItemId);
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Eventually.Until("the copy waits", async () => await State(booked) == "Failed", Ct);
        Assert.Equal("item-moved-or-changed", Copy(await Api.Appointment(booked), "anna")["exchangeCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deleting_what_is_gone_is_done()
    {
        var booked = await Written();
        Exchange.Outlook("anna").HardDeletes(Exchange.Mailbox("anna").Calendar.Single().ItemId);
        await Api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", Ct);
        Assert.Equal(0, Exchange.Exchange.Requests.Count("DeleteItem"));
    }

    [Fact]
    public async Task An_item_is_read_before_it_is_deleted_and_its_owner_can_restore_it()
    {
        var booked = await Written();
        Exchange.Exchange.Requests.Clear();
        await Api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", Ct);
        Assert.Equal(["GetItem", "DeleteItem"], Exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Single(Exchange.Mailbox("anna").DeletedItems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_item_of_somebody_else_is_never_deleted_even_if_a_row_names_it(bool carriesAnotherCopysTag)
    {
        var booked = await Written();
        var other = carriesAnotherCopysTag
            ? await Another()
            : Exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(11), Tomorrow.AddHours(12)));
        var copy = Assert.Single(await Host.Services.GetRequiredService<ISyncedEventRepository>().CopiesOf([booked], Ct));
        Assert.True(
            await Host.Services.GetRequiredService<ISyncStore>().Commit(new ChangeSet { Keep = [copy with { ItemId = other }] }, Ct));
        Exchange.Exchange.Requests.Clear();
        await Api.Cancel(booked);
        await Eventually.Until("the copy counts as gone", async () => await State(booked) == "Gone", Ct);
        Assert.Equal(["GetItem"], Exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Contains(other, Exchange.Mailbox("anna").Calendar.Select(e => e.ItemId));
    }

    [Fact]
    public async Task What_the_booking_product_cancelled_and_a_person_restores_is_removed_again_with_a_warning()
    {
        var booked = await Written();
        await Api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", Ct);
        Exchange.Outlook("anna").Restores(Exchange.Mailbox("anna").DeletedItems.Single().ItemId);
        await Api.Sync("anna");
        await Eventually.Until("it is removed again", () => Exchange.Mailbox("anna").Calendar.Count == 0, Ct);
        Assert.Equal("Cancelled", (await Api.Appointment(booked))["status"]!.GetValue<string>());
        Assert.Contains(
            "restored-copy-removed", (await Api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
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
        var (booked, anna) = (await Written(), Exchange.Outlook("anna"));
        var first = anna.Deletes(Exchange.Mailbox("anna").Calendar.Single().ItemId);
        await Api.Move(booked, Tomorrow.AddHours(15), 1);
        await Eventually.Until("it is written anew", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Eventually.Until("that is noted", async () => await State(booked) == "Written", Ct);
        var second = anna.Deletes(Exchange.Mailbox("anna").Calendar.Single().ItemId);
        anna.Restores(first);
        if (restoresBothBefore) anna.Restores(second);
        await Api.Cancel(booked);
        await Eventually.Until("the copy is gone", async () => await State(booked) == "Gone", Ct);
        if (!restoresBothBefore) anna.Restores(second);
        await Api.Sync("anna");
        await Eventually.Until("nothing of it is left", () => Exchange.Mailbox("anna").Calendar.Count == 0, Ct);
    }

    [Fact]
    public async Task A_copy_says_what_was_booked_has_the_integrations_reminder_and_no_attendees()
    {
        await Written();
        var fields = Exchange.Mailbox("anna").Calendar.Single().Fields;
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
        Exchange.Exchange.Organisation.AddMailbox(Organisation.Address("bert"));
        foreach (var staff in new[] { "anna", "bert" }) await Api.Link(Integration, staff);
        foreach (var staff in new[] { "anna", "bert" }) await Api.Sync(staff);
        Exchange.Exchange.Faults.Next(new Fault.Response("ErrorQuotaExceeded"), "CreateItem", Organisation.Address("anna"), times: 50);
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna", "bert");
        await Eventually.Until("bert has it", () => Exchange.Mailbox("bert").Calendar.Count == 1, Ct);
        await Eventually.Until(
            "anna's receipt says why not",
            async () => Copy(await Api.Appointment(booked), "anna")["exchangeCode"]?.GetValue<string>() == "ErrorQuotaExceeded",
            Ct);
    }

    private async Task<Guid> Written()
    {
        await Api.Link(Integration, "anna");
        await Api.Sync("anna");
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the copy is written", async () => await State(booked) == "Written", Ct);
        return booked;
    }

    /// <summary>The item of another appointment of hers, whose row has since lost it.</summary>
    private async Task<string> Another()
    {
        var booked = await Api.Book(Tomorrow.AddHours(11), 1, "anna");
        await Eventually.Until("the other copy is written", async () => await State(booked) == "Written", Ct);
        var copy = Assert.Single(await Host.Services.GetRequiredService<ISyncedEventRepository>().CopiesOf([booked], Ct));
        Assert.True(
            await Host.Services.GetRequiredService<ISyncStore>().Commit(new ChangeSet { Keep = [copy with { ItemId = null }] }, Ct));
        return copy.ItemId!;
    }

    private Task Settled(Guid booked) => Eventually.Until("the copy is confirmed", async () =>
    {
        await Api.TrySync("anna");
        return await State(booked) == "Confirmed";
    }, Ct);

    private async Task<string> State(Guid booked) => Copy(await Api.Appointment(booked), "anna")["state"]!.GetValue<string>();

    private static System.Text.Json.Nodes.JsonNode Copy(System.Text.Json.Nodes.JsonNode appointment, string staff) =>
        appointment["copies"]!.AsArray().Single(c => c!["staffId"]!.GetValue<string>() == staff)!;
}
