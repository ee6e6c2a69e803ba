using CleanSync.Application.Appointments;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Queries.Removals;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using CleanSync.UnitTests.Time;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>Whose title may be read.</summary>
public abstract class EventTitleRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_answer_shows_a_title_or_hides_it_by_one_rule(bool showTitles)
    {
        var office = Sample.Integration() with { ShowEventTitles = showTitles };
        Assert.False((await Db.Integrations.Save(office, Ct)).IsRefused);
        foreach (var isPrivate in new[] { false, true })
        {
            foreach (var title in new[] { null, "Dentist" })
            {
                var link = NewLink(office.Id);
                var row = Sample.External(link.Id, "item", title: title) with { IsPrivate = isPrivate, Hold = RemovalHold.Held };
                var removed = new RemovedEvent(Guid.CreateVersion7(), Now.AddMinutes(-1), row with { Identity = "item:other", Uid = "other" });
                Assert.True(await Db.Commit(new ChangeSet { Links = [link], Keep = [row], Removed = [removed] }));
                var expected = EventTitle.Shown(title, showTitles, isPrivate);
                Assert.All(await Titles(office, link, row.Id), shown => Assert.Equal(expected, shown));
            }
        }
    }

    [Fact]
    public void Nothing_is_shown_of_what_is_private_or_with_the_toggle_off()
    {
        Assert.Equal("Dentist", EventTitle.Shown("Dentist", showTitles: true, isPrivate: false));
        Assert.Equal("Busy", EventTitle.Shown("Dentist", showTitles: false, isPrivate: false));
        Assert.Equal("Busy", EventTitle.Shown("Dentist", showTitles: true, isPrivate: true));
        Assert.Equal("Busy", EventTitle.Shown(null, showTitles: true, isPrivate: false));
    }

    private async Task<string[]> Titles(ExchangeIntegration office, StaffCalendarLink link, Guid id)
    {
        var clock = new DoubtedClock(Now);
        var calendar = new GetStaffCalendarHandler(Db.Store, new NotificationBoard(new FakeCalendarQueue()), Db.Time);
        var held = await new ListHeldDeletionsOfIntegrationHandler(Db.Store).Handle(new ListHeldDeletionsOfIntegration(office.Id), Ct);
        var removals = await new ListRemovalsOfIntegrationHandler(Db.Store, clock).Handle(new ListRemovalsOfIntegration(office.Id), Ct);
        return
        [
            Assert.Single((await calendar.Handle(new GetStaffCalendar(link.StaffId, Now, Now.AddDays(1)), Ct)).Value.Entries).Title,
            (await new GetStaffEventHandler(Db.Store).Handle(new GetStaffEvent(link.StaffId, id), Ct)).Value.Title,
            Assert.Single((await new ListHeldDeletionsHandler(Db.Store).Handle(new ListHeldDeletions(link.StaffId), Ct)).Value.Held).Title,
            Assert.Single(held.Value.Single(s => s.StaffId == link.StaffId).Held).Title,
            Assert.Single((await new ListRemovalsHandler(Db.Store, clock).Handle(new ListRemovals(link.StaffId), Ct)).Value.Removals).Title,
            removals.Value.Single(r => r.StaffId == link.StaffId).Removal.Title,
        ];
    }
}
