using CleanSync.Application;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Xunit;

namespace CleanSync.UnitTests.Persistence;

public sealed class RepositoryTests(TemporaryDatabase db) : IClassFixture<TemporaryDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_integration_comes_back_as_it_was_saved()
    {
        var saved = Sample.Integration() with { AccountCalendarId = null };
        Assert.False((await db.Integrations.Save(saved, Ct)).IsRefused);
        var found = (await db.Integrations.Find(saved.Id, Ct))!;
        Assert.Equal(saved.Account.SealedPassword, found.Account.SealedPassword);
        Assert.Equal(saved with { Version = 1 }, found with { Account = saved.Account });
        Assert.Contains(await db.Integrations.All(Ct), i => i.Id == saved.Id);
    }

    [Fact]
    public async Task A_second_save_of_the_same_version_is_refused()
    {
        var saved = Sample.Integration();
        await db.Integrations.Save(saved, Ct);
        Assert.IsType<ChangedMeanwhile>((await db.Integrations.Save(saved, Ct)).Refusal);
        var read = (await db.Integrations.Find(saved.Id, Ct))!;
        Assert.False((await db.Integrations.Save(read with { DisplayName = "First" }, Ct)).IsRefused);
        Assert.IsType<ChangedMeanwhile>((await db.Integrations.Save(read with { DisplayName = "Second" }, Ct)).Refusal);
        Assert.Equal("First", (await db.Integrations.Find(saved.Id, Ct))!.DisplayName);
    }

    [Fact]
    public async Task A_link_comes_back_as_it_was_saved()
    {
        var link = Sample.Link(db.Integration.Id, "carl");
        Assert.Equal(link with { Version = 1 }, await db.Linked(link));
        var bare =
            Sample.Link(db.Integration.Id, "dora") with
            {
                MailboxAddress = null,
                Cursor = null,
                CalendarId = null,
                WindowReadOn = null,
                WindowEnd = null,
                LastSyncedAt = null,
                NextSyncAt = null,
                Enabled = false
            };
        Assert.Equal(bare with { Version = 1 }, await db.Linked(bare));
        Assert.Equal(bare.Id, (await db.Links.FindByStaff("dora", Ct))!.Id);
        Assert.Null(await db.Links.FindByStaff("DORA", Ct));
        Assert.Equal(["carl", "dora"], (await db.Links.OfStaff(["carl", "dora", "nobody"], Ct)).Select(l => l.StaffId).Order());
        Assert.Contains(await db.Links.OfIntegration(db.Integration.Id, Ct), l => l.Id == link.Id);
    }

    [Fact]
    public async Task An_appointment_comes_back_with_its_staff_in_order()
    {
        var appointment = Sample.Appointment("zoe", "anna", "mia");
        var found = await db.Booked(appointment);
        Assert.Equal(["zoe", "anna", "mia"], found.StaffIds);
        Assert.Equal(appointment with { Version = 1 }, found with { StaffIds = appointment.StaffIds });
    }

    [Fact]
    public async Task An_all_day_appointment_keeps_its_days()
    {
        var days = EventTimes.AllDay(new DateOnly(2026, 9, 6), new DateOnly(2026, 9, 8), "America/Santiago"); // a day without a midnight
        Assert.Equal(
            days, (await db.Booked(Sample.Appointment("anna") with { Times = days, Client = null, Location = null, Notes = null })).Times);
    }

    [Fact]
    public async Task A_changed_appointment_has_its_new_staff_only()
    {
        var found = await db.Booked(Sample.Appointment("a1", "a2"));
        Assert.True(await db.Commit(new ChangeSet { Appointments = [found with { StaffIds = ["a3"] }] }));
        var again = (await db.Appointments.Find(found.Id, Ct))!;
        Assert.Equal(["a3"], again.StaffIds);
        Assert.Equal(2, again.Version);
    }

    [Fact]
    public async Task Upcoming_are_the_booked_ones_that_end_later()
    {
        var upcoming = await db.Booked(Sample.Appointment("eva", "max"));
        await db.Booked(Sample.Appointment("max"));
        await db.Booked(Sample.Appointment("eva") with { Status = AppointmentStatus.Cancelled });
        await db.Booked(
            Sample.Appointment("eva") with { Times = EventTimes.Timed(TemporaryDatabase.Now.AddHours(-2), TemporaryDatabase.Now, "UTC") });
        var found = Assert.Single(await db.Appointments.UpcomingOf("eva", TemporaryDatabase.Now, Ct));
        Assert.Equal(upcoming.Id, found.Id);
        Assert.Equal(["eva", "max"], found.StaffIds);
    }

    [Fact]
    public async Task An_external_event_comes_back_as_it_was_kept()
    {
        var e =
            Sample.External(db.Link.Id, "AAMk+/=") with
            {
                IsPrivate = true,
                RemovalStaged = true,
                Unreadable = new UnreadableItem("ErrorItemCorrupt", "key+")
            };
        Assert.Equal(e with { Version = 1 }, await db.Kept(e));
    }

    [Fact]
    public async Task A_copy_comes_back_with_every_attempt()
    {
        var appointment = await db.Booked(Sample.Appointment("anna"));
        var first = CreateAttempt.Opened(Guid.CreateVersion7(), TemporaryDatabase.Now.AddTicks(7));
        var copy = Sample.Copy(db.Link.Id, appointment.Id)
            .AttemptOpened(first, appointment.Content())
            .WrittenAs("item", "k1", appointment.Content(), first.Id)
            .ConfirmedAs("k2", "given by Exchange: 7%")
            .AttemptOpened(CreateAttempt.Opened(Guid.CreateVersion7(), TemporaryDatabase.Now.AddTicks(9)), appointment.Content())
            .PushFailed(new Reason("ErrorServerBusy", "later"), TemporaryDatabase.Now.AddTicks(11)) with
        { ItemAttempt = Guid.CreateVersion7(), BecameSeries = true };
        var found = await db.Kept(copy);
        Assert.Equal(copy.Attempts, found.Attempts);
        Assert.Equal(copy with { Version = 1 }, found with { Attempts = copy.Attempts });
        Assert.Equal([copy.Id], (await db.Events.CopiesOf([appointment.Id], Ct)).Select(e => e.Id));
    }

    [Fact]
    public async Task Named_finds_by_item_identity_or_id_within_the_link_only()
    {
        var other = await db.Linked(Sample.Link(db.Integration.Id, "named"));
        var one = await db.Kept(Sample.External(other.Id, "n1"));
        var two = await db.Kept(Sample.External(other.Id, "n2"));
        var three = await db.Kept(Sample.External(other.Id, "n3"));
        var elsewhere = await db.Kept(Sample.External(db.Link.Id, "n1"));
        var found = await db.Events.Named(other.Id, ["n1", "N2"], ["item:n2", "item:n1"], [three.Id, elsewhere.Id], Ct);
        Assert.Equal(new[] { one.Id, two.Id, three.Id }.Order(), found.Select(e => e.Id).Order());
        Assert.Equal(3, (await db.Events.OfLink(other.Id, Ct)).Count);
        Assert.Empty(await db.Events.Unsettled(other.Id, Ct));
    }

    [Fact]
    public async Task Item_ids_that_differ_in_case_only_are_two_rows()
    {
        var upper = await db.Kept(Sample.External(db.Link.Id, "AAMkAGI"));
        await db.Kept(Sample.External(db.Link.Id, "AAMkAGi"));
        Assert.Equal(upper.Id, Assert.Single(await db.Events.Named(db.Link.Id, ["AAMkAGI"], [], [], Ct)).Id);
    }

    [Fact]
    public async Task External_events_between_overlap_the_span_in_order_of_start()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "between"));
        var late = await db.Kept(Sample.External(link.Id, "late", 5));
        var early = await db.Kept(Sample.External(link.Id, "early", 3));
        await db.Kept(Sample.External(link.Id, "before", 2));
        await db.Kept(Sample.External(link.Id, "after", 6));
        await db.Kept(Sample.External(link.Id, "series", 4) with { Kind = EventKind.Series });
        var found = await db.Events.TakingTime(link.Id, TemporaryDatabase.Now.AddHours(3), TemporaryDatabase.Now.AddHours(6), Ct);
        Assert.Equal([early.Id, late.Id], found.Select(e => e.Id));
    }

    [Fact]
    public async Task Staged_are_those_whose_removal_waits()
    {
        var staged = await db.Kept(Sample.External(db.Link.Id, "staged").Staged());
        Assert.Contains(await db.Events.Unsettled(db.Link.Id, Ct), e => e.Id == staged.Id);
        Assert.True(await db.Commit(new ChangeSet { Remove = [staged] }));
        Assert.Null(await db.Events.Find(staged.Id, Ct));
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await new DatabaseMigration(db.Store, db.Options, db.Titles).Run(Ct);
        Assert.NotNull(await db.Links.Find(db.Link.Id, Ct));
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_told_so()
    {
        using var second = new SqliteDatabase(db.Options);
        var refused = await Assert.ThrowsAsync<StartRefused>(
            () => new DatabaseMigration(second, db.Options, new ExchangeTitles(second, new DeletedBytes(second))).Run(Ct));
        Assert.Contains(db.Folder, refused.Message, StringComparison.Ordinal);
    }
}
