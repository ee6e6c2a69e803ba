using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Appointments in a time zone that the Exchange server has never heard of.</summary>
public sealed class UnknownZoneStories() : OfficeStory("anna", "bert")
{
    [Fact]
    public async Task It_stands_in_Outlook_at_its_time_under_a_zone_of_the_same_offset_and_the_receipt_says_so()
    {
        ForgetsZones();
        var booked = await Book("Asia/Qyzylorda", "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Api.Sync("anna");
        var copy = Exchange.Mailbox("anna").Calendar[0];
        Assert.Equal((Tomorrow.AddHours(5), "West Asia Standard Time"), (copy.Fields.Start, copy.Fields.StartZone.Id));
        Assert.Equal(("Confirmed", "West Asia Standard Time"), await Receipt(booked));

        await Api.Move(booked, Tomorrow.AddHours(7));
        await Eventually.Until("it has moved", () => Exchange.Mailbox("anna").Calendar[0].Fields.Start == Tomorrow.AddHours(7), Ct);
        Assert.Equal("West Asia Standard Time", (await Receipt(booked)).Zone);
        Assert.Equal("Asia/Qyzylorda", (await Api.Appointment(booked))["timeZone"]!.GetValue<string>());
        Assert.Single(Exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task Where_no_zone_has_the_same_offset_it_stands_there_under_UTC()
    {
        ForgetsZones();
        var booked = await Book("Australia/Eucla", "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        Assert.Equal((Tomorrow.AddHours(5), "UTC"),
            (Exchange.Mailbox("anna").Calendar[0].Fields.Start, Exchange.Mailbox("anna").Calendar[0].Fields.StartZone.Id));
        await Eventually.Until("the receipt says so", async () => (await Receipt(booked)).Zone == "UTC", Ct);
    }

    [Fact]
    public async Task Days_go_only_under_a_zone_of_the_same_midnights_and_otherwise_the_receipt_says_why_not()
    {
        await BecomesADay(await Book("Asia/Qyzylorda", "anna", "bert"));
        await Eventually.Until("the other copy is all-day", () => Copy("bert")?.Fields.IsAllDay == true, Ct);
        Assert.Equal((new TimeSpan(19, 0, 0), "West Asia Standard Time"),
            (Copy("bert")!.Fields.Start.TimeOfDay, Copy("bert")!.Fields.StartZone.Id));
    }

    [Fact]
    public async Task Without_such_a_zone_the_copy_stays_as_it_was_and_the_receipt_says_why()
    {
        var booked = await Book("Australia/Eucla", "anna", "bert");
        await BecomesADay(booked);
        await Eventually.Until("the other copy has failed", async () =>
            (await Copies(booked)).Any(c => c["state"]!.GetValue<string>() == "Failed"), Ct);
        var failed = (await Copies(booked)).Single(c => c["state"]!.GetValue<string>() == "Failed");
        Assert.Equal(("bert", "ErrorTimeZone"), (failed["staffId"]!.GetValue<string>(), failed["exchangeCode"]!.GetValue<string>()));
        Assert.Contains("Aus Central W. Standard Time", failed["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(Copy("bert")!.Fields.IsAllDay);
    }

    private async Task BecomesADay(Guid booked)
    {
        await Eventually.Until("both copies are there", () => Copy("anna") is not null && Copy("bert") is not null, Ct);
        await Eventually.Until("both are written", async () =>
            (await Copies(booked)).All(c => c["state"]!.GetValue<string>() is "Written" or "Confirmed"), Ct);
        ForgetsZones(); // as where the other's mailbox lies on an older server
        Exchange.Outlook("anna").Edits(Copy("anna")!.ItemId, new EventEdit { IsAllDay = true });
        await Api.Sync("anna");
    }

    private void ForgetsZones() =>
        Exchange.Exchange.Organisation.UnknownZones = new HashSet<string> { "Qyzylorda Standard Time", "Aus Central W. Standard Time" };

    private CalendarEntry? Copy(string staff) => Exchange.Mailbox(staff).Calendar.SingleOrDefault();

    private async Task<Guid> Book(string zone, params string[] staff)
    {
        var start = Tomorrow.AddHours(5);
        return (await Api.Ok(HttpMethod.Post, "appointments",
            new { title = "Haircut", start, end = start.AddHours(1), timeZone = zone, staffIds = staff }))["id"]!.GetValue<Guid>();
    }

    private async Task<IReadOnlyList<JsonNode>> Copies(Guid booked) =>
        [.. (await Api.Appointment(booked))["copies"]!.AsArray().Select(c => c!)];

    private async Task<(string State, string? Zone)> Receipt(Guid booked)
    {
        var copy = (await Copies(booked))[0];
        return (copy["state"]!.GetValue<string>(), copy["standInZone"]?.GetValue<string>());
    }
}
