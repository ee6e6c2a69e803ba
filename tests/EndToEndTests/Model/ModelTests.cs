using System.Collections.Concurrent;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Model.Databases;
using CleanSync.Model.Histories;
using Xunit;

namespace CleanSync.EndToEndTests.Model;

/// <summary>
/// Random histories of both sides with troubles at every call and commit, on virtual time: at rest the laws hold. A failing seed shrinks
/// and is printed; <c>dotnet run --project tests/Model -- chaos --replay --seed S</c> plays it alone.
/// </summary>
public sealed class ModelTests
{
    // The first 500 seeds; `chaos` plays on from any seed for as long as wanted.
    private const int Histories = 500, Steps = 200, Workers = 2;
    private static readonly int Few = TestDatabases.ArePostgres ? 100 : 150;

    [Fact]
    public Task After_any_history_both_sides_are_equal_and_nothing_is_lost_or_doubled() => AllAreWell(Enumerable.Range(1, Few));

    [Fact, Long]
    public Task After_many_more_histories_both_sides_are_equal_and_nothing_is_lost_or_doubled() =>
        AllAreWell(Enumerable.Range(Few + 1, Histories - Few));

    [Fact]
    public async Task Single_401s_with_a_right_password_are_played_and_survived()
    {
        var verdict = await Verdict.Of(History.Of(2, Steps));
        Assert.True(verdict.IsWell, verdict.ToString());
        Assert.True(verdict.SingleRefusals > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_history() => Assert.Equal(History.Of(7, Steps).ToString(), History.Of(7, Steps).ToString());

    private static async Task AllAreWell(IEnumerable<int> seeds)
    {
        var failing = new ConcurrentBag<Verdict>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(seeds, options, async (seed, _) =>
        {
            if (!failing.IsEmpty) return;
            if (await Verdict.Of(History.Of(seed, Steps)) is { IsWell: false } verdict) failing.Add(verdict);
        });
        if (failing.MinBy(f => f.History.Seed) is { } first) Assert.Fail((await Shrinking.Of(first)).ToString());
    }
}
