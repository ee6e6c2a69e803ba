using CleanSync.EndToEndTests.Operator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: HostingStartup(typeof(DyingStartup))]

namespace CleanSync.EndToEndTests.Operator;

/// <summary>
/// Puts a loop that dies into a process whose environment names this assembly, and into no other: hosts in this process meet it too.
/// </summary>
public sealed class DyingStartup : IHostingStartup
{
    public const string Variable = "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES";

    public void Configure(IWebHostBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(Variable) == typeof(DyingLoop).Assembly.GetName().Name)
            builder.ConfigureServices(services => services.AddHostedService<DyingLoop>());
    }
}

internal sealed class DyingLoop(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        throw new InvalidOperationException($"{nameof(DyingLoop)} dies.");
    }
}
