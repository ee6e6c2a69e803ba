using CleanSync.Application.AuditLog;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

public sealed class AuditRecordTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly AuditActor Somebody = new(AuditActorKind.System, "test", "test", null);

    [Theory]
    [InlineData("update audit_entries set actor_name = 'nobody'")]
    [InlineData("delete from audit_entries")]
    [InlineData("insert or replace into audit_entries select * from audit_entries")]
    [InlineData("insert or replace into audit_entries (id, begun_id, happened_at, actor_kind, actor_id, actor_name, came_from, action, subject, note, view, outcome, refusal) select 'new', begun_id, happened_at, actor_kind, actor_id, 'nobody', came_from, action, subject, note, view, outcome, refusal from audit_entries where begun_id is not null")]
    [InlineData("update audit_names set name = 'nobody'")]
    [InlineData("update audit_names set name = null, staff_id = 'nobody'")]
    [InlineData("update audit_names set name = null, place = 7")]
    [InlineData("delete from audit_names")]
    [InlineData("insert or replace into audit_names (entry_id, place, staff_id, name) select entry_id, place, staff_id, 'nobody' from audit_names")]
    public async Task What_is_written_can_neither_be_changed_nor_deleted(string sql)
    {
        var begun = await Written(TemporaryDatabase.Now);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => db.Store.Exclusively(connection => connection.Execute(sql), Ct));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Contains((await Page(null, 200)).Entries, e => e.Id == begun && e.Actor.Name == "test");
    }

    [Fact]
    public async Task Actions_of_the_same_moment_are_paged_once_each()
    {
        for (var i = 0; i < 5; i++) await Written(TemporaryDatabase.Now.AddDays(1));
        var seen = new List<Guid>();
        for (string? cursor = null, more = ""; more is not null; cursor = more)
        {
            var page = await Page(cursor);
            seen.AddRange(page.Entries.Select(e => e.Id));
            more = page.NextCursor;
        }

        Assert.True(seen.Count >= 5);
        Assert.Distinct(seen);
    }

    [Fact]
    public async Task A_page_is_read_along_the_index()
    {
        var plan = await QueryPlans.Of(db.Store, () => Page(null));
        Assert.Contains(plan, line => line.Contains("ix_audit_entries_time", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private Task<AuditLogPage> Page(string? cursor, int limit = 2) =>
        new ListAuditEntriesHandler(db.Store).Handle(new ListAuditEntries(null, null, null, null, cursor, limit), Ct);

    private async Task<Guid> Written(DateTimeOffset at)
    {
        var log = new AuditRecords(db.Store);
        var begun = new AuditEntry(Guid.NewGuid(), null, at, Somebody, "ChangeSomething", "thing/1", null, """{"a":{"$name":0}}""", null, null)
        {
            Names = [new AuditName(0, "somebody", "Some Body")],
        };
        await log.Append(begun, Ct);
        await log.Append(begun with { Id = Guid.NewGuid(), BegunId = begun.Id, Outcome = AuditOutcome.Done }, Ct);
        return begun.Id;
    }
}
