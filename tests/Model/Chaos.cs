using System.Diagnostics;
using System.Globalization;
using CleanSync.Model.Histories;

namespace CleanSync.Model;

/// <summary>Plays new histories until the time is over or one breaks a law; or replays one seed with everything that it does.</summary>
internal static class Chaos
{
    /// <summary>With <c>--first</c>: how the line begins that names the first failing seed and the law that it broke.</summary>
    public const string FirstFailing = "first failing seed ";

    private const int Steps = 200;

    public static async Task<int> Run(string[] args)
    {
        var seed = Number(args, "--seed") ?? 1;
        var steps = Number(args, "--steps") ?? Steps;
        if (Text(args, "--directed") is { } safeguard) return await Directed(DirectedHistories.Of[safeguard]);
        if (args.Contains("--replay")) return await Replay(History.Of(seed, steps), Text(args, "--law") ?? "");
        var time = TimeSpan.FromMinutes(Number(args, "--minutes") ?? 1);
        var most = Number(args, "--histories") ?? int.MaxValue;
        var watch = Stopwatch.StartNew();
        var (next, played) = (seed - 1, 0);
        var failing = new List<Verdict>();
        var met = new Dictionary<string, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Environment.ProcessorCount),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (_, _) =>
        {
            while (watch.Elapsed < time && played < most && (failing.Count == 0 || args.Contains("--all")))
            {
                var verdict = await Verdict.Of(History.Of(Interlocked.Increment(ref next), steps));
                lock (met)
                {
                    met["single 401s"] = met.GetValueOrDefault("single 401s") + verdict.SingleRefusals;
                    foreach (var (habit, times) in verdict.Played) met[habit] = met.GetValueOrDefault(habit) + times;
                }

                if (!verdict.IsWell)
                {
                    lock (failing) failing.Add(verdict);
                    if (args.Contains("--all")) Console.WriteLine($"seed {verdict.History.Seed}: {verdict.Broken[0]}");
                }

                if (Interlocked.Increment(ref played) % 100 == 0)
                    Console.WriteLine($"{played} histories of {steps} steps in {watch.Elapsed:hh\\:mm\\:ss}");
            }
        });
        Console.WriteLine(
            $"{played} histories of {steps} steps from seed {seed} in {watch.Elapsed:hh\\:mm\\:ss}, {failing.Count} broke a law");
        Console.WriteLine(
            $"played: {string.Join(", ", met.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value}"))}");
        if (failing.Count == 0 || args.Contains("--all")) return 0;
        if (args.Contains("--first"))
        {
            var first = failing.MinBy(f => f.History.Seed)!;
            Console.WriteLine($"{FirstFailing}{first.History.Seed}: {first.Broken[0].Split('\n')[0]}");
            return 1;
        }

        Console.WriteLine(await Shrinking.Of(failing.MinBy(f => f.History.Seed)!));
        return 1;
    }

    private static async Task<int> Directed(History history)
    {
        var verdict = await Verdict.Of(history);
        Console.WriteLine(verdict.IsWell ? "1 directed history, 0 broke a law" : $"{FirstFailing}0: {verdict.Broken[0].Split('\n')[0]}");
        return verdict.IsWell ? 0 : 1;
    }

    private static async Task<int> Replay(History history, string law)
    {
        var verdict = await Verdict.Of(history);
        if (verdict.IsWell)
        {
            Console.WriteLine($"seed {history.Seed} breaks nothing");
            return 0;
        }

        var shrunk = await Shrinking.Of(verdict, law: law);
        Console.WriteLine(shrunk);
        await Verdict.Of(shrunk.History, Console.WriteLine);
        return 1;
    }

    private static int? Number(string[] args, string name) =>
        int.TryParse(Text(args, name), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
