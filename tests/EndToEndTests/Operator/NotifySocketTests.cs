using System.Net.Sockets;
using System.Text;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>What a service manager sees of the real process.</summary>
public sealed class NotifySocketTests : IDisposable
{
    private readonly TemporaryFolder data = new();
    private readonly CleanSyncProcess server;

    public NotifySocketTests() => server = new CleanSyncProcess(data, Ct, Beside("CleanSync.Api.dll"))
    {
        // With the tests' own list of assemblies, so that one of them can be named as a hosting startup.
        Inside = ["dotnet", "exec", "--depsfile", Beside("CleanSync.EndToEndTests.deps.json"), "--runtimeconfig",
            Beside("CleanSync.EndToEndTests.runtimeconfig.json")],
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_manager_is_told_that_it_is_ready_and_that_it_stops()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("systemd is a thing of Linux.");
        var path = Path.Combine(data.Path, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        server.Environment["NOTIFY_SOCKET"] = path;
        server.Launch();
        Assert.Equal("READY=1", await Told(socket));
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Contains("live", await http.GetStringAsync(new Uri("health/live", UriKind.Relative), Ct), StringComparison.Ordinal);
        var stopped = server.Stop();
        Assert.Equal("STOPPING=1", await Told(socket));
        Assert.Equal(0, await stopped);
    }

    [Fact]
    public async Task A_loop_that_dies_ends_the_process_with_an_exit_code_that_has_it_started_again()
    {
        server.Environment[DyingStartup.Variable] = "CleanSync.EndToEndTests";
        server.Launch();
        Assert.Equal(1, await server.Ended());
        Assert.Contains(nameof(DyingLoop), server.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        server.Dispose();
        data.Dispose();
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static async Task<string> Told(Socket socket)
    {
        var buffer = new byte[256];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Eventually.Longest);
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token)).TrimEnd('\n');
    }
}
