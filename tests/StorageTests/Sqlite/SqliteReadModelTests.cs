using CleanSync.Application.Appointments;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Contracts;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

public sealed class SqliteReadModelTests : ReadModelContract<TemporarySqlite>
{
    [Fact]
    public async Task A_calendar_and_a_link_are_read_through_indexes()
    {
        var plans = await QueryPlans.Of(Db.Store, async () =>
        {
            await Calendar();
            await new GetStaffLinkHandler(Db.Store, Board, Db.Time).Handle(new GetStaffLink("anna"), Ct);
            await new GetAppointmentHandler(Db.Store, Db.Time).Handle(new GetAppointment(Db.Link.Id), Ct);
        });
        Assert.True(plans.Count > 8, string.Join('\n', plans));
        Assert.DoesNotContain(plans, QueryPlans.ReadsAWholeTable);
    }
}
