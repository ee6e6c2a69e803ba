using System.Net;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>Another program, such as a backup, holds the database's write lock.</summary>
public sealed class LockedDatabaseStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    /// <summary>Each of the three waits ten seconds for the lock.</summary>
    [Fact, Long]
    public async Task While_another_program_locks_the_database_for_thirty_seconds_reads_go_on_and_afterwards_nothing_is_lost_or_doubled()
    {
        await using var story = new StorageStory(ct);
        await story.Begin();
        await using (var other = new SqliteConnection($"Data Source={story.Data.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync(ct);
            await using var command = other.CreateCommand();
            command.CommandText = "pragma busy_timeout = 5000; begin immediate";
            await command.ExecuteNonQueryAsync(ct);
            for (var tries = 0; tries < 2; tries++)
            {
                var (status, problem) = await story.Try("meanwhile", 11);
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:cleansync:database-is-not-ready"), (status, problem!.Text("type")));
            }

            await story.IsRefused("another program has locked it", listWorks: true);
        }

        await story.NothingIsLostOrDoubled();
        await story.Kill();
    }
}
