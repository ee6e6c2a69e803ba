using System.Diagnostics;
using System.Globalization;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>
/// A small volume over a data folder, in a mount namespace of its own: real, and gone with the process that holds it. It takes root on
/// Linux; where that is missing the test is skipped and says so.
/// </summary>
internal sealed class PrivateVolume : IDisposable
{
    private const string Tmpfs = "mount -t tmpfs -o size=24m none \"$1\"";

    /// <summary>On its first error this file system goes read-only, as that of a failing disk does.</summary>
    private const string Ext4 = """
        dd if=/dev/zero of="$2/image" bs=1M count=48 status=none
        mkfs.ext4 -q "$2/image"
        mount -o loop,errors=remount-ro "$2/image" "$1"
        """;

    private readonly TemporaryFolder data;
    private readonly TemporaryFolder beside = new();
    private readonly Process holder;

    private PrivateVolume(TemporaryFolder data, string mount)
    {
        this.data = data;
        var script = $"""
            set -e
            cp -a "$1/." "$2/first"
            {mount}
            cp -a "$2/first/." "$1"
            sync
            echo mounted
            exec sleep infinity
            """;
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in new[] { "-m", "sh", "-c", script, "sh", data.Path, beside.Path }) start.ArgumentList.Add(word);
        holder = Process.Start(start)!;
        if (holder.StandardOutput.ReadLine() == "mounted") return;
        var why = holder.StandardError.ReadToEnd();
        Dispose();
        Assert.Skip($"A volume of its own takes root and mount namespaces: {why}");
    }

    /// <summary>What runs a command where the volume is mounted.</summary>
    public IReadOnlyList<string> Entering => ["nsenter", "-m", "-t", holder.Id.ToString(CultureInfo.InvariantCulture)];

    public static PrivateVolume InMemory(TemporaryFolder data) => new(data, Tmpfs);

    public static PrivateVolume OnDisk(TemporaryFolder data) => new(data, Ext4);

    public Task Fill(CancellationToken ct) => Run("dd if=/dev/zero of=\"$1/filler\" bs=4k status=none || true", ct);

    public Task Empty(CancellationToken ct) => Run("rm \"$1/filler\"", ct);

    public Task Fail(CancellationToken ct) =>
        Run("echo 1 > /sys/fs/ext4/$(basename $(findmnt -no SOURCE \"$1\"))/trigger_fs_error", ct);

    /// <summary>As after a repair: nothing may use it.</summary>
    public Task MountAgain(CancellationToken ct) => Run("umount \"$1\"; mount -o loop \"$2/image\" \"$1\"", ct);

    public void Dispose()
    {
        if (!holder.HasExited) holder.Kill();
        holder.WaitForExit();
        holder.Dispose();
        beside.Dispose();
    }

    private async Task Run(string script, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Entering[0]) { RedirectStandardError = true };
        foreach (var word in (string[])[.. Entering.Skip(1), "sh", "-c", $"set -e; {script}", "sh", data.Path, beside.Path])
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        Assert.True(process.ExitCode == 0, $"{script}: {errors}");
    }
}
