using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.StorageTests.Contracts;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

public sealed class SqliteUserAccountsListTests : UserAccountsListContract<TemporarySqlite>
{
    private int made;

    [Fact]
    public async Task With_2000_staff_and_10000_events_a_page_reads_as_much_as_with_200_and_through_indexes()
    {
        await Many(200, events: 1000);
        var few = await PageWork();
        await Many(1800, events: 9000);
        var many = await PageWork();
        Assert.Equal(few.Count, many.Count);
        Assert.All(many, w => Assert.Equal(0, w.Sorts));
        Assert.All(
            few.Zip(many),
            p => Assert.True(
                p.Second.Steps <= (p.First.Steps * 1.5) + 200,
                $"{p.First.Steps} steps with 200 staff, {p.Second.Steps} with 2000: {p.Second.Sql}"));

        foreach (var query in new[] { new ListStaffLinks(), new(State: AccountState.Syncing, Search: "person 1", Limit: 20),
            new(Db.Integration.Id, Cursor: (await List(new(Limit: 20))).NextCursor) })
        {
            var plans = await QueryPlans.Of(Db.Store, () => List(query));
            Assert.True(plans.Count > 8, string.Join('\n', plans));
            Assert.DoesNotContain(plans, p => QueryPlans.ReadsAWholeTable(p) && p != "SCAN exchange_integrations");
            Assert.DoesNotContain(plans, p => p.Contains("TEMP B-TREE", StringComparison.Ordinal));
            Assert.Contains(
                plans,
                p => p.StartsWith(
                    "SEARCH l USING COVERING INDEX ix_staff_calendar_links_accounts (integration_id=? AND account_group=? AND (name_key,id)>(?,?)",
                    StringComparison.Ordinal));
        }

        var list = await List(new(Search: "PERSON 1999", Limit: 20));
        Assert.Equal(["Person 1999"], list.Links.Select(l => l.StaffName));
        Assert.Equal(2001, (await List(new())) switch { var l => l.Syncing + l.Warning + l.Error + l.Off });
    }

    private Task<IReadOnlyList<(string Sql, int Steps, int Sorts)>> PageWork() =>
        QueryPlans.Work(
            Db.Store,
            () => List(new(Limit: 20)),
            sql => sql.Contains("limit 21", StringComparison.Ordinal) || sql.Contains("pending_pushes", StringComparison.Ordinal));

    private async Task Many(int staff, int events)
    {
        LinkHealth[] healths = [LinkHealth.Syncing, LinkHealth.Syncing, new(LinkState.Warning, Why), new(LinkState.Error, Why)];
        var links = Enumerable.Range(made, staff)
            .Select(
                i => Sample.Link(Db.Integration.Id, $"staff-{i}") with { StaffName = $"Person {i}", Health = healths[i % healths.Length] })
            .ToList();
        made += staff;
        Assert.True(await Db.Commit(new ChangeSet { Links = links }));
        Assert.True(await Db.Commit(new ChangeSet
        {
            Keep = [.. Enumerable.Range(0, events)
            .Select(i => Sample.External(links[i % staff].Id, $"item-{i}"))]
        }));
    }
}
