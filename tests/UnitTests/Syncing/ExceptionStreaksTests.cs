using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Infrastructure.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class ExceptionStreaksTests : IDisposable
{
    private static readonly Recurring Pass = new("pass", Guid.CreateVersion7());
    private readonly FakeTimeProvider clock = new();
    private readonly NotedLog log = new();
    private readonly ExceptionStreaks streaks;

    public ExceptionStreaksTests() => streaks = new ExceptionStreaks(new SyncOptions(), clock);

    public void Dispose() => log.Dispose();

    [Fact]
    public void The_first_of_a_row_is_logged_with_its_stack_and_those_after_it_are_counted()
    {
        for (var i = 0; i < 3; i++) Note(new IOException("full"));
        Note(new InvalidOperationException("another"));
        streaks.End(Pass);
        Note(new IOException("full"));
        Assert.Equal([true, false, false, true, true], log.Lines.Select(l => l.EndsWith("with its stack", StringComparison.Ordinal)));
        Assert.Contains("3. unhandled exception in a row", log.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_stored_is_paused_in_memory_longer_each_time_and_five_minutes_at_most()
    {
        var pauses = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            Note(new IOException("full"));
            streaks.Pause(Pass);
            var seconds = 0;
            for (; streaks.IsPaused(Pass); seconds++) clock.Advance(TimeSpan.FromSeconds(1));
            pauses.Add(seconds);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300], pauses);
    }

    [Fact]
    public async Task A_heartbeat_that_surprises_leaves_beats_out_and_logs_one_stack()
    {
        var heartbeat = new Heartbeat(streaks, new NewIds(), log.CreateLogger<Heartbeat>());
        var (tries, fails) = (0, true);
        for (var beat = 0; beat < 75; beat += 2)
        {
            await heartbeat.Beat("sweep", () => ++tries > 0 && fails ? throw new IOException("full") : Task.CompletedTask,
                TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(4, tries); // after 0, 6, 16 and 36 seconds
        Assert.Single(log.Lines, l => l.EndsWith("with its stack", StringComparison.Ordinal));
        fails = false;
        clock.Advance(TimeSpan.FromMinutes(5));
        for (var beat = 0; beat < 2; beat++) await heartbeat.Beat("sweep", () => Task.FromResult(++tries),
            TestContext.Current.CancellationToken);
        Assert.Equal(6, tries);
    }

    private void Note(Exception exception) => streaks.Note(Pass, exception, "anna", Guid.Empty, log.CreateLogger<ExceptionStreaksTests>());

    private sealed class NewIds : Application.INewIds
    {
        public Guid Next() => Guid.CreateVersion7();
    }
}
