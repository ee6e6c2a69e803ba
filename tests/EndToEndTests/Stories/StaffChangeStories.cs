using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The booking product changes what an appointment is about, and who takes it.</summary>
public sealed class StaffChangeStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host = new();
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;
    private Guid booked;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna", "bert");
        api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        foreach (var staff in new[] { "anna", "bert" })
        {
            await api.Link(integration, staff);
            await api.Sync(staff);
        }

        booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("anna has it", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await api.Sync("anna");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task Staff_are_added_to_an_appointment_and_taken_off_it_in_Outlook_too()
    {
        await Take("anna", "bert");
        await Eventually.Until("bert has it too", () => exchange.Mailbox("bert").Calendar.Count == 1, ct);
        await Take("bert");
        await Eventually.Until("anna has it no more", () => exchange.Mailbox("anna").Calendar.Count == 0, ct);
        Assert.Equal("Haircut", exchange.Mailbox("bert").Calendar.Single().Fields.Subject);
        Assert.Empty(await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));

        exchange.Outlook("anna").Restores(exchange.Mailbox("anna").DeletedItems.Single().ItemId);
        await api.Sync("anna");
        await Eventually.Until("what anna restored is removed again", () => exchange.Mailbox("anna").Calendar.Count == 0, ct);
        Assert.Equal(["bert"], (await api.Appointment(booked))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()));

        await Take("anna", "bert");
        await Eventually.Until("anna has it again, once", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await api.Sync("anna");
        Assert.Single(exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task New_details_are_written_and_what_staff_changed_in_other_fields_stays()
    {
        var item = exchange.Mailbox("anna").Calendar.Single();
        exchange.Outlook("anna").Renames(item.ItemId, "Haircut (window seat)");
        await api.Ok(
            HttpMethod.Put,
            $"appointments/{booked}/details",
            new { title = "Haircut", location = "Branch 2", notes = "Second visit", client = new { name = "Client Example" } });
        await Eventually.Until(
            "the new location is in Outlook", () => exchange.Mailbox("anna").Calendar.Single().Fields.Location == "Branch 2", ct);
        var fields = exchange.Mailbox("anna").Calendar.Single().Fields;
        Assert.Equal("Haircut (window seat)", fields.Subject);
        Assert.Equal("Second visit\n\nClient: Client Example", fields.Body!.ReplaceLineEndings("\n"));
        Assert.Equal(Tomorrow.AddHours(9), fields.Start);
    }

    private Task<JsonNode> Take(params string[] staff) => api.Ok(HttpMethod.Put, $"appointments/{booked}/staff", new { staffIds = staff });
}
