using System.Diagnostics;
using CleanSync.Application.AuditLog;
using CleanSync.Application.Erasures;
using CleanSync.Domain.Erasures;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.StorageTests.Databases;
using Dapper;
using MediatR;
using Microsoft.Extensions.Logging;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.UnitTests.Erasures;

public sealed class ContinueErasuresTests : IAsyncLifetime
{
    private readonly TemporarySqlite db = new();
    private readonly NotedLog log = new();
    private Infrastructure.Persistence.Erasing.Erasures erasures = null!;

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        erasures = new Infrastructure.Persistence.Erasing.Erasures(db.Store, new DeletedBytes(db.Store));
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task While_a_reader_keeps_the_log_writers_go_on_the_wait_is_told_and_others_finish()
    {
        var purged = await Begun();
        Assert.True(await erasures.Purge([purged], Now, Ct));
        var waiting = await Begun();
        using (var reader = await db.Store.ReadAfresh(Ct))
        {
            using var old = reader.BeginTransaction(deferred: true);
            reader.ExecuteScalar<long>("select count(*) from erasures", transaction: old);
            var began = Stopwatch.GetTimestamp();
            await GoOn();
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.Equal((null, Obstacle.BytesWait), (await Standing(waiting), await WaitsFor(waiting)));
            Assert.NotNull(await Standing(purged));
        }

        Assert.Equal(10_000, await db.Store.Exclusively(c => c.ExecuteScalar<long>("pragma busy_timeout"), Ct));
        await GoOn();
        Assert.NotNull(await Standing(waiting));
        Assert.Null(await WaitsFor(waiting));
        Assert.StartsWith("Warning ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purge_that_fails_is_told_and_holds_up_no_other_erasure()
    {
        var purged = await Begun();
        Assert.True(await erasures.Purge([purged], Now, Ct));
        var waiting = await Begun();
        const string fail = "create trigger no_purge before update of purged_at on erasures begin select raise(abort, 'no'); end";
        await db.Store.Exclusively(c => c.Execute(fail), Ct);
        await GoOn();
        Assert.Equal((null, Obstacle.BytesWait), (await Standing(waiting), await WaitsFor(waiting)));
        Assert.NotNull(await Standing(purged));
        await db.Store.Exclusively(c => c.Execute("drop trigger no_purge"), Ct);
        await GoOn();
        Assert.NotNull(await Standing(waiting));
    }

    [Fact]
    public async Task A_mailbox_that_only_the_link_tells_is_blanked_beside_the_audit_log_before_the_link_goes()
    {
        var mailbox = new AuditName(0, null, db.Link.MailboxAddress!);
        var actor = new AuditActor(AuditActorKind.System, "test", "test", null);
        var entry = new AuditEntry(Guid.CreateVersion7(), null, Now, actor, "DiagnoseConnection", "thing/1", null, "{}", null, null);
        await new AuditRecords(db.Store).Append(entry with { Names = [mailbox] }, Ct);
        var id = await Begun(db.Link.StaffId);
        await GoOn(new LinkThatGoes(db));
        Assert.NotNull(await Standing(id));
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select count(name) from audit_names"));
    }

    private async Task<Guid> Begun(string? staffId = null)
    {
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = staffId, AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        return erasure.Id;
    }

    private async Task GoOn(IAuditNames? names = null)
    {
        var watch = new ClockWatch(new ClockRecords(db.Store), db.Time, log.CreateLogger<ClockWatch>());
        var clients = new ClientErasure(erasures, db.Appointments, db.Events, null!, null!, db.SyncStore, null!, watch, db.Time);
        var staff = new StaffErasure(erasures, db.Appointments, db.Links, db.Integrations, null!, null!, null!, null!, watch, db.Time);
        IRequestHandler<ContinueErasures> handler =
            new ContinueErasures.Handler(erasures, clients, staff, names!, db.Time, log.CreateLogger<ContinueErasures>());
        await handler.Handle(new ContinueErasures(), Ct);
    }

    private Task<string?> Standing(Guid id) => Read(id, "finished_at");

    private Task<string?> WaitsFor(Guid id) => Read(id, "waits_for");

    private async Task<string?> Read(Guid id, string column)
    {
        using var connection = await db.Store.Read(Ct);
        return await connection.ExecuteScalarAsync<string?>($"select {column} from erasures where id = @id", new { id });
    }

    /// <summary>The link goes as soon as the names were blanked the first time.</summary>
    private sealed class LinkThatGoes(TemporarySqlite db) : IAuditNames
    {
        public async Task Blank(string staffId, CancellationToken ct)
        {
            await new AuditRecords(db.Store).Blank(staffId, ct);
            await db.Store.Exclusively(c => c.Execute("delete from staff_calendar_links where staff_id = @staffId", new { staffId }), ct);
        }
    }
}
