using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What deletions in Outlook took away from the booking side can be brought back for 30 days.</summary>
public sealed class UndoStories() : ClockedStory("anna", "bert")
{
    private const string Planted = "Planted-undo-title-2342";
    private static readonly DateTimeOffset Later = Today.AddDays(40);

    [Fact]
    public async Task An_appointment_that_a_deletion_cancelled_is_booked_again_and_its_copy_written_again()
    {
        var booked = await BookedAndDeleted("anna");
        Assert.Equal("CancelledInExchange", (await Api.Appointment(booked))["status"]!.GetValue<string>());
        var removal = Assert.Single(await Removals());
        Assert.Equal(
            ("Appointment", booked, "Haircut", true),
            (
                Text(removal, "kind"),
                removal["appointmentId"]!.GetValue<Guid>(),
                Text(removal, "title"),
                removal["restorable"]!.GetValue<bool>()));

        await Restore(removal);
        await Eventually.Until("the copy is there again", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        Assert.Equal("Booked", (await Api.Appointment(booked))["status"]!.GetValue<string>());
        Assert.False((await Removals())[0]["restorable"]!.GetValue<bool>());
        await Restore(removal); // twice is once
        await Api.Sync("anna");
        Assert.Single(Exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task A_staff_member_whom_a_deletion_removed_takes_the_appointment_again()
    {
        var booked = await BookedAndDeleted("anna", "bert");
        Assert.Equal(["bert"], await Staff(booked));
        await Restore(Assert.Single(await Removals()));
        await Eventually.Until("the copy is there again", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        Assert.Equal(["anna", "bert"], (await Staff(booked)).Order());
        Assert.Single(Exchange.Mailbox("bert").Calendar);
    }

    [Fact]
    public async Task A_time_that_is_taken_by_now_is_refused_unless_it_is_forced()
    {
        var booked = await BookedAndDeleted("anna");
        Exchange.Outlook("anna").Adds(Event("In between"));
        await Api.Sync("anna");
        var removal = Assert.Single(await Removals());
        var (status, problem) = await TryRestore(removal);
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:time-is-taken"), (status, Text(problem!, "type")));
        Assert.Equal("CancelledInExchange", (await Api.Appointment(booked))["status"]!.GetValue<string>());
        await Restore(removal, evenIfBusy: true);
        Assert.Equal("Booked", (await Api.Appointment(booked))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_the_booking_product_cancelled_is_not_restored()
    {
        var booked = await BookedAndDeleted("anna");
        await Api.Cancel(booked);
        var removal = Assert.Single(await Removals());
        Assert.False(removal["restorable"]!.GetValue<bool>());
        Assert.Equal("urn:cleansync:appointment-is-cancelled", Text((await TryRestore(removal)).Body!, "type"));
    }

    [Fact]
    public async Task An_Exchange_event_that_left_blocks_time_again_here_only_until_it_passes()
    {
        Exchange.Outlook("anna").Deletes(Exchange.Outlook("anna").Adds(Event("Never seen")));
        var item = Exchange.Outlook("anna").Adds(Event("Gone"));
        await Api.Sync("anna");
        Exchange.Outlook("anna").Deletes(item);
        await Api.Sync("anna");
        Assert.Empty(await Titles());
        var removal = Assert.Single(await Removals());
        Assert.Equal(
            ("ExchangeEvent", "Gone", true), (Text(removal, "kind"), Text(removal, "title"), removal["restorable"]!.GetValue<bool>()));

        await Restore(removal);
        await Restore(removal);
        await Days(1);
        Assert.Equal(["Gone"], await Titles());
        Assert.Empty(Exchange.Mailbox("anna").Calendar);
        await Days(45);
        Assert.Empty(await Titles());
    }

    [Fact]
    public async Task A_series_that_was_moved_left_nothing_to_bring_back_but_a_deleted_occurrence_did()
    {
        var series = Exchange.Outlook("anna")
            .AddsSeries(Event("Weekly"), new WeeklyPattern(1, [Later.DayOfWeek], DayOfWeek.Monday), occurrences: 3);
        await Api.Sync("anna");
        Exchange.Outlook("anna").Moves(series, Later.AddHours(2));
        await Api.Sync("anna");
        Assert.Empty(await Removals());

        Exchange.Outlook("anna").DeletesOccurrence(series, Later.AddDays(7).AddHours(2));
        await Api.Sync("anna");
        Assert.Equal(Later.AddDays(7).AddHours(2), Assert.Single(await Removals())["start"]!.GetValue<DateTimeOffset>());
    }

    [Fact, SqliteOnly]
    public async Task Removals_are_forgotten_after_30_days()
    {
        await BookedAndDeleted("anna");
        var item = Exchange.Outlook("anna").Adds(Event(Planted));
        await Api.Sync("anna");
        Exchange.Outlook("anna").Deletes(item);
        await Api.Sync("anna");
        var removals = await Removals();
        Assert.Equal(2, removals.Count);
        Assert.Contains(Planted, InFiles(), StringComparison.Ordinal);

        Host.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await Removals());
        Assert.Equal("urn:cleansync:removal-not-found", Text((await TryRestore(removals[0])).Body!, "type"));
        await Api.Sync("anna");
        await Api.ShowTitles(Integration, Exchange.Exchange.EwsUrl, false); // empties the log too: what is deleted is gone from the file
        Assert.DoesNotContain(Planted, InFiles(), StringComparison.Ordinal);
    }

    [Fact, SqliteOnly]
    public async Task With_the_toggle_off_no_title_stays_in_what_can_be_restored_and_a_private_one_never_gets_there()
    {
        var item = Exchange.Outlook("anna").Adds(Event(Planted));
        Exchange.Outlook("anna").Adds(Event("Planted-private") with { Sensitivity = Sensitivity.Private });
        await Api.Sync("anna");
        foreach (var entry in Exchange.Mailbox("anna").Calendar) Exchange.Outlook("anna").Deletes(entry.ItemId);
        await Api.Sync("anna");
        Assert.Equal(["Busy", Planted], (await Removals()).Select(r => Text(r, "title")).Order());
        Assert.Contains(Planted, InFiles(), StringComparison.Ordinal);

        await Api.ShowTitles(Integration, Exchange.Exchange.EwsUrl, false);
        Assert.DoesNotContain(Planted, InFiles(), StringComparison.Ordinal);
        Assert.DoesNotContain("Planted-private", InFiles(), StringComparison.Ordinal);
        Assert.All(await Removals(), r => Assert.Equal("Busy", Text(r, "title")));
        foreach (var removal in await Removals()) await Restore(removal);
        Assert.Equal(["Busy", "Busy"], await Titles());
    }

    private async Task<Guid> BookedAndDeleted(params string[] staff)
    {
        var booked = await Api.Book(Later, 1, staff);
        await Eventually.Until("the copies are there", () => staff.All(s => Exchange.Mailbox(s).Calendar.Count == 1), Ct);
        await Api.Sync("anna");
        Exchange.Outlook("anna").HardDeletes(Exchange.Mailbox("anna").Calendar.Single().ItemId);
        await Api.Sync("anna");
        return booked;
    }

    private async Task Days(int days)
    {
        Host.Clock.Advance(TimeSpan.FromDays(days));
        await Api.Sync("anna");
    }

    private async Task Restore(JsonNode removal, bool evenIfBusy = false)
    {
        var (status, body) = await TryRestore(removal, evenIfBusy);
        Assert.True(status is HttpStatusCode.NoContent, $"{status} {body}");
    }

    private Task<(HttpStatusCode Status, JsonNode? Body)> TryRestore(JsonNode removal, bool evenIfBusy = false) =>
        Api.Send(HttpMethod.Post, $"staff/anna/removals/{Text(removal, "id")}/restore", new { evenIfBusy });

    private async Task<IReadOnlyList<JsonNode>> Removals() =>
        [.. (await Api.Ok(HttpMethod.Get, "staff/anna/removals"))["removals"]!.AsArray().Select(r => r!)];

    private async Task<IReadOnlyList<string>> Titles() =>
        [.. (await Api.Calendar("anna", Today, Today.AddDays(60))).Select(e => Text(e, "title"))];

    private async Task<IReadOnlyList<string>> Staff(Guid booked) =>
        [.. (await Api.Appointment(booked))["staffIds"]!.AsArray().Select(s => s!.GetValue<string>())];

    private string InFiles() => string.Concat(Host.Data.Files().Select(f => Encoding.Latin1.GetString(f.Bytes)));

    private static EventDraft Event(string title) => new(title, Later, Later.AddHours(1)) { Location = title };

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
