using System.Diagnostics;
using CleanSync.Application.Syncing;
using CleanSync.Domain.SyncedEvents;
using Xunit;

namespace CleanSync.UnitTests.Persistence;

public sealed class FirstSyncCostTests(TemporaryDatabase db) : IClassFixture<TemporaryDatabase>
{
    [Fact]
    public async Task A_first_sync_of_5000_events_is_one_quick_commit()
    {
        var padding = new string('A', 140); // real item ids are about that long
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var link = await db.Linked(Sample.Link(db.Integration.Id, $"big-{round}"));
            SyncedEvent[] events = [.. Enumerable.Range(0, 5000).Select(i => Sample.External(link.Id, $"{padding}{i}", i % 5000))];
            var clock = Stopwatch.StartNew();
            Assert.True(await db.Commit(new LedgerEntry { Keep = events }));
            if (clock.Elapsed < best) best = clock.Elapsed;
        }

        TestContext.Current.SendDiagnosticMessage("5,000 events committed in {0:F0} ms (best of 5)", best.TotalMilliseconds);
        Assert.True(best < TimeSpan.FromSeconds(2), $"{best}"); // ten times what it takes, for a busy machine
    }
}
