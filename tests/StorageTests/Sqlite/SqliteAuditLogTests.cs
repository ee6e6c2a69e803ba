using CleanSync.StorageTests.Contracts;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

public sealed class SqliteAuditLogTests : AuditLogContract<TemporarySqlite>
{
    [Theory]
    [InlineData("insert or replace into audit_entries select * from audit_entries")]
    [InlineData("insert or replace into audit_entries (id, begun_id, happened_at, actor_kind, actor_id, actor_name, came_from, action, subject, note, view, outcome, refusal) select 'new', begun_id, happened_at, actor_kind, actor_id, 'nobody', came_from, action, subject, note, view, outcome, refusal from audit_entries where begun_id is not null")]
    [InlineData("insert or replace into audit_names (entry_id, place, staff_id, name) select entry_id, place, staff_id, 'nobody' from audit_names")]
    public async Task What_is_written_cannot_be_replaced(string sql)
    {
        var begun = await Written(Now);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => Db.Store.Exclusively(connection => connection.Execute(sql), Ct));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Contains((await Page()).Entries, e => e.Id == begun && e.Actor.Name == "test");
    }

    [Fact]
    public async Task A_page_is_read_along_the_index()
    {
        var plan = await QueryPlans.Of(Db.Store, () => Page(limit: 2));
        Assert.Contains(plan, line => line.Contains("ix_audit_entries_time", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }
}
