using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IRemovedEvents"/> promises, and what commits make of it.</summary>
public abstract class RemovedEventContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    [Fact]
    public async Task An_event_comes_back_as_it_was_but_for_its_change_key()
    {
        var e = Sample.External(Db.Link.Id, "AAMk+/=") with { OriginalStart = Now.AddMicroseconds(7), MyResponse = MeetingResponse.Accepted };
        var removed = await Removed(e, Now.AddMicroseconds(9));
        Assert.Equal(removed with { Event = e with { Id = removed.Id, ChangeKey = null } }, await Find(Db.Link, removed));
        var days = EventTimes.AllDay(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 4), "Europe/Berlin");
        var bare = Sample.External(Db.Link.Id, "bare", title: null) with { Times = days, Uid = null, OriginalStart = null };
        removed = await Removed(bare);
        Assert.Equal(removed with { Event = bare with { Id = removed.Id, ChangeKey = null } }, await Find(Db.Link, removed));
    }

    [Fact]
    public async Task A_copy_comes_back_with_its_appointment_and_its_times()
    {
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        var copy = Sample.Copy(Db.Link.Id, appointment.Id) with { ItemId = "item", Uid = "uid", Times = appointment.Times };
        var found = (await Find(Db.Link, await Removed(copy)))!.Event;
        Assert.Equal(
            (EventKind.Copy, appointment.Id, copy.Identity, "item", "uid", appointment.Times, null),
            (found.Kind, found.AppointmentId, found.Identity, found.ItemId, found.Uid, found.Times, found.Title));
    }

    [Fact]
    public async Task It_is_found_in_its_own_link_only_and_an_unknown_one_in_none()
    {
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        var removed = await Removed(Sample.External(Db.Link.Id, "item"));
        Assert.Null(await Find(bert, removed));
        Assert.Null(await Find(Db.Link, removed with { Id = Guid.CreateVersion7() }));
        Assert.NotNull(await Find(Db.Link, removed));
    }

    [Fact]
    public async Task What_is_in_the_calendar_again_is_not_to_be_brought_back_and_its_removal_counts_no_more()
    {
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        var single = Sample.External(Db.Link.Id, "single") with { Uid = "u", OriginalStart = null };
        var back = await Removed(single);
        RemovedEvent[] stay =
        [
            await Removed(Sample.External(Db.Link.Id, "occurrence") with { Uid = "u", OriginalStart = Now }),
            await Removed(Sample.External(Db.Link.Id, "case") with { Uid = "U", OriginalStart = null }),
            await Removed(Sample.External(Db.Link.Id, "nameless") with { Uid = null, OriginalStart = null }),
            await Removed(Sample.Copy(Db.Link.Id, appointment.Id) with { Uid = "u", Times = appointment.Times }),
            await Removed(single with { Id = Guid.CreateVersion7(), LinkId = bert.Id }),
        ];
        Removal[] units = [new(Db.Link.Id, single.Identity, Now), new(Db.Link.Id, "series:u", Now), new(bert.Id, single.Identity, Now)];
        Assert.True(await Db.Commit(new ChangeSet { Removals = units }));

        await Commit(new ChangeSet { CameBack = [new SyncStep.CameBack("u", null)] });
        Assert.Null(await Find(Db.Link, back));
        foreach (var other in stay) Assert.NotNull(await new RemovedEvents(Db.Store).Find(other.Event.LinkId, other.Id, Ct));
        Assert.Equal((1, 1), (await Counted(Db.Link), await Counted(bert)));
        await Commit(new ChangeSet { CameBack = [new SyncStep.CameBack("u", null), new SyncStep.CameBack("u", Now)] });
        Assert.Null(await Find(Db.Link, stay[0]));
        Assert.Equal((0, 1), (await Counted(Db.Link), await Counted(bert)));
    }

    [Fact]
    public async Task What_is_private_now_keeps_no_title_and_others_keep_theirs()
    {
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        var hidden = await Removed(Sample.External(Db.Link.Id, "hidden") with { Uid = "u" });
        var other = await Removed(Sample.External(Db.Link.Id, "other") with { Uid = "U" });
        var elsewhere = await Removed(Sample.External(bert.Id, "elsewhere") with { Uid = "u" });
        await Commit(new ChangeSet { HideTitlesOf = ["u"] });
        var found = (await Find(Db.Link, hidden))!.Event;
        Assert.Equal((null, null, true, hidden.Event.Times), (found.Title, found.Location, found.IsPrivate, found.Times));
        foreach (var (link, shown) in new[] { (Db.Link, other), (bert, elsewhere) })
            Assert.Equal(("Meeting", false), ((await Find(link, shown))!.Event.Title, (await Find(link, shown))!.Event.IsPrivate));
    }

    [Fact]
    public async Task A_link_forgets_what_left_until_an_instant_and_keeps_what_left_after_it()
    {
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        var until = await Removed(Sample.External(Db.Link.Id, "until"), Now);
        var after = await Removed(Sample.External(Db.Link.Id, "after"), Now.AddMicroseconds(1));
        var elsewhere = await Removed(Sample.External(bert.Id, "elsewhere"), Now);
        await Commit(new ChangeSet { ForgetRemovedBefore = Now });
        Assert.Null(await Find(Db.Link, until));
        Assert.NotNull(await Find(Db.Link, after));
        Assert.NotNull(await Find(bert, elsewhere));
    }

    private async Task<RemovedEvent> Removed(SyncedEvent e, DateTimeOffset? at = null)
    {
        var removed = new RemovedEvent(Guid.CreateVersion7(), at ?? Now, e);
        Assert.True(await Db.Commit(new ChangeSet { Removed = [removed] }));
        return removed;
    }

    private Task<RemovedEvent?> Find(StaffCalendarLink link, RemovedEvent removed) =>
        new RemovedEvents(Db.Store).Find(link.Id, removed.Id, Ct);

    /// <summary>As a pass of the first link stores it.</summary>
    private async Task Commit(ChangeSet entry) =>
        Assert.True(await Db.Commit(entry with { Links = [(await Db.Links.Find(Db.Link.Id, Ct))!] }));

    private async Task<int> Counted(StaffCalendarLink link) => (await new RemovalLog(Db.Store).Count(link.Id, Now, Now, Ct)).Removed;
}
