using System.Data.Common;
using CleanSync.Application.AuditLog;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IAuditLog"/> promises.</summary>
public abstract class AuditLogContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly AuditActor Somebody = new(AuditActorKind.ApiKey, "key-1", "test", "::1");

    [Fact]
    public async Task An_action_is_read_as_its_two_lines_say()
    {
        var begun = Begun(Now.AddMicroseconds(7)) with { Asked = """{"name":{"$name":0}}""", DryRun = true, Note = "asked" };
        await Append(begun);
        Assert.Equal(
            (Now.AddMicroseconds(7), null, AuditOutcome.Unfinished, null, "thing"),
            Single(await Page(), e => (e.At, e.EndedAt, e.Outcome, e.After?.ToJsonString(), e.Subject)));
        await Append(Ended(begun, Now.AddMicroseconds(9)) with
        {
            Subject = "thing/1",
            Note = "came of it",
            View = """{"a":{"$name":0}}""",
            Outcome = AuditOutcome.Refused,
            Refusal = "because",
            Names = [new AuditName(0, "somebody", "New Name")],
        });
        var read = Single(await Page(), e => e);
        Assert.Equal((begun.Id, begun.At, Now.AddMicroseconds(9)), (read.Id, read.At, read.EndedAt!.Value));
        Assert.Equal((Somebody, "ChangeSomething", "thing/1", true), (read.Actor, read.Action, read.Subject, read.DryRun));
        Assert.Equal(("""{"name":"Some Body"}""", "asked; came of it"), (read.Asked!.ToJsonString(), read.Note));
        Assert.Equal(("""{"a":"Some Body"}""", """{"a":"New Name"}"""), (read.Before!.ToJsonString(), read.After!.ToJsonString()));
        Assert.Equal((AuditOutcome.Refused, "urn:cleansync:because"), (read.Outcome, read.Refusal));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_thrown_and_nothing_of_it_is_there()
    {
        var begun = Begun(Now);
        await Append(begun);
        await Append(Ended(begun, Now));
        AuditEntry[] refused =
        [
            begun, // it is there already
            Ended(begun, Now), // it has ended already
            Ended(Begun(Now), Now), // it has never begun
            Begun(Now) with { Names = [new AuditName(0, "a", "A"), new AuditName(0, "b", "B")] },
        ];
        foreach (var entry in refused) await Assert.ThrowsAnyAsync<DbException>(() => Append(entry));
        Assert.Equal(begun.Id, Single(await Page(), e => e.Id));
    }

    [Theory]
    [InlineData("update audit_entries set actor_name = 'nobody'")]
    [InlineData("delete from audit_entries where begun_id is not null")]
    [InlineData("update audit_names set name = 'nobody'")]
    [InlineData("update audit_names set name = null, staff_id = 'nobody'")]
    [InlineData("update audit_names set name = null, place = 7")]
    [InlineData("delete from audit_names")]
    public async Task What_is_written_can_neither_be_changed_nor_deleted(string sql)
    {
        var begun = await Written(Now);
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => Db.Store.Execute(sql, new { }, Ct));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            (begun, "test", """{"a":"Some Body"}""", AuditOutcome.Done),
            Single(await Page(), e => (e.Id, e.Actor.Name, e.Before!.ToJsonString(), e.Outcome)));
    }

    [Fact]
    public async Task Actions_of_the_same_moment_are_paged_once_each()
    {
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++) all.Add(await Written(Now.AddDays(1)));
        var seen = new List<Guid>();
        for (string? cursor = null, more = ""; more is not null; cursor = more)
        {
            var page = await Page(cursor, 2);
            seen.AddRange(page.Entries.Select(e => e.Id));
            more = page.NextCursor;
        }

        Assert.Equal(all.OrderDescending(), seen);
    }

    private protected Task<AuditLogPage> Page(string? cursor = null, int limit = 200) =>
        new ListAuditEntriesHandler(Db.Store).Handle(new ListAuditEntries(null, null, null, null, cursor, limit), Ct);

    private protected async Task<Guid> Written(DateTimeOffset at)
    {
        var begun = Begun(at);
        await Append(begun);
        await Append(Ended(begun, at));
        return begun.Id;
    }

    private static AuditEntry Begun(DateTimeOffset at) =>
        new(Guid.CreateVersion7(), null, at, Somebody, "ChangeSomething", "thing", null, """{"a":{"$name":0}}""", null, null)
        {
            Names = [new AuditName(0, "somebody", "Some Body")],
        };

    private static AuditEntry Ended(AuditEntry begun, DateTimeOffset at) =>
        begun with { Id = Guid.CreateVersion7(), BegunId = begun.Id, At = at, Asked = null, Outcome = AuditOutcome.Done };

    private static T Single<T>(AuditLogPage page, Func<AuditEntryView, T> what) => what(Assert.Single(page.Entries));

    private Task Append(AuditEntry entry) => new AuditRecords(Db.Store).Append(entry, Ct);
}
