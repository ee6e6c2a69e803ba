using System.Text;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>
/// Somebody deletes, replaces or damages the database file while CleanSync runs, or lets a newer version at it. A backup mends it.
/// </summary>
public sealed class DatabaseFileStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory, Long]
    [InlineData("deleted", "deleted or moved", null)]
    [InlineData("replaced", "was replaced", null)]
    [InlineData("damaged", "is damaged", "is damaged")]
    [InlineData("newer", "newer version", "newer version")]
    public async Task A_database_that_was_deleted_replaced_damaged_or_made_newer_takes_no_booking_and_the_backup_mends_it(
        string what, string reason, string? atStart)
    {
        await using var story = new StorageStory(ct);
        await story.Begin();
        story.BackUp();
        await Break(story.Data, what);
        await story.IsSeen(reason);
        await story.IsRefused(reason, listWorks: what switch { "newer" => true, "damaged" => null, _ => false });
        await story.Kill();
        if (atStart is not null) Assert.Contains(atStart, await story.EndsAtStart(), StringComparison.Ordinal);
        story.Restore();
        await story.Start();
        await story.NothingIsLostOrDoubled();
        await story.Kill();
    }

    private async Task Break(TemporaryFolder data, string what)
    {
        if (what is "deleted")
        {
            File.Delete(data.DatabasePath);
        }
        else if (what is "replaced")
        {
            File.Copy(data.DatabasePath, $"{data.DatabasePath}.other");
            File.Move($"{data.DatabasePath}.other", data.DatabasePath, overwrite: true);
        }
        else if (what is "damaged")
        {
            await using var file = new FileStream(data.DatabasePath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            // All of it: a page that lies in the log too is read from there.
            await file.WriteAsync(Encoding.ASCII.GetBytes(new string('x', (int)file.Length)), ct);
        }
        else
        {
            await using var connection = new SqliteConnection($"Data Source={data.DatabasePath};Pooling=False");
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                insert into SchemaVersions (ScriptName, Applied)
                values ('CleanSync.Infrastructure.Persistence.Sqlite.Migrations.9999-later.sql', '2030-01-01')
                """;
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
