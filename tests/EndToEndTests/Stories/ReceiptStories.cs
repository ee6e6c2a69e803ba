using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What the receipt of a copy says once its owner has changed it in Outlook.</summary>
public sealed class ReceiptStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host = new();
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        api = host.Client(ct);
        await api.Begin(exchange, "anna");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_that_its_owner_changed_is_diverged_until_the_booking_product_changes_that_field()
    {
        var (booked, item) = await Confirmed("Haircut");
        exchange.Outlook("anna").Renames(item, "Mine");
        exchange.Outlook("anna").Relocates(item, "Elsewhere");
        await api.Sync("anna");
        Assert.Equal(("Diverged", "title location"), await Receipt(booked));
        Assert.Equal("Diverged", (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)))[0]["syncState"]!.GetValue<string>());

        await api.Ok(HttpMethod.Put, $"appointments/{booked}/details", new { title = "Colouring", location = "Branch 1" });
        await Eventually.Until("the title is written", () => exchange.Mailbox("anna").Calendar[0].Fields.Subject == "Colouring", ct);
        await api.Sync("anna");
        Assert.Equal(("Diverged", "location"), await Receipt(booked));
        Assert.Equal("Elsewhere", exchange.Mailbox("anna").Calendar[0].Fields.Location);

        exchange.Outlook("anna").Relocates(item, "Branch 1");
        await api.Sync("anna");
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
    }

    [Fact]
    public async Task A_copy_that_Outlook_made_a_series_of_is_diverged_until_it_is_single_again()
    {
        var (booked, item) = await Confirmed("Haircut");
        exchange.Outlook("anna").TurnsIntoSeries(item, new DailyPattern(1), occurrences: 3);
        await api.Sync("anna");
        Assert.Equal(("Diverged", "series"), await Receipt(booked));
        exchange.Outlook("anna").TurnsIntoSingle(item);
        await api.Sync("anna");
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
    }

    [Fact]
    public async Task A_title_that_Exchange_or_the_wire_changes_diverges_nothing()
    {
        var (booked, item) = await Confirmed(" Hair cut  for two ");
        exchange.Outlook("anna").Touches(item);
        await api.Sync("anna"); // by GetItem
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
        exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems");
        await api.TrySync("anna");
        await api.Sync("anna"); // by view
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
    }

    private async Task<(Guid Booked, string Item)> Confirmed(string title)
    {
        var booked =
            (await api.Ok(HttpMethod.Post, "appointments", CleanSyncClient.Booking(Tomorrow.AddHours(9), 1, ["anna"], title)))["id"]!
                .GetValue<Guid>();
        await Eventually.Until("the copy is written", async () => (await Receipt(booked)).State == "Written", ct);
        await api.Sync("anna");
        Assert.Equal(("Confirmed", ""), await Receipt(booked));
        return (booked, exchange.Mailbox("anna").Calendar.Single().ItemId);
    }

    private async Task<(string State, string Differs)> Receipt(Guid booked)
    {
        var copy = (await api.Appointment(booked))["copies"]![0]!;
        return (copy["state"]!.GetValue<string>(), string.Join(' ', copy["differs"]!.AsArray().Select(d => d!.GetValue<string>())));
    }
}
