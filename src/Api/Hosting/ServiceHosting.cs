using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;

namespace CleanSync.Api.Hosting;

/// <summary>What systemd and the service manager of Windows are told, and how they see that something went wrong.</summary>
internal static class ServiceHosting
{
    public const string ServiceName = "CleanSync";

    /// <summary>
    /// systemd is known by the socket that it wants to be told at. The package's own way, the name of the parent process, fails in a unit
    /// that hides other processes, and then systemd waits for a word that never comes.
    /// </summary>
    public static void AddServiceManager(this IServiceCollection services)
    {
        services.AddWindowsService(o => o.ServiceName = ServiceName); // nothing, unless the service manager of Windows has started it
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
            services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<IHostLifetime, SystemdLifetime>();
    }

    /// <summary>
    /// A loop that ends in an exception stops the host. That is no end as asked for: the exit code says so, and the service manager starts
    /// it again.
    /// </summary>
    public static void EndsWithItsLoops(this WebApplication app)
    {
        // Asked for now: after a start that failed there is nobody left to ask.
        var loops = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        var lifetime = app.Services.GetRequiredService<IHostLifetime>();
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            var dead = loops.Where(l => l.ExecuteTask is { IsFaulted: true }).ToList();
            foreach (var loop in dead)
                app.Logger.LogCritical(loop.ExecuteTask!.Exception!.InnerException, "{Loop} has died, so the process ends", loop.GetType().Name);
            if (Environment.ExitCode == 0 && dead.Count == 0) return;
            Environment.ExitCode = 1;
            if (OperatingSystem.IsWindows() && lifetime is WindowsServiceLifetime service) service.ExitCode = 1;
        });
    }
}
