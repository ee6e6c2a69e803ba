using CleanSync.Application;
using CleanSync.Application.Idempotency;
using CleanSync.Application.Retention;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.StorageTests.Databases;
using Dapper;
using MediatR;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.UnitTests.Retention;

public sealed class TrimRecordsTests : IAsyncLifetime
{
    private readonly TemporarySqlite db = new();
    private readonly Clock clock = new();

    public ValueTask InitializeAsync() => db.InitializeAsync();

    public ValueTask DisposeAsync() => db.DisposeAsync();

    /// <summary>How a row of each table is made with what hangs on it.</summary>
    private static readonly Dictionary<string, string> Inserts = new()
    {
        ["idempotency_records"] =
            "insert into idempotency_records (idempotency_key, request_mark, resource_id, happened_at) values (@id, '', @id, @at)",
        ["sync_runs"] = "insert into sync_runs (id, link_id, started_at, ended_at, changes) values (@id, @link, @at, @at, 0)",
        ["rechecks"] = "insert into rechecks (integration_id, scope, asked_at, links) values (@id, 'All', @at, 0)",
        ["disconnections"] = """
            insert into disconnections (integration_id, display_name, asked_at, finished_at) values (@id, '', @at, @at);
            insert into disconnected_staff (integration_id, link_id, staff_id, staff_name, exchange_events, items)
            values (@id, @id, 'anna', 'Anna', 0, 0);
            insert into leftovers (id, integration_id, link_id, mailbox_address, code, reason, happened_at)
            values (@id, @id, @id, '', '', '', @at);
            """,
        ["erasures"] = """
            insert into erasures (id, asked_at, cancels_future, finished_at) values (@id, @at, 0, @at);
            insert into erasure_appointments (erasure_id, appointment_id, state) values (@id, @id, 'Erased');
            insert into erasure_items (erasure_id, id, state) values (@id, @id, 'Gone');
            """,
    };

    [Theory]
    [InlineData(90, "idempotency_records", "idempotency_key")]
    [InlineData(90, "sync_runs", "id")]
    [InlineData(90, "rechecks", "integration_id")]
    [InlineData(365, "disconnections", "integration_id", "disconnected_staff", "leftovers")]
    [InlineData(1095, "erasures", "id", "erasure_appointments", "erasure_items")]
    public async Task Records_go_when_their_retention_has_ended_and_not_before(int days, string table, string key, params string[] lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var (old, young) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (id, at) in new[] { (old, Now.AddDays(-days).AddTicks(-1)), (young, Now.AddDays(-days)) })
        {
            await db.Integrations.Save(Sample.Integration() with { Id = id }, Ct);
            await db.Store.Exclusively(c => c.Execute(Inserts[table], new { id, at, link = db.Link.Id }), Ct);
        }

