using CleanSync.Application;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Time;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public sealed class PutStaffLinkTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    [Fact]
    public async Task A_pass_that_commits_meanwhile_is_kept_and_the_link_is_changed_all_the_same()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "busy"));
        var store = new PassInBetween(db.SyncStore, new ChangeSet { Links = [link with { Failures = 7 }] });

        var put = await Handler(store).Handle(
            new PutStaffLink("busy", "Another name", db.Integration.Id, link.MailboxAddress, link.TimeZone), TemporaryDatabase.Ct);

        var stored = (await db.Links.FindByStaff("busy", TemporaryDatabase.Ct))!;
        Assert.Equal((false, false), (put.IsRefused, put.Value));
        Assert.Equal(("Another name", 7), (stored.StaffName, stored.Failures));
    }

    [Fact]
    public async Task A_second_link_to_a_mailbox_address_is_refused_whatever_its_case_and_its_integration()
    {
        await db.Linked(Sample.Link(db.Integration.Id, "first"));
        var other = Sample.Integration();
        await db.Integrations.Save(other, TemporaryDatabase.Ct);
        var refused = await Handler(db.SyncStore).Handle(
            new PutStaffLink("second", "Second", other.Id, "FIRST@Contoso.example", "Europe/Berlin"), TemporaryDatabase.Ct);
        Assert.Equal("first", Assert.IsType<MailboxIsLinkedAlready>(refused.Refusal).OtherStaffId);
        Assert.Null(await db.Links.FindByStaff("second", TemporaryDatabase.Ct));

        await Handler(db.SyncStore).Handle(new PutStaffLink("second", "Second", other.Id, null, "Europe/Berlin"), TemporaryDatabase.Ct);
        refused = await Handler(db.SyncStore).Handle(
            new PutStaffLink("second", "Second", other.Id, "first@contoso.example", "Europe/Berlin"), TemporaryDatabase.Ct);
        Assert.IsType<MailboxIsLinkedAlready>(refused.Refusal);
        var same = await Handler(db.SyncStore).Handle(
            new PutStaffLink("first", "Renamed", db.Integration.Id, "First@contoso.example", "Europe/Berlin"), TemporaryDatabase.Ct);
        Assert.Equal((false, false), (same.IsRefused, same.Value));
    }

    [Fact]
    public async Task Of_two_links_to_one_address_at_the_same_moment_one_is_refused()
    {
        var twin = Sample.Link(db.Integration.Id, "twin one") with { MailboxAddress = "twin@contoso.example" };
        var store = new PassInBetween(db.SyncStore, new ChangeSet { Links = [twin] });
        var put = await Handler(store).Handle(
            new PutStaffLink("twin two", "Twin", db.Integration.Id, "Twin@contoso.example", "Europe/Berlin"), TemporaryDatabase.Ct);
        Assert.IsType<MailboxIsLinkedAlready>(put.Refusal);
    }

    [Fact]
    public async Task A_link_that_was_changed_since_it_was_read_or_is_being_deleted_is_not_put()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "versioned"));
        var stale = await Handler(db.SyncStore).Handle(
            new PutStaffLink("versioned", "New", db.Integration.Id, link.MailboxAddress, link.TimeZone, link.SettingsVersion - 1),
            TemporaryDatabase.Ct);
        Assert.IsType<ChangedMeanwhile>(stale.Refusal);
        Assert.False((await Handler(db.SyncStore)
            .Handle(
                new PutStaffLink("versioned", "New", db.Integration.Id, link.MailboxAddress, link.TimeZone, link.SettingsVersion),
                TemporaryDatabase.Ct)).IsRefused);
        link = (await db.Links.Find(link.Id, TemporaryDatabase.Ct))!;
        Assert.True(await db.Commit(new ChangeSet { Links = [link.ToDelete(removesCopies: true, TemporaryDatabase.Now)] }));
        var going = await Handler(db.SyncStore).Handle(
            new PutStaffLink("versioned", "New", db.Integration.Id, link.MailboxAddress, link.TimeZone), TemporaryDatabase.Ct);
        Assert.IsType<LinkIsBeingDeleted>(going.Refusal);
    }

    [Fact]
    public async Task While_the_clock_is_ahead_a_new_link_gets_what_is_to_come_all_the_same()
    {
        var booked = Sample.Appointment("early");
        Assert.True(await db.Commit(new ChangeSet { Appointments = [booked] }));
        db.Time.Advance(TimeSpan.FromDays(730));
        await Handler(db.SyncStore, new DoubtedClock(TemporaryDatabase.Now))
            .Handle(new PutStaffLink("early", "Early", db.Integration.Id, "early@contoso.example", "Europe/Berlin"), TemporaryDatabase.Ct);
        var link = (await db.Links.FindByStaff("early", TemporaryDatabase.Ct))!;
        Assert.Equal(booked.Id, Assert.Single(await db.Events.OfLink(link.Id, TemporaryDatabase.Ct)).AppointmentId);
    }

    private PutStaffLink.Handler Handler(ISyncStore store, ICautiousClock? cautious = null) => new(
        db.Integrations, db.Links, db.Appointments, store, new Nobody(), new ReviewSignal(db.Time), new TimeOrderedIds(db.Time),
        cautious ?? new DoubtedClock(TemporaryDatabase.Now), db.Time);

    /// <summary>Commits what a pass found, just before the first commit that is asked for.</summary>
    private sealed class PassInBetween(ISyncStore store, ChangeSet pass) : ISyncStore
    {
        private bool happened;

        public async Task<bool> Commit(ChangeSet entry, CancellationToken ct)
        {
            if (!happened) Assert.True(await store.Commit(pass, ct));
            happened = true;
            return await store.Commit(entry, ct);
        }
    }

    private sealed class Nobody : ICalendarQueue
    {
        public void Add(CalendarWork work, IEnumerable<Guid> linkIds)
        {
        }
    }
}
