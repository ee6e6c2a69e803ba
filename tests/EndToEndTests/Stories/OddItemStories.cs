using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Items of a calendar that are not as they should be block their time all the same, and what they are is told.</summary>
public sealed class OddItemStories() : ClockedStory("anna")
{
    [Fact]
    public async Task An_all_day_event_that_ends_when_it_starts_blocks_its_day()
    {
        var midnight = new DateTimeOffset(2026, 6, 10, 22, 0, 0, TimeSpan.Zero);
        Add(new EventDraft("Fair", midnight, midnight.AddDays(1)) { IsAllDay = true }, new Oddity(End: "2026-06-10T22:00:00Z"));
        await Api.Sync("anna");
        var fair = Assert.Single(await Calendar());
        Assert.Equal((midnight, midnight.AddDays(1)), (fair["start"]!.GetValue<DateTimeOffset>(), fair["end"]!.GetValue<DateTimeOffset>()));
    }

    [Fact]
    public async Task A_booking_element_blocks_its_time_like_any_event()
    {
        var booking = Add(Event("Room 4", 9), new Oddity("Booking"));
        await Api.Sync("anna");
        Assert.Equal("Room 4", Assert.Single(await Calendar())["title"]!.GetValue<string>());
        Assert.True((await Why(booking))["synced"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_is_no_event_blocks_nothing_and_why_names_it()
    {
        var note = Add(Event("A note", 9), new Oddity("Message", IsNoEvent: true));
        await Api.Sync("anna");
        Assert.Empty(await Calendar());
        var why = await Why(note);
        Assert.Equal("not-an-event", why["rule"]!.GetValue<string>());
        Assert.Contains("Message", why["words"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "9999-12-31T23:59:59Z")]
    [InlineData(null, "2026-06-11T08:59:00Z")]
    [InlineData("", "")]
    [InlineData("soon", null)]
    public async Task An_event_whose_times_mean_nothing_any_more_keeps_those_that_it_had_with_a_warning(string? start, string? end)
    {
        var item = Exchange.Outlook("anna").Adds(Event("Meeting", 9));
        await Api.Sync("anna");
        Exchange.Mailbox("anna").Tells(item, new Oddity(Start: start, End: end));
        Exchange.Outlook("anna").Touches(item);
        await Api.Sync("anna");
        Assert.Equal(Today.AddDays(1).AddHours(1), Assert.Single(await Calendar())["start"]!.GetValue<DateTimeOffset>());
        Assert.Equal("item-unreadable", Assert.Single((await Api.Staff("anna"))["warnings"]!.AsArray())!["code"]!.GetValue<string>());

        Host.Clock.Advance(TimeSpan.FromDays(1)); // the window is read whole: the view shows no other times
        await Api.Sync("anna");
        Assert.Single(await Calendar());

        Exchange.Mailbox("anna").Tells(item, null);
        Exchange.Outlook("anna").Touches(item);
        await Api.Sync("anna");
        Assert.Equal("Meeting", Assert.Single(await Calendar())["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_meeting_that_was_declined_and_kept_as_Busy_blocks_nothing_and_why_says_so()
    {
        var meeting = Exchange.Outlook("anna").Adds(Event("All hands", 9) with { Organizer = "boss@contoso.example" });
        await Api.Sync("anna");
        Assert.Single(await Calendar());
        Exchange.Outlook("anna").Edits(meeting, new EventEdit { MyResponse = "Decline", FreeBusy = FreeBusy.Busy });
        await Api.Sync("anna");
        Assert.Empty(await Calendar());
        Assert.Equal("declined-meeting", (await Why(meeting))["rule"]!.GetValue<string>());
    }

    private static EventDraft Event(string title, int hour) =>
        new(title, Today.AddDays(1).AddHours(hour - 8), Today.AddDays(1).AddHours(hour - 7));

    private string Add(EventDraft draft, Oddity oddity)
    {
        var item = Exchange.Outlook("anna").Adds(draft);
        Exchange.Mailbox("anna").Tells(item, oddity);
        return item;
    }

    private async Task<IReadOnlyList<JsonNode>> Calendar() => await Api.Calendar("anna", Today, Today.AddDays(3));

    private async Task<JsonNode> Why(string item) =>
        Assert.Single((await Api.Ok(HttpMethod.Get, $"staff/anna/why?itemId={Uri.EscapeDataString(item)}"))["findings"]!.AsArray())!;
}
