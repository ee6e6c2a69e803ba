using System.Diagnostics;
using CleanSync.Model;
using Xunit;

namespace CleanSync.EndToEndTests.Packaging;

/// <summary>A command of the machine, run to its end in the repository's folder.</summary>
internal static class Shell
{
    public static async Task<(int Code, string Output)> Run(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var ofTheRunner in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(ofTheRunner);
        var ct = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await errors);
    }

    /// <exception cref="InvalidOperationException">It did not end with 0; the message has all that it said.</exception>
    public static async Task<string> Do(string file, params string[] arguments)
    {
        var (code, output) = await Run(file, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }

    public static bool Has(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/bin")
        .Any(folder => File.Exists(Path.Combine(folder, tool)));
}
