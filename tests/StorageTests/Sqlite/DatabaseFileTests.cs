using System.Text;
using CleanSync.Application;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>What is found at the path of the database when CleanSync starts, and what becomes of it while CleanSync runs.</summary>
public sealed class DatabaseFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-").FullName;

    /// <summary>A migration that this version does not know.</summary>
    internal const string Later = """
        insert into SchemaVersions (ScriptName, Applied)
        values ('CleanSync.Infrastructure.Persistence.Sqlite.Migrations.9999-later.sql', '2030-01-01')
        """;

    /// <summary>The schema was made by scripts that are no more.</summary>
    private const string Earlier = """
        update SchemaVersions set ScriptName = 'CleanSync.Infrastructure.Persistence.Migrations.0001-initial.sql';
        insert into SchemaVersions (ScriptName, Applied)
        values ('CleanSync.Infrastructure.Persistence.Migrations.0030-logon-rescues.sql', '2026-11-01');
        """;

    private const string Foreign = "create table photos (id integer primary key, place text); insert into photos (place) values ('Rome')";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(folder, "cleansync.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("foreign", "belongs to another program")]
    [InlineData("no database", "is no SQLite database")]
    [InlineData("a damaged page", "is damaged")]
    [InlineData("cut", "is damaged")]
    [InlineData("newer", "newer version of CleanSync")]
    [InlineData("before", "was made by CleanSync from before its first version")]
    public async Task A_file_that_is_foreign_damaged_or_newer_is_refused_in_one_sentence_and_stays_as_it_is(string what, string expected)
    {
        await Make(what);
        var before = await System.IO.File.ReadAllBytesAsync(File, Ct);
        var refused = await Assert.ThrowsAsync<StartRefused>(Start);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Ct));
    }

    [Fact]
    public async Task A_database_keeps_the_name_that_its_first_start_gave_it()
    {
        var (first, second) = (await Start(), await Start());
        Assert.NotNull(first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_database_reached_by_a_symbolic_link_is_locked_like_the_file_itself()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "elsewhere")).FullName;
        var link = Path.Combine(elsewhere, "link.db");
        System.IO.File.CreateSymbolicLink(link, File);
        using var one = await Opened(new DatabaseOptions { Path = File });
        Assert.True(one.IsSoleProcess);
        using var other = await Opened(new DatabaseOptions { Path = link, BesideServer = true });
        Assert.False(other.IsSoleProcess);
        Assert.Equal([link], Directory.GetFiles(elsewhere));
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await Opened(new DatabaseOptions { Path = link }));
        Assert.Contains($"Another CleanSync process uses the data folder {folder}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_deleted_takes_no_write_and_gives_no_read_and_one_that_is_put_back_does()
    {
        using var store = await Opened(new DatabaseOptions { Path = File });
        System.IO.File.Move(File, $"{File}.away");
        Assert.Equal(StorageFault.Gone, (await Assert.ThrowsAsync<StorageFailure>(() => Write(store))).Fault);
        Assert.Equal(StorageFault.Gone, (await Assert.ThrowsAsync<StorageFailure>(() => store.Read(Ct))).Fault);
        System.IO.File.Move($"{File}.away", File);
        Assert.True(await Write(store));
    }

    [Fact]
    public async Task Nothing_is_written_into_a_file_that_another_one_has_taken_the_place_of()
    {
        using var store = await Opened(new DatabaseOptions { Path = File });
        System.IO.File.Copy(File, $"{File}.copy");
        System.IO.File.Move($"{File}.copy", File, overwrite: true);
        Assert.Equal(StorageFault.Replaced, (await Assert.ThrowsAsync<StorageFailure>(() => Write(store))).Fault);
        Assert.Equal(StorageFault.Replaced, (await Assert.ThrowsAsync<StorageFailure>(() => store.Read(Ct))).Fault);
    }

    private static Task<bool> Write(SqliteDatabase store) =>
        store.Write(async t => await t.Execute("update readiness_probe set probed_at = 'now'") == 1, Ct);

    private async Task Make(string what)
    {
        if (what == "no database")
        {
            await System.IO.File.WriteAllTextAsync(File, string.Concat(Enumerable.Repeat("This is a letter. ", 1000)), Ct);
            return;
        }

        if (what != "foreign") await Start();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            if (what == "foreign") connection.Execute(Foreign);
            if (what == "newer") connection.Execute(Later);
            if (what == "before") connection.Execute(Earlier);
            connection.Execute("pragma wal_checkpoint(truncate)");
        }

        using var file = new FileStream(File, FileMode.Open, FileAccess.ReadWrite);
        if (what == "cut") file.SetLength(file.Length / 4096 / 2 * 4096);
        if (what != "a damaged page") return;
        file.Position = 2 * 4096;
        file.Write(Encoding.ASCII.GetBytes(new string('x', 4096)));
    }

    private async Task<Guid?> Start()
    {
        using var store = await Opened(new DatabaseOptions { Path = File });
        return store.Installation;
    }

    private static async Task<SqliteDatabase> Opened(DatabaseOptions options)
    {
        var store = new SqliteDatabase(options);
        try
        {
            await new DatabaseMigration(store, options, new ExchangeTitles(store, new DeletedBytes(store))).Run(Ct);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
