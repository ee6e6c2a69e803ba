using CleanSync.Application.AuditLog;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Bookings;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Moving;
using CleanSync.StorageTests.Databases;
using Dapper;
using Npgsql;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Moving;

/// <summary>A whole SQLite database is copied into an empty PostgreSQL database.</summary>
public sealed class MoveTests : MovingTest
{
    [Fact]
    public async Task Every_row_of_every_table_arrives_but_what_belongs_to_nodes_and_leases()
    {
        var tables = await Tables();
        await using (var connection = await Open()) await new FilledTables(connection, tables).Fill();
        File.Store.Dispose();
        var before = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var table in tables) before[table.Name] = await InSqlite(table);

        var moved = await Move();

        var copied = MovedTable.InOrder(tables);
        Assert.True(copied.Count >= 25);
        Assert.Equal(tables.Select(t => t.Name).Order(), copied.Select(t => t.Name).Concat(MovedTable.Left).Order());
        foreach (var table in copied)
        {
            Assert.True(before[table.Name].Count >= FilledTables.Rows, $"{table.Name} had no rows of its own: teach FilledTables.");
            Assert.Equal(before[table.Name], await InPostgres(table));
        }

        Assert.Equal(copied.Sum(t => before[t.Name].Count), moved);
        var counts = await Counts();
        Assert.All(MovedTable.Left.Except(["installation", "readiness_probe"]), name => Assert.Equal(0, counts[name]));
        Assert.All(
            MovedTable.Left.Except(["installation", "readiness_probe", "audit_removals"]), name => Assert.NotEmpty(before[name]));
    }

    [Fact]
    public async Task What_the_repositories_read_is_the_same_before_and_after_and_the_installation_keeps_its_name()
    {
        var appointment = await File.Booked(Sample.Appointment("anna"));
        var external = await File.Kept(Sample.External(File.Link.Id, "AAMkAD+/="));
        var copy = await File.Kept(Sample.Copy(File.Link.Id, appointment.Id));
        var entry = new AuditEntry(
            Guid.CreateVersion7(), null, Now, AuditActor.Itself, "PutStaffLink", "staff/anna", null, "{}", null, null)
        {
            Names = [new AuditName(0, "anna", "Anna")],
        };
        await new AuditRecords(File.Store).Append(entry, Ct);
        var installation = File.Store.Installation;

        await Move();

        await using var node = new PostgresParts(To.Options.ConnectionString);
        await node.Start().Run(Ct);
        Assert.Equal(installation, node.Store.Installation);
        var titles = new ExchangeTitles(node.Store, node.DeletedBytes);
        var integrations = new ExchangeIntegrationRepository(node.Store, new IntegrationAlerts(node.Store, File.Alerts));
        Assert.Equivalent(File.Integration, await integrations.Find(File.Integration.Id, Ct), strict: true);
        Assert.Equivalent(File.Link, await new StaffCalendarLinkRepository(node.Store).Find(File.Link.Id, Ct), strict: true);
        Assert.Equivalent(appointment, await new AppointmentRepository(node.Store).Find(appointment.Id, Ct), strict: true);
        var events = new SyncedEventRepository(node.Store, titles);
        Assert.Equivalent(external, await events.Find(external.Id, Ct), strict: true);
        Assert.Equivalent(copy, await events.Find(copy.Id, Ct), strict: true);
        await using var connection = await node.Store.Writer(Ct);
        Assert.Equal(
            ("PutStaffLink", "Anna"),
            await connection.QuerySingleAsync<(string, string)>(
                "select action, name from audit_entries e join audit_names n on n.entry_id = e.id"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("delete from audit_entries"));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.True(await new SyncStore(node.Store, File.Alerts).Commit(new ChangeSet { Appointments = [appointment with { Title = "Colour" }] }, Ct));
    }

    [Fact]
    public async Task It_is_told_how_far_it_is_table_by_table()
    {
        await Move();
        var tables = MovedTable.InOrder(await Tables());
        Assert.Contains($"1 of {tables.Count}: {tables[0].Name}, 0 rows", Told);
        Assert.Contains(Told, line => line.EndsWith(": exchange_integrations, 1 row", StringComparison.Ordinal));
        Assert.StartsWith($"Both databases hold the same: {tables.Count} tables, ", Told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_interrupted_leaves_the_target_empty_and_the_file_as_it_was_and_the_next_one_works()
    {
        foreach (var moment in new[] { "1 of ", "staff_calendar_links", "Both databases hold the same" })
        {
            await Assert.ThrowsAsync<IOException>(() => Move(line =>
            {
                if (line.Contains(moment, StringComparison.Ordinal)) throw new IOException(moment);
            }));
            await NothingIsThere();
            await Start();
        }

        Assert.True(await Move() > 0);
    }
}
