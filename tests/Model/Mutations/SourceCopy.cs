using System.Diagnostics;
using System.Globalization;

namespace CleanSync.Model.Mutations;

/// <summary>The first seed that failed, and the first law that it broke.</summary>
internal sealed record Finding(int Seed, string Law)
{
    public override string ToString() => $"seed {Seed}: {Law}";
}

/// <summary>A copy of what the model test is built from, in a temporary folder. The repository itself is never touched.</summary>
internal sealed class SourceCopy : IDisposable
{
    private static readonly string[] Parts = ["src", "tests/Model", "tests/ExchangeSimulator"];
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-mutations-").FullName;

    public SourceCopy(string root)
    {
        foreach (var file in Directory.EnumerateFiles(root)
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "tests")))
            .Concat(Parts.SelectMany(p => Directory.EnumerateFiles(Path.Combine(root, p), "*", SearchOption.AllDirectories))))
        {
            var relative = Path.GetRelativePath(root, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, relative))!);
            File.Copy(file, Path.Combine(folder, relative));
        }
    }

    private string Project => Path.Combine(folder, "tests", "Model");

    /// <summary>Builds the copy with that safeguard broken, does the work, and mends it.</summary>
    public async Task<T> With<T>(Mutation mutation, Func<Task<T>> work)
    {
        var file = Path.Combine(folder, mutation.File);
        var whole = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, mutation.Patched(folder));
        try
        {
            await Build();
            return await work();
        }
        finally
        {
            await File.WriteAllTextAsync(file, whole);
        }
    }

    public async Task Build()
    {
        var (exit, output) = await Run(
            "build", Project, "-c", "Release", "-v", "quiet", "-nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false");
        if (exit != 0) throw new InvalidOperationException($"The copy does not build:\n{output}");
    }

    /// <summary>In a process of its own, until the first seed fails; null when none does.</summary>
    public Task<Finding?> Play(int histories) =>
        PlayWith("--seed", "1", "--histories", $"{histories}", "--minutes", "60", "--first");

    /// <summary>The one history that tries this safeguard, as seed 0; null when it breaks nothing.</summary>
    public Task<Finding?> PlayDirected(string safeguard) => PlayWith("--directed", safeguard);

    private async Task<Finding?> PlayWith(params string[] arguments)
    {
        var (_, output) = await Run(
            [Path.Combine(Project, "bin", "Release", "net10.0", "CleanSync.Model.dll"), "chaos", .. arguments]);
        var lines = output.Split('\n');
        var found = lines.FirstOrDefault(l => l.StartsWith(Chaos.FirstFailing, StringComparison.Ordinal));
        if (found is null)
            return lines.Any(l => l.EndsWith("0 broke a law", StringComparison.Ordinal))
                ? null
                : throw new InvalidOperationException($"The histories were not played:\n{output}");
        var colon = found.IndexOf(':', StringComparison.Ordinal);
        return new Finding(
            int.Parse(found.AsSpan(Chaos.FirstFailing.Length, colon - Chaos.FirstFailing.Length), CultureInfo.InvariantCulture),
            found[(colon + 2)..].TrimEnd('\r'));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(int Exit, string Output)> Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
