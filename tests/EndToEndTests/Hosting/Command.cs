using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>The real executable, run to its end.</summary>
internal static class Command
{
    internal sealed record Outcome(int Code, string Output, string Errors);

    /// <param name="program">The executable; without one that which was built with the tests.</param>
    /// <param name="inside">A command that runs the executable in surroundings of its own.</param>
    public static ProcessStartInfo Start(string? program, string folder, IReadOnlyList<string>? inside = null)
    {
        string[] command = [.. inside ?? [], program ?? "dotnet"];
        var start =
            new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["DOTNET_TieredPGO"] = "0"; // it lives for seconds, and gains nothing by profiling itself
        foreach (var word in command[1..]) start.ArgumentList.Add(word);
        if (program is null) start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CleanSync.Api.dll"));
        else start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return start;
    }

    public static async Task<Outcome> Run(IEnumerable<string> arguments, string folder, CancellationToken ct, string? program = null)
    {
        var start = Start(program, folder);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new Outcome(process.ExitCode, await output, await errors);
    }
}
