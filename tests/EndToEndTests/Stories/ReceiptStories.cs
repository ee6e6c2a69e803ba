using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What the receipt of a copy says once its owner has changed it in Outlook.</summary>
public sealed class ReceiptStories() : OfficeStory("anna")
{
    [Fact]
    public async Task A_copy_that_its_owner_changed_is_diverged_until_the_booking_product_changes_that_field()
    {
        var (booked, item) = await Confirmed("Haircut");
        Exchange.Outlook("anna").Renames(item, "Mine");
        Exchange.Outlook("anna").Relocates(item, "Elsewhere");
        await Api.Sync("anna");
        Assert.Equal(("Diverged", "title location"), await Receipt(booked));
        Assert.Equal("Diverged", (await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)))[0]["syncState"]!.GetValue<string>());

        await Api.Ok(HttpMethod.Put, $"appointments/{booked}/details", new { title = "Colouring", location = "Branch 1" });
        await Eventually.Until("the title is written", () => Exchange.Mailbox("anna").Calendar[0].Fields.Subject == "Colouring", Ct);
        await Api.Sync("anna");
        Assert.Equal(("Diverged", "location"), await Receipt(booked));
        Assert.Equal("Elsewhere", Exchange.Mailbox("anna").Calendar[0].Fields.Location);

        Exchange.Outlook("anna").Relocates(item, "Branch 1");
        await Api.Sync("anna");
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
    }

    [Fact]
    public async Task A_copy_that_Outlook_made_a_series_of_is_diverged_until_it_is_single_again()
    {
        var (booked, item) = await Confirmed("Haircut");
        Exchange.Outlook("anna").TurnsIntoSeries(item, new DailyPattern(1), occurrences: 3);
        await Api.Sync("anna");
        Assert.Equal(("Diverged", "series"), await Receipt(booked));
        Exchange.Outlook("anna").TurnsIntoSingle(item);
        await Api.Sync("anna");
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
    }

    [Fact]
    public async Task A_title_that_Exchange_or_the_wire_changes_diverges_nothing()
    {
        var (booked, item) = await Confirmed(" Hair cut  for two ");
        Exchange.Outlook("anna").Touches(item);
        await Api.Sync("anna"); // by GetItem
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
        Exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        await Api.TrySync("anna");
        await Api.Sync("anna"); // by view
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
    }

    private async Task<(Guid Booked, string Item)> Confirmed(string title)
    {
        var booked =
            (await Api.Ok(HttpMethod.Post, "appointments", CleanSyncClient.Booking(Tomorrow.AddHours(9), 1, ["anna"], title)))["id"]!
                .GetValue<Guid>();
        await Eventually.Until("the copy is written", async () => (await Receipt(booked)).State == "Written", Ct);
        await Api.Sync("anna");
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
        return (booked, Exchange.Mailbox("anna").Calendar.Single().ItemId);
    }

    private async Task<(string State, string Differs)> Receipt(Guid booked)
    {
        var copy = (await Api.Appointment(booked))["copies"]![0]!;
        return (copy["state"]!.GetValue<string>(), string.Join(' ', copy["differs"]!.AsArray().Select(d => d!.GetValue<string>())));
    }
}
