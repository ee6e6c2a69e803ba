using CleanSync.Application.Erasures;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>
/// How far erasures are, as <see cref="IErasures"/> promises; what goes is in <see cref="ErasedStaffContract{TDatabase}"/> and
/// <see cref="ErasedSeriesContract{TDatabase}"/>.
/// </summary>
public abstract class ErasureContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private Infrastructure.Persistence.Erasing.Erasures erasures = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        erasures = new Infrastructure.Persistence.Erasing.Erasures(Db.Store, Db.DeletedBytes);
    }

    [Fact]
    public async Task An_erasure_comes_back_as_it_was_begun()
    {
        var ofClients = await Begun(Now.AddMicroseconds(7), cancelsFuture: true);
        var ofStaff = new Erasure { Id = Guid.CreateVersion7(), StaffId = "anna", AskedAt = Now };
        await erasures.Begin(ofStaff, [], Ct);
        Assert.Equal([ofClients, ofStaff], [await erasures.Find(ofClients.Id, Ct), await erasures.Find(ofStaff.Id, Ct)]);
        Assert.Null(await erasures.Find(Guid.CreateVersion7(), Ct));
    }

    [Fact]
    public async Task Those_that_have_not_ended_come_in_the_order_in_which_they_were_asked_for()
    {
        Assert.Empty(await erasures.UnderWay(Ct));
        var (last, first) = (await Begun(Now.AddMicroseconds(1)), await Begun(Now.AddMicroseconds(-1)));
        var between = await Begun(Now);
        var ended = await Begun(Now);
        await End(ended);
        Assert.Equal([first, between, last], await erasures.UnderWay(Ct));
    }

    [Fact]
    public async Task The_first_wish_not_to_wait_counts_and_one_that_has_ended_has_none()
    {
        var (impatient, ended, other) = (await Begun(Now), await Begun(Now), await Begun(Now));
        await End(ended);
        foreach (var at in new[] { Now.AddMicroseconds(7), Now.AddMicroseconds(9) })
            foreach (var erasure in new[] { impatient, ended }) await erasures.EndNow(erasure.Id, at, Ct);
        Assert.Equal(impatient with { EndAskedAt = Now.AddMicroseconds(7) }, await erasures.Find(impatient.Id, Ct));
        Assert.Null((await erasures.Find(ended.Id, Ct))!.EndAskedAt);
        Assert.Equal(other, await erasures.Find(other.Id, Ct));
    }

    [Fact]
    public async Task Appointments_wait_until_they_are_kept_or_gone_and_each_erasure_has_its_own()
    {
        Guid[] ids = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).Order()];
        var (erasure, other) = (await Begun(Now, ids.Reverse()), await Begun(Now, ids[0]));
        Assert.Equal(ids, await erasures.Waiting(erasure.Id, Ct));
        await erasures.Note(erasure.Id, ids[0], new AppointmentStanding(IsKept: true), Ct);
        await erasures.Note(erasure.Id, ids[1], new AppointmentStanding(IsGone: true), Ct);
        await erasures.Note(erasure.Id, ids[2], new AppointmentStanding(WaitsFor: Obstacle.IsToCome), Ct);
        Assert.Equal([ids[2]], await erasures.Waiting(erasure.Id, Ct));
        Assert.Equal([ids[0]], await erasures.Waiting(other.Id, Ct));
        var report = await Report(erasure);
        Assert.Equal((3, 1, 1), (report.Appointments, report.Kept, report.Erased));
        Assert.Equal((ids[2], Obstacle.IsToCome), Assert.Single(report.WaitsFor.Select(w => (w.AppointmentId, w.Code))));
    }

    [Fact]
    public async Task What_was_cancelled_for_an_erasure_is_counted_once_whatever_comes_after()
    {
        var id = Guid.CreateVersion7();
        var erasure = await Begun(Now, id);
        var cancelled = new AppointmentStanding(IsCancelled: true);
        foreach (var standing in new[] { cancelled, cancelled, new AppointmentStanding(WaitsFor: Obstacle.RemovalWaits) })
        {
            await erasures.Note(erasure.Id, id, standing, Ct);
            Assert.Equal([id], await erasures.Waiting(erasure.Id, Ct));
        }

        Assert.Equal(1, (await Report(erasure)).Cancelled);
        await erasures.Note(erasure.Id, id, new AppointmentStanding(), Ct);
        Assert.Empty((await Report(erasure)).WaitsFor);
    }

    [Fact]
    public async Task What_is_dealt_with_is_not_taken_back_by_whoever_looked_before()
    {
        var (appointment, erasure, items) = await Erased();
        await erasures.NoteItem(erasure.Id, items[0], ItemState.Rewritten, null, Ct);
        await erasures.Note(erasure.Id, appointment.Id, new AppointmentStanding(WaitsFor: Obstacle.AttemptIsOpen), Ct);
        await erasures.Note(erasure.Id, appointment.Id, new AppointmentStanding(IsKept: true), Ct);
        await erasures.NoteItem(erasure.Id, items[0], ItemState.Left, Obstacle.NotCleanedUp, Ct);
        var report = await Report(erasure);
        Assert.Equal((1, 0, 1), (report.Erased, report.Kept, report.Rewritten));
        Assert.Empty(report.NotRewritten);
        Assert.Empty(await erasures.Waiting(erasure.Id, Ct));
    }

    [Fact]
    public async Task Items_wait_in_the_order_of_their_ids_until_they_are_rewritten_gone_or_left()
    {
        var (appointment, erasure, items) = await Erased();
        Assert.Equal(items.Select(id => new WaitingItem(id, appointment.Id)), await erasures.Items(erasure.Id, Ct));
        await erasures.NoteItem(erasure.Id, items[0], ItemState.Gone, null, Ct);
        await erasures.NoteItem((await Begun(Now)).Id, items[1], ItemState.Gone, null, Ct);
        Assert.Equal([items[1], items[2]], (await erasures.Items(erasure.Id, Ct)).Select(i => i.Id));
        await erasures.NoteItem(erasure.Id, items[1], ItemState.Rewritten, null, Ct);
        await erasures.NoteItem(erasure.Id, items[2], ItemState.Left, Obstacle.IsASeries, Ct);
        Assert.Empty(await erasures.Items(erasure.Id, Ct));
        var report = await Report(erasure);
        Assert.Equal((3, 2), (report.Items, report.Rewritten));
        Assert.Equal(Obstacle.IsASeries, Assert.Single(report.NotRewritten).Code);
    }

    [Fact]
    public async Task The_bytes_of_those_that_are_named_are_gone_and_they_wait_no_more()
    {
        var (one, two, other) = (await Begun(Now), await Begun(Now), await Begun(Now));
        foreach (var erasure in new[] { one, two, other }) await erasures.NoteWait(erasure.Id, Obstacle.BytesWait, Ct);
        Assert.True(await erasures.Purge([one.Id, two.Id], Now.AddMicroseconds(7), Ct));
        foreach (var erasure in new[] { one, two })
        {
            Assert.Equal(erasure with { PurgedAt = Now.AddMicroseconds(7) }, await erasures.Find(erasure.Id, Ct));
            Assert.Empty((await Report(erasure)).WaitsFor);
        }

        Assert.Equal(other, await erasures.Find(other.Id, Ct));
        Assert.Equal(Obstacle.BytesWait, Assert.Single((await Report(other)).WaitsFor).Code);
        await erasures.NoteWait(other.Id, null, Ct);
        Assert.Empty((await Report(other)).WaitsFor);
    }

    [Fact]
    public async Task One_ends_once_its_bytes_are_gone_and_no_item_of_it_waits_and_not_a_second_time()
    {
        var (_, erasure, items) = await Erased();
        var other = await Begun(Now);
        Assert.False(await erasures.Finish(erasure.Id, Now, Ct)); // its bytes are there
        Assert.True(await erasures.Purge([erasure.Id], Now, Ct));
        Assert.False(await erasures.Finish(erasure.Id, Now, Ct)); // its items wait
        foreach (var item in items) await erasures.NoteItem(erasure.Id, item, ItemState.Left, Obstacle.NotCleanedUp, Ct);
        Assert.True(await erasures.Finish(erasure.Id, Now.AddMicroseconds(7), Ct));
        Assert.False(await erasures.Finish(erasure.Id, Now.AddDays(1), Ct));
        Assert.Equal((ErasureState.Finished, Now.AddMicroseconds(7)), ((await Report(erasure)).State, (await Report(erasure)).FinishedAt));
        Assert.False(await erasures.Finish(Guid.CreateVersion7(), Now, Ct));
        Assert.Equal([other], await erasures.UnderWay(Ct));
    }

    private Task<Erasure> Begun(DateTimeOffset at, params IEnumerable<Guid> appointments) => Begun(at, cancelsFuture: false, appointments);

    private async Task<Erasure> Begun(DateTimeOffset at, bool cancelsFuture, params IEnumerable<Guid> appointments)
    {
        var erasure = new Erasure { Id = Guid.CreateVersion7(), AskedAt = at, CancelsFuture = cancelsFuture };
        await erasures.Begin(erasure, [.. appointments], Ct);
        return erasure;
    }

    private async Task End(Erasure erasure)
    {
        Assert.True(await erasures.Purge([erasure.Id], Now, Ct));
        Assert.True(await erasures.Finish(erasure.Id, Now, Ct));
    }

    /// <summary>Of an appointment with three copies, which are to be rewritten.</summary>
    private async Task<(Appointment Appointment, Erasure Erasure, Guid[] Items)> Erased()
    {
        var appointment = await Db.Booked(Sample.Appointment("anna", "bert", "carl"));
        var items = new List<Guid> { (await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id))).Id };
        foreach (var staffId in new[] { "bert", "carl" })
        {
            var link = await Db.Linked(Sample.Link(Db.Integration.Id, staffId));
            items.Add((await Db.Kept(Sample.Copy(link.Id, appointment.Id))).Id);
        }

        var erasure = await Begun(Now, appointment.Id);
        Assert.True(await Db.Commit(new ChangeSet { Erased = new ErasedAppointment(erasure.Id, appointment.Id, GivenUp: false) }));
        return (appointment, erasure, [.. items.Order()]);
    }

    private async Task<ErasureView> Report(Erasure erasure) =>
        (await new GetErasureHandler(Db.Store).Handle(new GetErasure(erasure.Id), Ct)).Value;
}
