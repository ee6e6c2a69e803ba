using System.Diagnostics;
using System.Reflection;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>The program as <c>dotnet publish</c> makes it from what was built for the tests.</summary>
public sealed class PublishedProgram : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public string Executable => Path.Combine(folder.Path, OperatingSystem.IsWindows() ? "CleanSync.Api.exe" : "CleanSync.Api");

    public async ValueTask InitializeAsync()
    {
        var configuration = typeof(PublishedProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string[] arguments =
            ["publish", "src/Api", "-c", configuration, "--no-build", "-o", folder.Path, "-v", "quiet", "--nologo", "-nodeReuse:false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(Path.GetDirectoryName(Contract.File)),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var ofTheRunner in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(ofTheRunner);
        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var errors = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException($"It could not be published:\n{await output}\n{await errors}");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
