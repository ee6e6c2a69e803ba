using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="ISyncStore"/> promises: everything of an entry is stored, or nothing.</summary>
public abstract class SyncStoreContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    private static DateTimeOffset Now => TemporaryDatabase.Now;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_stale_row_leaves_nothing_of_the_entry()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "atomic"));
        var stored = await db.Kept(Sample.External(link.Id, "stored"));
        var fresh = Sample.External(link.Id, "fresh");
        var appointment = Sample.Appointment("atomic");
        Assert.False(await db.Commit(new ChangeSet
        {
            Links = [link.Advanced(new SyncCursor("next"), ChangeMentions.Nothing, windowReadDue: false)],
            Appointments = [appointment],
            Keep = [fresh, stored with { Title = "changed", Version = stored.Version + 1 }],
            Warnings = [Warning(link.Id, 0)],
            Idempotency = new IdempotencyRecord("atomic", "mark", appointment.Id, Now),
        }));
        Assert.Equal(link, await db.Links.Find(link.Id, Ct));
        Assert.Null(await db.Appointments.Find(appointment.Id, Ct));
        Assert.Null(await db.Events.Find(fresh.Id, Ct));
        Assert.Equal(stored, await db.Events.Find(stored.Id, Ct));
        Assert.Null(await db.Records.Find("atomic", Ct));
    }

    [Fact]
    public async Task A_surprise_leaves_nothing_and_the_next_commit_works()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "unhandled exception"));
        var fresh = Sample.External(link.Id, "fresh");
        await Assert.ThrowsAnyAsync<Exception>(
            () => db.Commit(new ChangeSet { Keep = [fresh, Sample.External(link.Id, "nameless") with { Identity = null! }] }));
        Assert.Null(await db.Events.Find(fresh.Id, Ct));
        Assert.True(await db.Commit(new ChangeSet { Keep = [fresh] }));
    }

    [Fact]
    public async Task A_row_of_a_link_that_is_gone_meanwhile_commits_nothing()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "going"));
        var fresh = Sample.External(link.Id, "beside");
        Assert.False(await db.Commit(new ChangeSet { Keep = [fresh, Sample.External(Guid.NewGuid(), "orphan")] }));
        Assert.Null(await db.Events.Find(fresh.Id, Ct));
    }

    [Fact]
    public async Task A_lost_or_released_lease_commits_nothing()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "fenced"));
        var old = (await db.Leases.TryTake(link.Id, "node-1", TimeSpan.FromMinutes(1), Ct))!;
        await db.Expire(link.Id);
        var e = Sample.External(link.Id, "fenced");
        Assert.False(await db.Commit(new ChangeSet { Lease = old, Keep = [e] }), "It has ended, although nobody has taken it.");
        var current = (await db.Leases.TryTake(link.Id, "node-2", TimeSpan.FromMinutes(9), Ct))!;
        Assert.False(await db.Commit(new ChangeSet { Lease = old, Keep = [e] }));
        Assert.False(
            await db.Commit(new ChangeSet { Lease = current with { Life = Guid.NewGuid() }, Keep = [e] }),
            "The token may have come twice from a database that was set back.");
        Assert.True(await db.Commit(new ChangeSet { Lease = current, Keep = [e] }));
        await db.Leases.Release(current, Ct);
        Assert.False(await db.Commit(new ChangeSet { Lease = current, Remove = [e with { Version = 1 }] }));
    }

    [Fact]
    public async Task A_plan_made_under_older_settings_commits_nothing()
    {
        var integration = Sample.Integration();
        await db.Integrations.Save(integration, Ct);
        var e = Sample.External(db.Link.Id, "settings");
        var planned = new PlannedUnder(integration.Id, integration.SettingsVersion);
        Assert.False(
            await db.Commit(new ChangeSet { Settings = planned with { SettingsVersion = planned.SettingsVersion - 1 }, Keep = [e] }));
        Assert.True(await db.Commit(new ChangeSet { Settings = planned, Keep = [e] }));
    }

    [Fact]
    public async Task Each_kind_of_row_is_refused_when_stale()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "stale"));
        var appointment = await db.Booked(Sample.Appointment("stale"));
        var e = await db.Kept(Sample.External(link.Id, "stale"));
        Assert.False(await db.Commit(new ChangeSet { Links = [link with { Version = 7 }] }));
        Assert.False(await db.Commit(new ChangeSet { Appointments = [appointment with { Version = 7 }] }));
        Assert.False(await db.Commit(new ChangeSet { Keep = [e with { Version = 7 }] }));
        Assert.False(await db.Commit(new ChangeSet { Remove = [e with { Version = 7 }] }));
        Assert.True(await db.Commit(new ChangeSet { Links = [link], Appointments = [appointment], Keep = [e] }));
        Assert.Equal(2, (await db.Events.Find(e.Id, Ct))!.Version);
        Assert.Equal(2, (await db.Links.Find(link.Id, Ct))!.Version);
    }

    [Fact]
    public async Task A_second_row_of_the_same_identity_is_refused()
    {
        var first = await db.Kept(Sample.External(db.Link.Id, "twice"));
        var other = await db.Kept(Sample.External(db.Link.Id, "other"));
        Assert.False(await db.Commit(new ChangeSet { Keep = [Sample.External(db.Link.Id, "twice")] }));
        Assert.False(await db.Commit(new ChangeSet { Keep = [other with { Identity = first.Identity }] }));
        Assert.False(await db.Commit(new ChangeSet { Links = [Sample.Link(db.Integration.Id, db.Link.StaffId)] }));
    }

    [Fact]
    public async Task A_removed_row_makes_room_for_its_identity_in_the_same_entry()
    {
        var old = await db.Kept(Sample.External(db.Link.Id, "replaced"));
        Assert.True(await db.Commit(new ChangeSet { Remove = [old], Keep = [Sample.External(db.Link.Id, "replaced")] }));
    }

    [Fact]
    public async Task An_idempotency_key_is_taken_once()
    {
        var record = new IdempotencyRecord("key-1", "mark", Guid.CreateVersion7(), Now);
        var appointment = Sample.Appointment("once");
        Assert.True(await db.Commit(new ChangeSet { Idempotency = record }));
        Assert.False(
            await db.Commit(new ChangeSet { Appointments = [appointment], Idempotency = record with { ResourceId = appointment.Id } }));
        Assert.Equal(record, await db.Records.Find("key-1", Ct));
        Assert.Null(await db.Records.Find("KEY-1", Ct));
        Assert.Null(await db.Appointments.Find(appointment.Id, Ct));
    }

    [Fact]
    public async Task Conflicts_and_the_latest_fifty_warnings_are_kept()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "noted"));
        var appointment = await db.Booked(Sample.Appointment("noted"));
        var conflict = new SyncConflict(
            Guid.CreateVersion7(), link.Id, appointment.Id, Guid.CreateVersion7(), Now, appointment.Times, appointment.Times);
        Assert.True(await db.Commit(new ChangeSet
        {
            Conflicts = [conflict],
            Warnings = [.. Enumerable.Range(0, 60).Select(i => Warning(link.Id, i))]
        }));
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(
            1, await connection.ExecuteScalarAsync<int>("select count(*) from sync_conflicts where link_id = @Id", new { link.Id }));
        var reasons =
            (await connection.QueryAsync<string>("select reason from link_warnings where link_id = @Id order by happened_at",
                new { link.Id })).AsList();
        Assert.Equal(50, reasons.Count);
        Assert.Equal("10", reasons[0]);
    }

    private static LinkWarning Warning(Guid linkId, int minute) =>
        new(Guid.CreateVersion7(), linkId, Now.AddMinutes(minute), new SyncWarning(new Reason("code", $"{minute}"), null));
}
