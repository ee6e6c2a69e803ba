using System.Diagnostics;
using System.Globalization;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Model;
using Xunit;

namespace CleanSync.EndToEndTests.Packaging;

/// <summary>
/// The package, built and installed into a Debian of its own, where it is started and takes its first key. It takes root, debootstrap, a
/// mirror of Debian and some ten minutes, so <c>tests/debian.sh</c> runs it, and <c>./test.sh</c> does not.
/// </summary>
[Trait("Needs", "mirror")]
public sealed class DebTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string port = CleanSyncProcess.FreePort().ToString(CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What apt would bring on this release: of each dependency the alternative that it has.</summary>
    private const string Needed = "libicu72,libssl3,libgcc-s1,libstdc++6,ca-certificates,tzdata,systemd-standalone-sysusers";

    private string Root => Path.Combine(folder.Path, "debian");

    [Fact]
    public async Task It_is_installed_into_an_empty_Debian_starts_there_and_goes_without_a_trace_but_its_data()
    {
        Assert.True(Environment.UserName == "root" && Shell.Has("debootstrap"), "It takes root, and debootstrap: run tests/debian.sh.");
        var package = (await Shell.Do("bash", "deploy/build-deb.sh", folder.Path)).Trim().Split('\n')[^1];
        await HoldsWhatItShould(package);
        await Shell.Do("debootstrap", "--variant=minbase", $"--include={Needed}", "bookworm", Root);
        File.Copy(package, Path.Combine(Root, Path.GetFileName(package)));
        var page = await Page();
        Assert.Equal("deploy/build-deb.sh artifacts", page[0]);
        await Inside("sh", "-c", page.Single(c => c.StartsWith("apt-get install", StringComparison.Ordinal)));
        Assert.Equal("700 cleansync", (await Inside("stat", "-c", "%a %U", "/var/lib/cleansync")).Trim());
        Assert.Equal("640 root cleansync", (await Inside("stat", "-c", "%a %U %G", "/etc/cleansync/appsettings.json")).Trim());
        await Inside("test", "-x", "/usr/lib/cleansync/CleanSync.Api");

        await Inside("sed", "-i", $"s/:5080/:{port}/; s/\"9464\"/\"0\"/", "/etc/cleansync/appsettings.json");
        await Runs(page);
        await Inside("dpkg", "--purge", "cleansync");
        Assert.False(Directory.Exists(Path.Combine(Root, "usr/lib/cleansync")));
        Assert.True(File.Exists(Path.Combine(Root, "var/lib/cleansync/cleansync.db")), "The data went with the program.");
    }

    public void Dispose() => folder.Dispose();

    private static async Task HoldsWhatItShould(string package)
    {
        var contents = await Shell.Do("dpkg-deb", "--contents", package);
        foreach (var file in new[] { "usr/lib/cleansync/CleanSync.Api", "usr/bin/cleansync", "usr/lib/systemd/system/cleansync.service",
            "usr/lib/sysusers.d/cleansync.conf", "usr/lib/tmpfiles.d/cleansync.conf", "etc/cleansync/appsettings.json" })
            Assert.Contains($" ./{file}\n", contents, StringComparison.Ordinal);
        Assert.DoesNotContain("lttng", contents, StringComparison.Ordinal);
        Assert.Contains("libicu72 | libicu74 | libicu76", await Shell.Do("dpkg-deb", "-f", package, "Depends"), StringComparison.Ordinal);
    }

    /// <summary>
    /// Started as the unit starts it: the same program, account, folder and settings. systemctl and the journal need a systemd that runs;
    /// everything else of the page is done as it stands there.
    /// </summary>
    private async Task Runs(IReadOnlyList<string> page)
    {
        string[] command = [.. Entering, "runuser", "-u", "cleansync", "--", "env", "-C", "/etc/cleansync", "DOTNET_EnableDiagnostics=0",
            "/usr/lib/cleansync/CleanSync.Api"];
        var done = new List<string>();
        using var server = Process.Start(new ProcessStartInfo(command[0], command[1..]))!;
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
            await Eventually.Until("the installed program is live", () => Ok(http, "health/live"), Ct);
            foreach (var typed in page.Skip(1).Where(c => !c.StartsWith("apt-get install", StringComparison.Ordinal)
                && !c.StartsWith("systemctl ", StringComparison.Ordinal) && !c.StartsWith("journalctl -u cleansync -n 50", StringComparison.Ordinal)))
            {
                done.Add(typed.Split(' ')[0]);
                var here = typed.Replace(":5080", $":{port}", StringComparison.Ordinal).Replace("journalctl -u cleansync -n 5000", "echo no journal", StringComparison.Ordinal);
                var said = typed.StartsWith("curl ", StringComparison.Ordinal) ? await Shell.Do("sh", "-c", here) : await Inside("sh", "-c", here);
                Assert.NotEmpty(said);
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(Ct);
        }

        Assert.Equal(["cleansync", "curl", "journalctl"], done.Order());
        Assert.True(File.Exists(Path.Combine(Root, "tmp/cleansync-support.zip")), "The page's command wrote no support bundle.");
    }

    /// <summary>The commands of the page's sections on installing and on support, as root has to type them.</summary>
    private static async Task<IReadOnlyList<string>> Page()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"), Ct);
        var sections = page.Split("\n## ").Where(s => s.StartsWith("From a fresh Debian", StringComparison.Ordinal)
            || s.StartsWith("A support bundle", StringComparison.Ordinal));
        return [.. sections.SelectMany(s => s.Split("```sh\n")[1..]).SelectMany(b => b[..b.IndexOf("```", StringComparison.Ordinal)].Split('\n'))
            .Where(l => l.Length > 0).Select(l => l.Replace("sudo ", "", StringComparison.Ordinal))];
    }

    private static async Task<bool> Ok(HttpClient http, string path)
    {
        try
        {
            return (await http.GetAsync(new Uri(path, UriKind.Relative), Ct)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private Task<string> Inside(params string[] command) => Shell.Do(Entering[0], [.. Entering[1..], .. command]);

    /// <summary>With /proc, which the runtime reads, and which is gone with the command.</summary>
    private string[] Entering =>
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\"", Root];
}
