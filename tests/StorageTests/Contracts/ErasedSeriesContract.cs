using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.Syncing;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>A copy that its owner made a series of is mirrored like events of Exchange.</summary>
public abstract class ErasedSeriesContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    [Fact]
    public async Task Occurrences_of_an_erased_appointments_copy_lose_title_and_location_and_others_keep_theirs()
    {
        var appointment = await db.Booked(Sample.Appointment("anna"));
        var copy = Sample.Copy(db.Link.Id, appointment.Id) with { ItemId = "master", Uid = "ours", BecameSeries = true };
        await db.Kept(copy);
        var occurrence = await db.Kept(Sample.External(db.Link.Id, "occurrence", title: "Colour for Clara") with { Uid = "ours" });
        var own = await db.Kept(Sample.External(db.Link.Id, "own") with { Uid = "theirs" });
        var other = await db.Linked(Sample.Link(db.Integration.Id, "bert"));
        var elsewhere = await db.Kept(Sample.External(other.Id, "elsewhere") with { Uid = "ours" });
        var undo = occurrence with { Id = Guid.CreateVersion7(), Identity = "item:removed", ItemId = "removed" };
        Assert.True(await db.Commit(new ChangeSet { Removed = [new RemovedEvent(undo.Id, Now, undo)] }));

        await Erase(appointment.Id);

        var blank = (await db.Events.Find(occurrence.Id, Ct))!;
        Assert.Equal((null, null, occurrence.Times), (blank.Title, blank.Location, blank.Times));
        Assert.False(await db.Commit(new ChangeSet { Keep = [occurrence] })); // whoever recalled it before is stale
        Assert.Equal([own, elsewhere], [await db.Events.Find(own.Id, Ct), await db.Events.Find(elsewhere.Id, Ct)]);
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(title) + count(location) from removed_events"));
    }

    private async Task Erase(Guid appointmentId)
    {
        var erasure = new Erasure { Id = Guid.CreateVersion7(), AskedAt = Now };
        await new Infrastructure.Persistence.Erasing.Erasures(db.Store, db.DeletedBytes).Begin(erasure, [appointmentId], Ct);
        Assert.True(await db.Commit(new ChangeSet { Erased = new ErasedAppointment(erasure.Id, appointmentId, GivenUp: false) }));
    }
}
