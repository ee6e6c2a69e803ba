using CleanSync.Infrastructure.Persistence;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>What is asked often is answered through indexes.</summary>
public sealed class QueryPlanTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    [Fact]
    public async Task No_question_that_is_asked_often_reads_a_whole_table()
    {
        var plans = await QueryPlans.Of(db.Store, async () =>
        {
            await db.Links.Due(Now, Ct);
            await db.Links.WithDuePushes(Now, Ct);
            await db.Links.OfStaff(["anna"], Ct);
            await db.Links.OfIntegration(db.Integration.Id, Ct);
            await db.Events.DuePushes(db.Link.Id, Now, 10, Ct);
            await db.Events.Named(db.Link.Id, ["a"], ["b"], [db.Link.Id], Ct);
            await db.Events.CopiesOf([db.Link.Id], Ct);
            await db.Events.Unsettled(db.Link.Id, Ct);
            await db.Events.TakingTime(db.Link.Id, Now, Now, Ct);
            await db.Appointments.Named([db.Link.Id], Ct);
            await db.Appointments.UpcomingOf("anna", Now, Ct);
        });
        Assert.True(plans.Count > 20, string.Join('\n', plans));
        Assert.DoesNotContain(plans, QueryPlans.ReadsAWholeTable);
        Assert.DoesNotContain(plans, QueryPlans.ReadsAWholeLink);
    }

    [Fact]
    public async Task The_check_of_query_plans_can_fail()
    {
        var plans = await QueryPlans.Of(db.Store, async () =>
        {
            await db.Integrations.All(Ct); // the few integrations are read whole, on purpose
            await db.Events.OfLink(db.Link.Id, Ct);
        });
        Assert.Contains(plans, QueryPlans.ReadsAWholeTable);
        Assert.Contains(plans, QueryPlans.ReadsAWholeLink);
    }

    [Fact]
    public async Task A_key_is_looked_up_without_reading_the_whole_table() =>
        Assert.DoesNotContain(
            await QueryPlans.Of(db.Store, () => new ApiKeyRepository(db.Store).FindByLookup("cleansync_000000000000", Ct)),
            QueryPlans.ReadsAWholeTable);
}
