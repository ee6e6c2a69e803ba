using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>
/// Two people, or a person and the booking product, act within one interval: the later will of the booking product counts, and a person's
/// is not undone by a colleague's.
/// </summary>
public sealed class LaterWillStories() : SyncedOffice("anna", "bert")
{
    [Fact]
    public async Task Switched_off_with_Remove_and_on_again_while_the_copies_go_every_appointment_is_back_in_the_end()
    {
        var booked = new List<Guid>();
        for (var i = 0; i < 12; i++) booked.Add(await Api.Book(Tomorrow.AddHours(i), 1, "anna"));
        await Eventually.Until("all are written", () => Exchange.Mailbox("anna").Calendar.Count == booked.Count, Ct);
        await Api.Sync("anna");

        var hold = Exchange.Exchange.Faults.WithholdNext("DeleteItem", Organisation.Address("anna"), after: 2);
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Remove" });
        await hold.Reached;
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = true });
        hold.Release();
        await Eventually.Until("all are written again", async () =>
        {
            await Api.TrySync("anna");
            return Exchange.Mailbox("anna").Calendar
                .Select(e => e.Fields.Start)
                .Order()
                .SequenceEqual(Enumerable.Range(0, booked.Count).Select(i => Tomorrow.AddHours(i)));
        }, Ct);
        foreach (var id in booked) await Settled(id);
        foreach (var id in booked) Assert.Equal("Confirmed", Text((await Api.Appointment(id))["copies"]![0]!, "state"));
    }

    [Fact]
    public async Task A_copy_that_is_restored_after_the_booking_product_moved_and_renamed_the_appointment_joins_it_there()
    {
        var booked = await Written(9, "anna", "bert");
        var deleted = Exchange.Outlook("anna").Deletes(ItemOf("anna"));
        await Api.Sync("anna");
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Api.Ok(HttpMethod.Put, $"appointments/{booked}/details", new { title = "Colouring", location = "Room 2" });
        await Settled(booked);
        Exchange.Outlook("anna").Restores(deleted);
        await Api.Sync("anna");
        await Settled(booked);
        foreach (var member in new[] { "anna", "bert" })
        {
            var item = Exchange.Mailbox(member).Calendar.Single().Fields;
            Assert.Equal((Tomorrow.AddHours(15), "Colouring", "Room 2"), (item.Start, item.Subject, item.Location));
        }

        Assert.Equal(["anna", "bert"], (await Api.Appointment(booked))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task It_goes_with_a_warning_if_the_new_time_is_taken()
    {
        var booked = await Written(9, "anna", "bert");
        var deleted = Exchange.Outlook("anna").Deletes(ItemOf("anna"));
        await Api.Sync("anna");
        await Api.Move(booked, Tomorrow.AddHours(15));
        Exchange.Outlook("anna").Adds(Event(15));
        await Api.Sync("anna");
        Exchange.Outlook("anna").Restores(deleted);
        await Api.Sync("anna");
        await Eventually.Until(
            "the restored copy is gone", () => Exchange.Mailbox("anna").Calendar.Single().Fields.Subject == "Dentist", Ct);
        Assert.Equal(["restored-copy-removed"], await Warnings("anna"));
        Assert.Equal(["bert"], (await Api.Appointment(booked))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()));
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("bert").Calendar.Single().Fields.Start);
    }

    [Theory]
    [InlineData("anna", "bert")]
    [InlineData("bert", "anna")]
    public async Task A_deletion_counts_although_a_colleague_moved_theirs_within_the_same_interval(string first, string second)
    {
        var booked = await Written(9, "anna", "bert");
        Exchange.Outlook("anna").Deletes(ItemOf("anna"));
        Exchange.Outlook("bert").Moves(ItemOf("bert"), Tomorrow.AddHours(13));
        await Api.Sync(first);
        await Api.Sync(second);
        await Api.Sync(first);
        await Settled(booked);
        Assert.Empty(Exchange.Mailbox("anna").Calendar);
        Assert.Equal(Tomorrow.AddHours(13), Exchange.Mailbox("bert").Calendar.Single().Fields.Start);
        Assert.Equal(["bert"], (await Api.Appointment(booked))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()));
    }

    [Fact]
    public async Task When_a_staff_member_leaves_the_others_receipts_stay_as_they_are()
    {
        var booked = await Written(9, "anna", "bert");
        Exchange.Outlook("anna").Deletes(ItemOf("anna"));
        await Api.Sync("anna");
        var copies = (await Api.Appointment(booked))["copies"]!.AsArray();
        Assert.Equal("Confirmed", Text(copies.Single(c => Text(c!, "staffId") == "bert")!, "state"));
    }

    [Fact]
    public async Task Switched_off_with_Remove_and_on_again_an_appointment_that_was_a_series_is_written_anew_beside_what_stayed_of_it()
    {
        var booked = await Written(9, "anna");
        Exchange.Outlook("anna").TurnsIntoSeries(ItemOf("anna"), new DailyPattern(1), occurrences: 3);
        await Api.Sync("anna");
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Remove" });
        await Eventually.Until(
            "its own occurrence is gone", () => Exchange.Mailbox("anna").View(Tomorrow, Tomorrow.AddDays(30)).Count == 2, Ct);
        await Eventually.Until(
            "that is noted", async () => Text((await Api.Appointment(booked))["copies"]![0]!, "state") is "Gone" or "NotLinked", Ct);
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = true });
        await Api.Sync("anna");
        await Settled(booked);
        await ReadWhole("anna");
        Assert.Equal(
            [0, 1, 2], Exchange.Mailbox("anna").View(Tomorrow, Tomorrow.AddDays(30)).Select(e => (e.Fields.Start - Tomorrow).Days));
        Assert.Equal(2, Exchange.Mailbox("anna").Calendar.Count);
    }

    [Fact]
    public async Task Of_a_series_that_Outlook_made_of_an_appointment_only_the_appointments_own_occurrence_goes_when_it_is_cancelled()
    {
        var booked = await Written(9, "anna");
        Exchange.Outlook("anna").TurnsIntoSeries(ItemOf("anna"), new DailyPattern(1), occurrences: 4);
        await Api.Sync("anna");
        await Api.Cancel(booked);
        await Eventually.Until("the occurrence is gone", () => Occurrences().Count == 3, Ct);
        for (var i = 0; i < 2; i++) await Api.Sync("anna");
        await ReadWhole("anna");
        Assert.Equal([1, 2, 3], Occurrences());
        Assert.Contains("series-stays-in-outlook", await Warnings("anna"));
        Assert.Equal("Gone", Text((await Api.Appointment(booked))["copies"]![0]!, "state"));
        Assert.Equal(3, (await Shown("anna")).Count);
        Assert.Equal("Cancelled", Text(await Api.Appointment(booked), "status"));

        List<int> Occurrences() =>
            [.. Exchange.Mailbox("anna").View(Tomorrow, Tomorrow.AddDays(30)).Select(e => (e.Fields.Start - Tomorrow).Days)];
    }
}
