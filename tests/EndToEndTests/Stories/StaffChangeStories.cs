using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The booking product changes what an appointment is about, and who takes it.</summary>
public sealed class StaffChangeStories() : OfficeStory("anna", "bert")
{
    private Guid booked;

    private protected override async Task Begin()
    {
        await base.Begin();
        booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("anna has it", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Api.Sync("anna");
    }

    [Fact]
    public async Task Staff_are_added_to_an_appointment_and_taken_off_it_in_Outlook_too()
    {
        await Take("anna", "bert");
        await Eventually.Until("bert has it too", () => Exchange.Mailbox("bert").Calendar.Count == 1, Ct);
        await Take("bert");
        await Eventually.Until("anna has it no more", () => Exchange.Mailbox("anna").Calendar.Count == 0, Ct);
        Assert.Equal("Haircut", Exchange.Mailbox("bert").Calendar.Single().Fields.Subject);
        Assert.Empty(await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));

        Exchange.Outlook("anna").Restores(Exchange.Mailbox("anna").DeletedItems.Single().ItemId);
        await Api.Sync("anna");
        await Eventually.Until("what anna restored is removed again", () => Exchange.Mailbox("anna").Calendar.Count == 0, Ct);
        Assert.Equal(["bert"], (await Api.Appointment(booked))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()));

        await Take("anna", "bert");
        await Eventually.Until("anna has it again, once", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Api.Sync("anna");
        Assert.Single(Exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task New_details_are_written_and_what_staff_changed_in_other_fields_stays()
    {
        var item = Exchange.Mailbox("anna").Calendar.Single();
        Exchange.Outlook("anna").Renames(item.ItemId, "Haircut (window seat)");
        await Api.Ok(
            HttpMethod.Put,
            $"appointments/{booked}/details",
            new { title = "Haircut", location = "Branch 2", notes = "Second visit", client = new { name = "Client Example" } });
        await Eventually.Until(
            "the new location is in Outlook", () => Exchange.Mailbox("anna").Calendar.Single().Fields.Location == "Branch 2", Ct);
        var fields = Exchange.Mailbox("anna").Calendar.Single().Fields;
        Assert.Equal("Haircut (window seat)", fields.Subject);
        Assert.Equal("Second visit\n\nClient: Client Example", fields.Body!.ReplaceLineEndings("\n"));
        Assert.Equal(Tomorrow.AddHours(9), fields.Start);
    }

    private Task<JsonNode> Take(params string[] staff) => Api.Ok(HttpMethod.Put, $"appointments/{booked}/staff", new { staffIds = staff });
}
