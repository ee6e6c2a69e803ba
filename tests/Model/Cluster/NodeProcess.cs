using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CleanSync.Model.Cluster;

/// <summary>One node: the service in a process of its own, to be killed, frozen and thawed.</summary>
internal sealed class NodeProcess(string name, string program, IReadOnlyDictionary<string, string> settings, string log) : IDisposable
{
    private Process? process;

    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}/");

    public bool IsFrozen { get; private set; }

    public bool Runs => process is { HasExited: false } && !IsFrozen;

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(program);
        start.ArgumentList.Add($"--urls={Address}");
        start.ArgumentList.Add($"--Sync:NodeName={name}-{Guid.NewGuid():N}");
        foreach (var (key, value) in settings) start.ArgumentList.Add($"--{key}={value}");
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task UntilReady()
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            if (process!.HasExited) throw new InvalidOperationException($"{name} ended with {process.ExitCode}: see {log}");
            try
            {
                if ((await http.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode is HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>SIGKILL: nothing is given back.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it holds what it holds, and does not know that time goes by.</summary>
    public async Task Freeze()
    {
        IsFrozen = true;
        await Signal("STOP");
    }

    public async Task Thaw()
    {
        await Signal("CONT");
        IsFrozen = false;
    }

    /// <summary>SIGTERM; how long it took to end.</summary>
    public async Task<TimeSpan> Stop()
    {
        var watch = Stopwatch.StartNew();
        await Signal("TERM");
        await process!.WaitForExitAsync();
        return watch.Elapsed;
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (this) File.AppendAllText(log, line + "\n");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
