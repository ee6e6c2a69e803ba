using System.Text.RegularExpressions;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using SQLitePCL;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>Two commits that take their rows in one order wait for each other, and do not block each other.</summary>
public sealed partial class CommitOrderTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    [Fact]
    public async Task A_commit_looks_at_lease_settings_and_addresses_first_and_writes_parents_before_children_in_the_order_of_ids()
    {
        var lease = (await db.Leases.TryTake(db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct))!;
        var (first, second) = (await db.Booked(Sample.Appointment("anna")), await db.Booked(Sample.Appointment("anna")));
        var (removed, kept) = (await db.Kept(Sample.External(db.Link.Id, "old")), await db.Kept(Sample.Copy(db.Link.Id, first.Id)));
        var seen = new List<string>();
        await Trace((_, sql) => seen.Add(sql));
        Assert.True(await db.Commit(new ChangeSet
        {
            Lease = lease,
            Settings = new PlannedUnder(db.Integration.Id, db.Integration.SettingsVersion),
            OnlyLinkToItsMailbox = db.Link,
            Links = [db.Link.Advanced(new SyncCursor("next"), ChangeMentions.Nothing, windowReadDue: false)],
            Appointments = [second, first],
            Remove = [removed],
            Keep = [kept, Sample.External(db.Link.Id, "new")],
        }));
        await Trace((strdelegate_trace)null!);
        var statements = seen.Select(sql => Statement().Match(sql)).Where(m => m.Success)
            .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}").ToList();
        Assert.Equal(
            [
                "select mailbox_leases", "select exchange_integrations", "select installation", "select staff_calendar_links",
                "update staff_calendar_links", "update appointments", "update appointments",
            ],
            statements.Take(7));
        var ids = seen.Where(sql => sql.StartsWith("update appointments", StringComparison.Ordinal)).Select(sql => Id().Matches(sql)[^1].Value);
        Assert.Equal(new[] { first.Id, second.Id }.Order(), ids.Select(Guid.Parse));
        Assert.Equal(["delete synced_events", "insert synced_events", "update synced_events"], statements.Where(s => s.EndsWith("synced_events", StringComparison.Ordinal)));
    }

    private Task<bool> Trace(strdelegate_trace trace) => db.Store.Exclusively(
        connection =>
        {
            raw.sqlite3_trace(connection.Handle, trace, null);
            return true;
        },
        Ct);

    [GeneratedRegex(@"^\s*(select|insert|update|delete)\b(?:[\s\S]*?\b(?:from|into)\b)?\s+(\w+)")]
    private static partial Regex Statement();

    [GeneratedRegex("[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")]
    private static partial Regex Id();
}
