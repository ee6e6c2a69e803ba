using System.Text.Json;
using System.Text.RegularExpressions;
using CleanSync.Api.Startup;
using CleanSync.Model;
using Xunit;

namespace CleanSync.EndToEndTests.Packaging;

/// <summary>What lies in <c>deploy</c>, as far as it can be checked without being installed.</summary>
public sealed partial class DeployFilesTests
{
    /// <summary>What the runtime and ASP.NET Core read of the environment; everything else has to be a setting of ours.</summary>
    private static readonly string[] OfThePlatform =
        ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_EnableDiagnostics", "DOTNET_NOLOGO"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Deploy => Path.Combine(RepositoryRoot.Path, "deploy");

    [Fact]
    public async Task Systemd_finds_the_unit_right_and_well_shut_off()
    {
        if (!Shell.Has("systemd-analyze")) Assert.Skip("systemd-analyze is not here: apt-get install systemd");
        // The program need not be installed for the unit to be right.
        var unit = (await File.ReadAllTextAsync(Path.Combine(Deploy, "systemd", "cleansync.service"), Ct))
            .Replace("ExecStart=/usr/lib/cleansync/CleanSync.Api", "ExecStart=/bin/true", StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("cleansync-unit-").FullName;
        try
        {
            var file = Path.Combine(folder, "cleansync.service");
            await File.WriteAllTextAsync(file, unit, Ct);
            var (code, said) = await Shell.Run("systemd-analyze", "verify", "--man=no", file);
            Assert.True(code == 0 && !said.Contains("cleansync.service", StringComparison.Ordinal), said);
            Assert.Contains("1.5 OK", await Shell.Do("systemd-analyze", "security", "--offline=yes", file), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_unit_leaves_out_what_the_runtime_cannot_stand_and_no_comment_is_part_of_a_value()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Deploy, "systemd", "cleansync.service"), Ct);
        Assert.All(lines.Where(l => !l.StartsWith('#')), line =>
        {
            Assert.DoesNotMatch("^(MemoryDenyWriteExecute|ProtectProc|ProcSubset)=", line);
            Assert.DoesNotContain('#', line);
        });
        Assert.Contains("Restart=always", lines);
        Assert.Contains("TimeoutStartSec=infinity", lines);
    }

    [Theory]
    [InlineData("container/kubernetes.yml")]
    [InlineData("container/compose.yml")]
    public async Task What_runs_in_a_container_is_readable_and_names_settings_that_there_are(string name)
    {
        var file = Path.Combine(Deploy, name);
        await Shell.Do("/usr/bin/python3", "-c", "import sys, yaml; assert all(yaml.safe_load_all(open(sys.argv[1])))", file);
        NamesSettings(await File.ReadAllTextAsync(file, Ct));
    }

    [Fact]
    public async Task The_image_names_settings_that_there_are() =>
        NamesSettings(await File.ReadAllTextAsync(Path.Combine(Deploy, "container", "Containerfile"), Ct));

    [Fact]
    public async Task The_pod_runs_shut_off_and_is_asked_how_it_is()
    {
        var pod = await File.ReadAllTextAsync(Path.Combine(Deploy, "container", "kubernetes.yml"), Ct);
        foreach (var needed in new[] { "readOnlyRootFilesystem: true", "runAsNonRoot: true", "drop: [ALL]", "livenessProbe", "readinessProbe",
            "startupProbe", "PodDisruptionBudget", "/health/live", "/health/ready" })
            Assert.Contains(needed, pod, StringComparison.Ordinal);
    }

    /// <summary>The settings of the package are read by the program, whole: what it does not know would keep it from starting.</summary>
    [Fact]
    public async Task The_packages_settings_are_settings_that_there_are()
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Deploy, "debian", "appsettings.json"), Ct));
        string[] others = ["Logging", "AllowedHosts", "urls"];
        Assert.All(
            json.RootElement.EnumerateObject().Where(s => !others.Contains(s.Name)),
            section => Assert.All(section.Value.EnumerateObject(), setting => Assert.Contains($"{section.Name}:{setting.Name}", Known)));
    }

    /// <summary>A shell reads them before a machine does that nobody can look at.</summary>
    [Fact]
    public async Task The_scripts_of_the_package_are_scripts()
    {
        foreach (var script in new[] { "build-deb.sh", "debian/cleansync", "debian/postinst", "debian/prerm", "debian/postrm" })
            await Shell.Do(script.EndsWith(".sh", StringComparison.Ordinal) ? "bash" : "sh", "-n", Path.Combine(Deploy, script));
    }

    [Fact]
    public async Task The_installation_on_Windows_cuts_rights_off_before_the_service_starts_and_has_it_started_again()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Deploy, "windows", "install.ps1"), Ct);
        Assert.InRange(script.IndexOf("'/inheritance:r'", StringComparison.Ordinal), 0, script.IndexOf("Start-Service", StringComparison.Ordinal));
        Assert.Contains("'failureflag', $name, '1'", script, StringComparison.Ordinal);
        Assert.Contains("New-EventLog", script, StringComparison.Ordinal);
        Assert.Equal(script.Count('{'), script.Count('}'));
    }

    private static HashSet<string> Known => [.. KnownSettings.Sections.SelectMany(s => s.Settings).Select(s => s.Key)];

    private static void NamesSettings(string text)
    {
        var named = Variable().Matches(text).Select(m => m.Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named.Except(OfThePlatform), v => Assert.Contains(v.Replace("__", ":", StringComparison.Ordinal), Known));
    }

    [GeneratedRegex("\\b(?:[A-Z][A-Za-z]+__[A-Za-z_]+|(?:ASPNETCORE|DOTNET)_[A-Za-z_]+)\\b")]
    private static partial Regex Variable();
}