        await Trim();
        using var connection = await db.Store.Read(Ct);
        Assert.Equal([young], await connection.QueryAsync<Guid>($"select {key} from {table}"));
        foreach (var line in lines) Assert.Equal(1, await connection.ExecuteScalarAsync<int>($"select count(*) from {line}"));
    }

    [Fact]
    public async Task A_report_of_a_disconnection_or_an_erasure_that_has_not_ended_stays()
    {
        await db.Store.Exclusively(c => c.Execute("""
            insert into disconnections (integration_id, display_name, asked_at) values ('open', '', '2000-01-01T00:00:00.0000000Z');
            insert into erasures (id, asked_at, cancels_future) values ('open', '2000-01-01T00:00:00.0000000Z', 0);
            """), Ct);
        await Trim();
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(
            2, await connection.ExecuteScalarAsync<int>("select (select count(*) from disconnections) + (select count(*) from erasures)"));
    }

    [Fact]
    public async Task Undo_entries_and_what_the_deletion_fuse_counts_go_also_where_no_pass_comes_by()
    {
        foreach (var at in new[] { Now.AddDays(-40), Now.AddDays(-20), Now })
        {
            var gone = Sample.External(db.Link.Id, $"item-{at:o}");
            Assert.True(await db.Commit(new ChangeSet { Removed = [new RemovedEvent(gone.Id, at, gone)] }));
            await db.Store.Exclusively(
                c => c.Execute("insert into removals (link_id, unit, happened_at) values (@Id, 'unit', @at)", new { db.Link.Id, at }), Ct);
        }

        await Trim();
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*) from removed_events"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from removals"));
    }

    [Fact]
    public async Task Warnings_of_what_was_done_go_also_where_no_pass_comes_by_and_those_of_how_things_are_stay()
    {
        foreach (var (code, days) in new[] { (SyncWarning.HeldCode, 400), ("calendar-replaced", 31), ("calendar-replaced", 30) })
        {
            const string sql =
                "insert into link_warnings (id, link_id, happened_at, code, reason) values (@id, @link, @at, @code, '')";
            var row = new { id = Guid.CreateVersion7(), link = db.Link.Id, at = Now.AddDays(-days), code };
            await db.Store.Exclusively(c => c.Execute(sql, row), Ct);
        }

        await Trim();
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(
            [Now.AddDays(-400), Now.AddDays(-30)],
            await connection.QueryAsync<DateTimeOffset>("select happened_at from link_warnings order by happened_at"));
    }

    [Fact]
    public async Task It_goes_in_small_batches_and_stops_where_the_clock_is_not_trusted_any_more()
    {
        var at = Now.AddDays(-100);
        await db.Store.Exclusively(
            c => Enumerable.Range(0, 500).Sum(n => c.Execute(Inserts["sync_runs"], new { id = Guid.CreateVersion7(), at, link = db.Link.Id })),
            Ct);
        clock.Trusted = 2; // for idempotency records, and for one batch of runs
        await Trim();
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(500 - TrimRecords.Batch, await connection.ExecuteScalarAsync<int>("select count(*) from sync_runs"));
        clock.Trusted = int.MaxValue;
        await Trim();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from sync_runs"));
    }

    [Fact]
    public async Task Appointments_are_kept_for_ever_unless_a_retention_is_set()
    {
        var past = await Past(900);
        await Trim();
        Assert.NotNull(await db.Appointments.Find(past.Id, Ct));
        await Trim(new RetentionOptions { AppointmentDays = 365 });
        Assert.Null(await db.Appointments.Find(past.Id, Ct));
    }

    [Fact]
    public async Task Past_and_cancelled_appointments_go_with_all_that_is_theirs_and_their_keys_stay()
    {
        var (past, cancelled, young) = (await Past(100), await Past(100, AppointmentStatus.Cancelled), await Past(99));
        var copy = await db.Kept(Settled(past));
        var conflict = new SyncConflict(Guid.CreateVersion7(), db.Link.Id, past.Id, copy.Id, Now, past.Times, past.Times);
        Assert.True(await db.Commit(new ChangeSet
        {
            Conflicts = [conflict],
            Removed = [new RemovedEvent(Guid.CreateVersion7(), Now, copy with { Times = past.Times })],
            Idempotency = new IdempotencyRecord("key", "mark", past.Id, Now),
        }));
        await Trim(new RetentionOptions { AppointmentDays = 99 });
        Assert.Equal([null, null, young.Id], new[] { past, cancelled, young }.Select(a => db.Appointments.Find(a.Id, Ct).Result?.Id));
        Assert.Null(await db.Events.Find(copy.Id, Ct));
        Assert.True((await db.Records.Find("key", Ct))!.IsErased);
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(
            0,
            await connection.ExecuteScalarAsync<int>(
                "select (select count(*) from sync_conflicts) + (select count(*) from removed_events)"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from appointment_staff"));
    }

    [Fact]
    public async Task What_an_attempt_a_push_or_a_clean_up_still_needs_stays_and_holds_up_no_other()
    {
        var (attempt, push, cleanUp) = (await Past(300), await Past(300), await Past(300));
        await db.Kept(Settled(attempt) with { Attempts = [CreateAttempt.Opened(Guid.CreateVersion7(), Now)] });
        await db.Kept(Settled(push) with { NextPushAt = Now });
        var waiting = new CleanUpItem
        {
            Id = Guid.CreateVersion7(),
            LinkId = db.Link.Id,
            EventId = Guid.CreateVersion7(),
            Mailbox = new FormerMailbox(db.Integration.Id, "a@contoso.example"),
            CalendarId = "c",
            ItemId = "i",
            AppointmentId = cleanUp.Id,
            Since = Now,
            NextTryAt = Now,
        };
        Assert.True(await db.Commit(new ChangeSet { Former = [waiting] }));
        var settled = new List<Appointment>();
        for (var n = 0; n < 120; n++) settled.Add(await Past(200 - n / 10));
        await Trim(new RetentionOptions { AppointmentDays = 100 });
        foreach (var kept in new[] { attempt, push, cleanUp }) Assert.NotNull(await db.Appointments.Find(kept.Id, Ct));
        Assert.Empty(await db.Appointments.Named([.. settled.Select(a => a.Id)], Ct));
    }

    private Task<Appointment> Past(double days, AppointmentStatus status = AppointmentStatus.Booked) =>
        db.Booked(Sample.Appointment("anna") with
        {
            Times = EventTimes.Timed(Now.AddDays(-days).AddHours(-1), Now.AddDays(-days), "Europe/Berlin"),
            Status = status,
        });

    private SyncedEvent Settled(Appointment of) =>
        Sample.Copy(db.Link.Id, of.Id) with { ItemId = $"item-{of.Id}", PushState = PushState.Confirmed, NextPushAt = null };

    private Task<Unit> Trim(RetentionOptions? options = null)
    {
        var appointments = new AppointmentRetention(db.Appointments, db.Events, new CleanUpItems(db.Store), db.SyncStore, clock);
        IRequestHandler<TrimRecords, Unit> handler = new TrimRecords.Handler(
            new OldRecords(db.Store), appointments, clock, options ?? new RetentionOptions(), db.Time);
        return handler.Handle(new TrimRecords(), Ct);
    }

    private sealed class Clock : IClockTrust
    {
        /// <summary>So often it is believed.</summary>
        public int Trusted { get; set; } = int.MaxValue;

        public ValueTask<bool> MayTrim(CancellationToken ct) => ValueTask.FromResult(Trusted-- > 0);
    }
}
