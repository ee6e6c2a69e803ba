using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Events and calendars that come back under new ids: after an acceptance, a restore, a migration.</summary>
public sealed class ReturningStories() : SyncedOffice("anna")
{
    public static TheoryData<string> CodesOfAMailboxThatIsGone => ["ErrorNonExistentMailbox", "ErrorItemNotFound", "ErrorFolderNotFound"];

    [Fact]
    public async Task An_invitation_that_is_accepted_in_Outlook_is_the_same_event()
    {
        var item = Exchange.Outlook("anna").Adds(Event(9) with { Organizer = "boss@contoso.example" });
        await Api.Sync("anna");
        var before = Text(Assert.Single(await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))), "id");
        Exchange.Outlook("anna").Accepts(item);
        await Api.Sync("anna");
        Assert.Equal(before, Text(Assert.Single(await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))), "id"));
        Assert.Empty(await Removals("anna"));
    }

    [Theory]
    [InlineData(ChangeReports.AtOnce)]
    [InlineData(ChangeReports.Lost)]
    public async Task A_migration_that_gives_every_event_a_new_id_removes_nothing(ChangeReports reports)
    {
        for (var i = 0; i < 14; i++) Exchange.Outlook("anna").Adds(Event(i, $"Event {i}"));
        await Api.Sync("anna");
        var before = (await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Select(e => Text(e, "id")).Order().ToList();
        Exchange.Mailbox("anna").Reports = reports;
        Exchange.Mailbox("anna").GivesNewIds("ErrorItemNotFound");
        if (reports is ChangeReports.AtOnce) await Api.Sync("anna");
        else await ReadWhole("anna");
        Assert.Equal(before, (await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Select(e => Text(e, "id")).Order());
        Assert.Empty(await Removals("anna"));
        Assert.Empty(await Warnings("anna"));
    }

    [Theory]
    [MemberData(nameof(CodesOfAMailboxThatIsGone))]
    public async Task A_mailbox_with_a_new_GUID_is_opened_by_its_address_and_goes_on(string code)
    {
        Exchange.Outlook("anna").Adds(Event(9));
        var booked = await Written(12, "anna");
        Exchange.Mailbox("anna").GivesNewIds(code, foldersToo: true);
        await Api.TrySync("anna");
        await Api.Sync("anna");
        Assert.Equal(["Dentist", "Haircut"], await Shown("anna"));
        Assert.Equal(2, Exchange.Mailbox("anna").Calendar.Count);
        Assert.Empty(await Removals("anna"));

        await Api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal([Tomorrow.AddHours(9), Tomorrow.AddHours(15)], Exchange.Mailbox("anna").Calendar.Select(e => e.Fields.Start).Order());
    }

    [Fact]
    public async Task A_create_that_meets_a_mailbox_with_a_new_GUID_is_made_once_in_the_new_calendar()
    {
        Exchange.Mailbox("anna").GivesNewIds("ErrorItemNotFound", foldersToo: true);
        var booked = await Api.Book(Tomorrow.AddHours(12), 1, "anna");
        await Settled(booked);
        Assert.Single(Exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task What_the_former_calendar_held_is_held_for_an_admin_when_the_new_one_is_empty()
    {
        for (var i = 0; i < 3; i++) Exchange.Outlook("anna").Adds(Event(i, $"Event {i}"));
        var booked = await Written(12, "anna");
        Exchange.Mailbox("anna").ReplaceCalendar();
        await Api.Ok(HttpMethod.Post, "staff/anna/recheck");
        await Eventually.Until("the copy is in the new calendar", async () =>
        {
            await Api.TrySync("anna");
            return Exchange.Mailbox("anna").Calendar.Count == 1;
        }, Ct);
        await Settled(booked);
        Assert.Equal(["Event 0", "Event 1", "Event 2", "Haircut"], (await Shown("anna")).Order());
        Assert.Equal("Haircut", Exchange.Mailbox("anna").Calendar.Single().Fields.Subject);
        Assert.Equal(["calendar-was-replaced", "deletions-held"], (await Warnings("anna")).Order());
        Assert.Empty(await Removals("anna"));
    }

    [Fact]
    public async Task A_removal_that_was_taken_back_ends_when_the_event_is_restored_in_Outlook()
    {
        var deleted = Exchange.Outlook("anna").Adds(Event(9));
        await Api.Sync("anna");
        deleted = Exchange.Outlook("anna").Deletes(deleted);
        await Api.Sync("anna");
        var removal = Assert.Single(await Removals("anna"));
        await Api.Ok(HttpMethod.Post, $"staff/anna/removals/{Text(removal, "id")}/restore", new { evenIfBusy = false });
        Assert.Equal(["Dentist"], await Shown("anna"));

        Exchange.Outlook("anna").Restores(deleted);
        await Api.Sync("anna");
        Assert.Equal(["Dentist"], await Shown("anna"));
        Assert.Empty(await Removals("anna"));
    }

    [Fact]
    public async Task A_removal_is_none_once_the_event_is_restored_in_Outlook()
    {
        var deleted = Exchange.Outlook("anna").Adds(Event(9));
        await Api.Sync("anna");
        deleted = Exchange.Outlook("anna").Deletes(deleted);
        await Api.Sync("anna");
        Exchange.Outlook("anna").Restores(deleted);
        await Api.Sync("anna");
        Assert.Empty(await Removals("anna"));
        Assert.Equal(["Dentist"], await Shown("anna"));
    }

    [Fact]
    public async Task An_event_that_is_held_and_restored_ends_its_hold_alone()
    {
        var items = Enumerable.Range(0, 14).Select(i => Exchange.Outlook("anna").Adds(Event(i, $"Event {i}"))).ToList();
        await Api.Sync("anna");
        var deleted = items.Select(i => Exchange.Outlook("anna").Deletes(i)).ToList();
        await Api.Sync("anna");
        Assert.Equal(["deletions-held"], await Warnings("anna"));
        Exchange.Outlook("anna").Restores(deleted[0]);
        await Api.Sync("anna");
        Assert.Equal(14, (await Shown("anna")).Count);
        Assert.Equal(13, (await Api.Ok(HttpMethod.Get, "staff/anna/held-deletions"))["held"]!.AsArray().Count);
        foreach (var other in deleted.Skip(1)) Exchange.Outlook("anna").Restores(other);
        await Api.Sync("anna");
        Assert.Equal(14, (await Shown("anna")).Count);
        Assert.Empty(await Warnings("anna"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_that_was_moved_away_and_back_between_two_passes_is_one(bool reportsMovesAsUpdates)
    {
        Exchange.Exchange.Organisation.ReportsMovesAsUpdates = reportsMovesAsUpdates;
        var item = Exchange.Outlook("anna").Adds(Event(9));
        await Api.Sync("anna");
        Exchange.Outlook("anna").MovesToFolder(Exchange.Outlook("anna").MovesToFolder(item, "Other Calendar"), "calendar");
        await Api.Sync("anna");
        Assert.Equal(["Dentist"], await Shown("anna"));
        Assert.Empty(await Removals("anna"));
    }

    [Fact]
    public async Task What_became_private_after_it_was_removed_is_told_nowhere()
    {
        var series = Exchange.Outlook("anna").AddsSeries(Event(9, "Planted"), new DailyPattern(1), occurrences: 3);
        await Api.Sync("anna");
        Exchange.Outlook("anna").DeletesOccurrence(series, Tomorrow.AddDays(1).AddHours(9));
        await Api.Sync("anna");
        var removal = Assert.Single(await Removals("anna"));
        Assert.Equal("Planted", Text(removal, "title"));

        Exchange.Outlook("anna").MakesPrivate(series);
        await Api.Sync("anna");
        Assert.Equal("Busy", Text(Assert.Single(await Removals("anna")), "title"));
        await Api.Ok(HttpMethod.Post, $"staff/anna/removals/{Text(removal, "id")}/restore", new { evenIfBusy = false });
        Assert.Equal(["Busy", "Busy", "Busy"], await Shown("anna"));
    }

    [Fact]
    public async Task An_occurrence_that_leaves_when_its_series_becomes_private_keeps_no_title()
    {
        var series = Exchange.Outlook("anna").AddsSeries(Event(9, "Planted"), new DailyPattern(1), occurrences: 3);
        await Api.Sync("anna");
        Exchange.Outlook("anna").DeletesOccurrence(series, Tomorrow.AddDays(1).AddHours(9));
        Exchange.Outlook("anna").MakesPrivate(series);
        await Api.Sync("anna");
        Assert.Equal("Busy", Text(Assert.Single(await Removals("anna")), "title"));
    }

    [Fact]
    public async Task What_was_taken_back_and_then_shows_as_private_in_Outlook_loses_its_title_here()
    {
        var deleted = Exchange.Outlook("anna").Adds(Event(9, "Planted"));
        await Api.Sync("anna");
        deleted = Exchange.Outlook("anna").Deletes(deleted);
        await Api.Sync("anna");
        await Api.Ok(
            HttpMethod.Post,
            $"staff/anna/removals/{Text(Assert.Single(await Removals("anna")), "id")}/restore",
            new { evenIfBusy = false });
        Exchange.Outlook("anna").MakesPrivate(Exchange.Outlook("anna").Restores(deleted));
        await Api.Sync("anna");
        Assert.Equal(["Busy"], await Shown("anna"));
        Assert.Empty(await Removals("anna"));
    }

    [Fact]
    public async Task Where_Exchange_gives_UIDs_of_its_own_a_copy_that_is_deleted_before_it_was_read_back_stays_deleted()
    {
        Exchange.Exchange.Organisation.GivesItsOwnUids = true;
        var booked = await Api.Book(Tomorrow.AddHours(12), 1, "anna");
        await Eventually.Until("it is written", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Eventually.Until("that is noted", async () => Text((await Api.Appointment(booked))["copies"]![0]!, "state") == "Written", Ct);
        Exchange.Outlook("anna").Deletes(ItemOf("anna"));
        await Api.Sync("anna");
        Assert.Equal("CancelledInExchange", Text(await Api.Appointment(booked), "status"));
        Assert.Empty(Exchange.Mailbox("anna").Calendar);
    }
}
