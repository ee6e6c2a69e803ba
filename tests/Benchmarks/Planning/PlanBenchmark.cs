using System.Diagnostics;
using System.Globalization;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Benchmarks.Planning;

/// <summary>
/// How much a plan costs beside the least that it could cost: a plain hash join of the same changes with the same rows, which only tells
/// new, changed, unchanged and left apart. Both in one process, in turns; the best of each counts.
/// </summary>
internal static class PlanBenchmark
{
    private const int Rounds = 15;

    public static int Run(string[] args)
    {
        var at = Array.IndexOf(args, "--changes");
        var count = at >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 100_000;
        var (small, large) = (Measure(count / 10), Measure(count));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {count} changes against {large.Known} rows: {large.Steps} steps
            PullPlanner.Plan / hash join     {large.Plan / large.Join:F2} times the time
            bytes per change                 {large.PlanBytes / count:F0}, the hash join's {large.JoinBytes / count:F0}
            time per change, {count} / {count / 10}   {large.Plan / small.Plan / 10:F2} (the hash join's {large.Join / small.Join / 10:F2})
            """));
        return 0;
    }

    private static Figures Measure(int count)
    {
        var (basis, changes) = ManyChanges.Of(count);
        var figures = new Figures(basis.Known.Count, PullPlanner.Plan(basis, changes).Count, double.MaxValue, double.MaxValue, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var (plan, planBytes) = Timed(() => PullPlanner.Plan(basis, changes).Count);
            var (join, joinBytes) = Timed(() => HashJoin(basis.Known, changes));
            figures =
                figures with
                {
                    Plan = Math.Min(plan, figures.Plan),
                    Join = Math.Min(join, figures.Join),
                    PlanBytes = planBytes,
                    JoinBytes = joinBytes
                };
        }

        return figures;
    }

    private static (double Seconds, double Bytes) Timed(Func<int> work)
    {
        GC.Collect();
        var (before, from) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        GC.KeepAlive(work());
        return (Stopwatch.GetElapsedTime(from).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The rows in one dictionary by item and one by id, one look-up for each change, one list of what differs.</summary>
    private static int HashJoin(IReadOnlyCollection<SyncedEvent> known, IReadOnlyList<RemoteChange> changes)
    {
        var byItem = known.ToDictionary(e => e.ItemId!, StringComparer.Ordinal);
        var byId = known.ToDictionary(e => e.Id);
        var differs = new List<(SyncedEvent? Row, RemoteChange Change)>();
        foreach (var change in changes)
        {
            if (change is RemoteChange.Left left) differs.Add((byId[left.EventId], change));
            else if (change is RemoteChange.Seen seen
                && (!byItem.TryGetValue(seen.Event.ItemId, out var row)
                    || row.ChangeKey != seen.Event.ChangeKey)) differs.Add((row, change));
        }

        return differs.Count;
    }

    private sealed record Figures(
        int Known,
        int Steps,
        double Plan,
        double Join,
        double PlanBytes,
        double JoinBytes);
}
