using CleanSync.Infrastructure.Persistence;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>What is asked often is answered through indexes.</summary>
public sealed class QueryPlanTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private static readonly string[] Few = ["exchange_integrations", "refused_logons", "clean_up_items USING COVERING INDEX"];

    [Fact]
    public async Task No_question_that_is_asked_often_reads_a_whole_table()
    {
        var plans = await QueryPlans.Of(db.Store, () => HotQuestions.Ask(db));
        var pages = await QueryPlans.Of(db.Store, () => HotQuestions.Show(db));
        Assert.True(plans.Count + pages.Count > 60, string.Join('\n', plans));
        Assert.DoesNotContain(plans.Concat(pages), plan => QueryPlans.ReadsAWholeTable(plan) && !IsOfAFewRows(plan));
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

    /// <summary>
    /// Integrations and accounts with refusals are few, and clean-up items are there only while a disconnection or a deletion is under way.
    /// </summary>
    private static bool IsOfAFewRows(string plan) =>
        plan is "SCAN r LEFT-JOIN"
        || Few.Any(few => plan.StartsWith($"SCAN {few}", StringComparison.Ordinal));
}
