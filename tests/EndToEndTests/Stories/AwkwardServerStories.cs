using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Habits of real servers that change nothing for the booking product (docs/simulator.md).</summary>
public sealed class AwkwardServerStories() : ClockedStory("anna")
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_deleted_in_Outlook_is_gone_whether_it_is_reported_as_deleted_or_as_changed(bool asUpdate)
    {
        Exchange.Exchange.Organisation.ReportsMovesAsUpdates = asUpdate;
        var appointment = await Booked();
        var external = Exchange.Outlook("anna").Adds(Event("Lunch"));
        await Api.Sync("anna");
        Assert.Equal(["Lunch", "Haircut"], await Titles());

        Exchange.Outlook("anna").Deletes(external);
        Exchange.Outlook("anna").Deletes(Copy().ItemId);
        await Api.Sync("anna");
        Assert.Empty(await Titles());
        Assert.Equal("CancelledInExchange", (await Api.Appointment(appointment))["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_series_that_is_deleted_in_Outlook_is_gone_however_it_is_reported(bool asUpdate)
    {
        Exchange.Exchange.Organisation.ReportsMovesAsUpdates = asUpdate;
        var series = Exchange.Outlook("anna").AddsSeries(Event("Daily"), new DailyPattern(1), 3);
        await Api.Sync("anna");
        Assert.Equal(["Daily", "Daily", "Daily"], await Titles());
        Exchange.Outlook("anna").Deletes(series);
        await Api.Sync("anna");
        Assert.Empty(await Titles());
    }

    [Fact]
    public async Task A_copy_that_assistants_touch_after_it_was_written_can_be_moved_and_is_no_conflict()
    {
        Exchange.Exchange.Organisation.Assistants = new AssistantPlan(Touches: 3, Every: TimeSpan.Zero);
        var appointment = await Booked();
        await Api.Move(appointment, Today.AddDays(2), 1);
        await Eventually.Until("the copy has moved", () => Copy().Fields.Start == Today.AddDays(2), Ct);
        await Api.Sync("anna");
        Assert.Equal("Booked", (await Api.Appointment(appointment))["status"]!.GetValue<string>());
        Assert.Empty((await Api.Staff("anna"))["warnings"]!.AsArray());
    }

    [Theory]
    [InlineData(false, "Lunchwith the\tteam")]
    [InlineData(true, "Lunch with the\tteam")]
    public async Task A_title_with_characters_that_XML_forbids_is_shown_without_them(bool raw, string shown)
    {
        Exchange.Exchange.Organisation.WritesControlsRaw = raw;
        Exchange.Outlook("anna").Adds(Event("Lunch\u001awith the\tteam"));
        await Api.Sync("anna");
        Assert.Equal([shown], await Titles());
    }

    private async Task<Guid> Booked()
    {
        var appointment = await Api.Book(Today.AddDays(1), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        return appointment;
    }

    private CalendarEntry Copy() => Exchange.Mailbox("anna").Calendar.Single(e => e.Fields.Subject == "Haircut");

    private static EventDraft Event(string title) => new(title, Today.AddHours(3), Today.AddHours(4));

    private async Task<IReadOnlyList<string>> Titles() => [.. (await Entries()).Select(e => e["title"]!.GetValue<string>())];

    private Task<IReadOnlyList<JsonNode>> Entries() => Api.Calendar("anna", Today, Today.AddDays(30));
}
