using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Moving;

/// <summary>What cannot be moved as it is stays as it was; and what was moved is not used again by mistake.</summary>
public sealed class MoveRefusalTests : MovingTest
{
    [Fact]
    public async Task A_file_that_a_service_has_is_refused()
    {
        using var service = new MovedFile(Path, File.Time);
        Assert.Contains(
            $"Another CleanSync process uses the data folder {File.Folder}",
            (await Assert.ThrowsAsync<StartRefused>(() => service.Take(Ct))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_is_refused_and_no_file_is_made()
    {
        var nowhere = System.IO.Path.Combine(File.Folder, "other.db");
        Assert.Contains("There is no database", (await Refused(from: Path with { Path = nowhere })), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(nowhere));
        await NothingIsThere();
    }

    [Theory]
    [InlineData("delete from SchemaVersions where ScriptName like '%moved%'", "has the schema of an older version. Start this version's server")]
    [InlineData("insert into SchemaVersions (ScriptName, Applied) select replace(ScriptName, '0001', '9999'), Applied from SchemaVersions", "newer version")]
    public async Task A_file_of_another_version_is_refused(string sql, string why)
    {
        await using (var connection = await Open()) await connection.ExecuteAsync(sql);
        Assert.Contains(why, await Refused(), StringComparison.Ordinal);
        await NothingIsThere();
    }

    [Theory]
    [InlineData("insert into pending_purges (integration_id) values (gen_random_uuid())", "pending_purges")]
    [InlineData("insert into nodes (name, life, started_at, seen_at, lives_until) values ('n', gen_random_uuid(), now(), now(), now())", "nodes")]
    public async Task A_target_that_is_not_empty_is_refused_and_keeps_what_it_has(string sql, string table)
    {
        await Run(sql);
        var before = await Counts();
        Assert.Contains($"is not empty: {table} has rows, and nothing in it was changed", await Refused(), StringComparison.Ordinal);
        Assert.Equal(before, await Counts());
        await Start();
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_is_refused_and_no_password_is_told()
    {
        await using var silent = new PostgresParts("Host=127.0.0.1;Port=1;Database=x;Username=u;Password=geheim", besideServer: true);
        var refused = await Assert.ThrowsAsync<StartRefused>(() => MoveTo(silent));
        Assert.Contains("The PostgreSQL server 127.0.0.1:1 cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.ToString(), StringComparison.Ordinal);
        await Start();
    }

    [Fact]
    public async Task A_target_that_alters_what_it_stores_is_found_out_before_anything_is_kept()
    {
        await File.Booked(Sample.Appointment("anna"));
        await Run("""
            create function alters() returns trigger language plpgsql as $$ begin new.title := new.title || ' '; return new; end $$;
            create trigger alters before insert on appointments for each row execute function alters();
            """);
        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => Move());
        Assert.Equal("appointments does not hold the same in both databases (1 row here, 1 row there); nothing was moved.", wrong.Message);
        await NothingIsThere();
        await Start();
    }

    [Fact]
    public async Task A_start_on_a_moved_file_says_where_everything_is_and_can_be_had_anyway()
    {
        await Move();
        var refused = (await Assert.ThrowsAsync<StartRefused>(() => Start())).Message;
        Assert.Equal(
            $"The database {Path.RealPath} was moved to the database {To.Settings.Place} at 2026-03-02 08:00 UTC, and two services would write "
            + "into one Exchange: run CleanSync with the settings of that database, or, when that one is given up for good, use this file "
            + "again with --anyway.",
            refused);
        Assert.Equal(refused, await Refused());
        await Start(anyway: true);
        Assert.Equal(refused, (await Assert.ThrowsAsync<StartRefused>(() => Start())).Message);
    }

    [Fact]
    public async Task A_copy_whose_mark_was_lost_on_the_way_is_compared_and_the_file_is_marked()
    {
        await Move();
        var before = await Counts();
        await Unmark();
        await Start();
        Assert.True(await Move() > 0);
        Assert.Contains("The target holds this installation already; it is compared.", Told);
        Assert.Equal(before, await Counts());
        await Assert.ThrowsAsync<StartRefused>(() => Start());
    }

    [Fact]
    public async Task A_copy_that_has_gone_on_since_is_left_alone()
    {
        await Move();
        await Unmark();
        await Run("update staff_calendar_links set staff_name = 'Anna Berg'");
        Assert.Contains(
            "holds this installation already, and staff_calendar_links has changed since", await Refused(), StringComparison.Ordinal);
        await Start();
    }

    private async Task<string> Refused(Infrastructure.Persistence.DatabaseOptions? from = null) =>
        (await Assert.ThrowsAsync<StartRefused>(() => Move(from: from))).Message;

    /// <summary>As a process leaves it that ended between the two commits.</summary>
    private async Task Unmark()
    {
        await using var connection = await Open();
        await connection.ExecuteAsync("update installation set moved_to = null, moved_at = null");
    }
}
