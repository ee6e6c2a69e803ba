using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CleanSync.ExchangeSimulator.Faults;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>The real executable in a process of its own, to be killed without warning and started again on the same data.</summary>
/// <param name="program">The executable; without one that which was built with the tests.</param>
internal sealed class CleanSyncProcess(TemporaryFolder data, CancellationToken ct, string? program = null) : IDisposable
{
    private readonly List<string> output = [];
    private readonly int port = FreePort();
    private Process? process;

    public string Output
    {
        get { lock (output) return string.Join('\n', output); }
    }

    /// <summary>Settings on top of those of every test; passes run by themselves, every second.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["Scheduling:SyncHeartbeat"] = "00:00:01",
        ["Scheduling:PushInterval"] = "00:00:01",
        ["Sync:CallTimeout"] = "00:00:05",
        ["Sync:LeaseFor"] = "00:00:15", // on PostgreSQL nobody takes what a killed process held before its end
        ["Sync:LeaseMargin"] = "00:00:02",
        ["Sync:AttemptGrace"] = "00:00:01",
        ["Sync:FirstPause"] = "00:00:00.2",
    };

    /// <summary>Words that are no settings.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Variables of the process's environment, beside those of this one.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A command that runs the executable in surroundings of its own; none as a rule.</summary>
    public IReadOnlyList<string> Inside { get; init; } = [];

    public Uri Address => new($"http://127.0.0.1:{port}/");

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Starts it and waits until it answers. A client from an earlier life reaches it as well.</summary>
    public async Task<CleanSyncClient> Start()
    {
        if (process is null) await TestKeys.Put(data, ct);
        Launch();
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Admin);
        await Eventually.Until("the process answers", async () => await IsReady(http), ct);
        return new CleanSyncClient(http, ct);
    }

    /// <summary>Starts it, and that is all.</summary>
    public void Launch()
    {
        var start = Command.Start(program, data.Path, Inside);
        start.ArgumentList.Add($"--urls=http://127.0.0.1:{port}");
        foreach (var word in Words) start.ArgumentList.Add(word);
        foreach (var (setting, value) in HostSettings.Of(data).Where(s => !Settings.ContainsKey(s.Key)).Concat(Settings))
        {
            start.ArgumentList.Add($"--{setting}={value}");
        }
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(ct);
    }

    /// <summary>Killed while Exchange withholds this answer, which is let go afterwards.</summary>
    public async Task KillAt(Hold answer)
    {
        await answer.Reached.WaitAsync(ct);
        await Kill();
        answer.Release();
    }

    /// <summary>SIGTERM, as a service manager sends it; the exit code.</summary>
    public async Task<int> Stop()
    {
        using (var kill = Process.Start("kill",
            ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    /// <summary>Waits until it ends by itself; the exit code.</summary>
    public async Task<int> Ended()
    {
        await process!.WaitForExitAsync(ct).WaitAsync(Eventually.Longest, ct);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill(entireProcessTree: true);
        process?.Dispose();
    }

    private async Task<bool> IsReady(HttpClient http)
    {
        if (process!.HasExited) throw new InvalidOperationException($"The process ended with {process.ExitCode}:\n{Output}");
        try
        {
            return (await http.GetAsync(new Uri("health/ready", UriKind.Relative), ct)).StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private void Note(string? line)
    {
        lock (output) output.Add(line ?? "");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
