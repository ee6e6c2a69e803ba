using System.Globalization;
using CleanSync.Model.Histories;

namespace CleanSync.Model.Mutations;

/// <summary>
/// Breaks each safeguard in a copy of the source, and has the model test find it: each broken copy must fail one of the first seeds, and
/// the unbroken one none of those. A safeguard that random histories hardly ever try has a directed one.
/// </summary>
internal static class MutationCheck
{
    private const int Histories = 500;

    public static async Task<int> Run(string[] args)
    {
        var root = RepositoryRoot.Path;
        var wanted = Mutation.All.Where(m => args.Length == 1 || args.Skip(1).Contains(m.Safeguard)).ToList();
        foreach (var mutation in wanted) _ = mutation.Patched(root); // a snippet that is gone fails before anything is built
        using var copy = new SourceCopy(root);
        var found = new List<(Mutation Mutation, Finding? Finding)>();
        foreach (var mutation in wanted)
        {
            var isDirected = DirectedHistories.Of.ContainsKey(mutation.Safeguard);
            found.Add((mutation, await copy.With(
                mutation, () => isDirected ? copy.PlayDirected(mutation.Safeguard) : copy.Play(Histories))));
            Console.WriteLine($"{mutation.Safeguard}: {found[^1].Finding?.ToString() ?? "not found"}");
        }

        var most = found.Max(f => f.Finding?.Seed ?? Histories);
        await copy.Build();
        var sound = await copy.Play(most);
        foreach (var safeguard in wanted.Select(m => m.Safeguard).Where(DirectedHistories.Of.ContainsKey))
        {
            sound ??= await copy.PlayDirected(safeguard);
        }

        Console.WriteLine("\n| safeguard | what was broken | first failing seed | law that broke |\n|---|---|---|---|");
        foreach (var (mutation, finding) in found)
        {
            Console.WriteLine($"| {mutation.Safeguard} | {mutation.Broken} | {finding?.Seed.ToString(CultureInfo.InvariantCulture) ?? "none"} | {finding?.Law} |");
        }
        Console.WriteLine(sound is null ? $"\nUnbroken, seeds 1 to {most} break nothing." : $"\nUnbroken: {sound}");
        return sound is null && found.TrueForAll(f => f.Finding is not null) ? 0 : 1;
    }
}
