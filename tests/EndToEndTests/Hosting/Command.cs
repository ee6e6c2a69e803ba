using System.Diagnostics;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>The real executable, run to its end.</summary>
internal static class Command
{
    internal sealed record Outcome(int Code, string Output, string Errors);

    public static async Task<Outcome> Run(IEnumerable<string> arguments, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CleanSync.Api.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new Outcome(process.ExitCode, await output, await errors);
    }
}
