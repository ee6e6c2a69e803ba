using CleanSync.Application.Erasures;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Time;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>Appointments of a client.</summary>
public abstract class ClientSearchContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    [Fact]
    public async Task Every_page_is_searched_and_more_than_the_most_is_told()
    {
        Appointment[] all = [.. Enumerable.Range(0, 2 * FindClientAppointments.MostFound + 1).Select(_ => Sample.Appointment("anna"))];
        all[^1] = all[^1] with { Client = new Client("Zoe Last", null, null) };
        Assert.True(await db.Commit(new ChangeSet { Appointments = all }));
        var last = await Found("zoe");
        Assert.Equal((all[^1].Id, false), (Assert.Single(last.Ids), last.HasMore));
        var (ids, hasMore) = await Found("clara");
        Assert.Equal((FindClientAppointments.MostFound, true), (ids.Count, hasMore));
    }

    private async Task<(IReadOnlyList<Guid> Ids, bool HasMore)> Found(string name)
    {
        var handler = new FindClientAppointmentsHandler(db.Store, db.Appointments, new DoubtedClock(Now));
        var found = await handler.Handle(new FindClientAppointments(name, null, null), Ct);
        return ([.. found.Appointments.Select(a => a.Id)], found.HasMore);
    }
}
