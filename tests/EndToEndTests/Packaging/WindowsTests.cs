using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Packaging;

/// <summary>What is for Windows is at least built; it cannot be run here.</summary>
[Long]
public sealed class WindowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_program_for_Windows_is_whole_and_brings_its_runtime()
    {
        // In a copy: a publish for one platform rewrites lock files and what is below obj.
        const string publish = """
            set -eu
            mkdir "$0/tree"
            tar -c --exclude=bin --exclude=obj --exclude=packages.lock.json src Directory.Build.props Directory.Packages.props BannedSymbols.txt \
              global.json .editorconfig THIRD-PARTY-NOTICES.md | tar -x -C "$0/tree"
            cd "$0/tree"
            CI= dotnet publish src/Api -c Release -r win-x64 --self-contained -p:RunAnalyzers=false -nodeReuse:false -v quiet --nologo -o "$0/made"
            """;
        await Shell.Do("bash", "-c", publish, folder.Path);
        var made = Path.Combine(folder.Path, "made");
        Assert.Equal("MZ"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(made, "CleanSync.Api.exe"), Ct))[..2]);
        foreach (var needed in new[] { "coreclr.dll", "e_sqlite3.dll", "Microsoft.Extensions.Hosting.WindowsServices.dll", "appsettings.json" })
            Assert.True(File.Exists(Path.Combine(made, needed)), $"{needed} is missing.");
    }

    public void Dispose() => folder.Dispose();
}
