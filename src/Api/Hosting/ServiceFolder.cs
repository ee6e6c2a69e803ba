using CleanSync.Application;
using Microsoft.Extensions.Hosting.WindowsServices;

namespace CleanSync.Api.Hosting;

/// <summary>
/// A service is started in / or in System32, and nobody means its data to be there. So its relative paths count from the folder that is
/// the service's own: the first of StateDirectory= under systemd, CleanSync in ProgramData on Windows.
/// </summary>
internal static class ServiceFolder
{
    private const string Key = "Database:Path", Standard = "cleansync.db";

    public static void Anchor(IConfiguration configuration) => Anchor(
        configuration,
        Environment.GetEnvironmentVariable,
        WindowsServiceHelpers.IsWindowsService() ? Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData) : null);

    /// <param name="variable">The environment.</param>
    /// <param name="programData">Null when it is no service of Windows.</param>
    /// <exception cref="StartRefused">A relative path, and no folder that it counts from.</exception>
    internal static void Anchor(IConfiguration configuration, Func<string, string?> variable, string? programData)
    {
        var folder = programData is null
            ? variable("STATE_DIRECTORY")?.Split(':')[0]
            : Path.Combine(programData, ServiceHosting.ServiceName);
        var isService = folder is not null || variable("NOTIFY_SOCKET") is { Length: > 0 };
        var given = configuration[Key] is { Length: > 0 } path ? path : null;
        if (!isService || Path.IsPathRooted(given)) return;
        configuration[Key] = folder is { Length: > 0 }
            ? Path.Combine(folder, given ?? Standard)
            : throw new StartRefused(
                $"{Key} is '{given ?? Standard}', which counts from a folder of the service's own, and there is none. Name it in full, "
                + "or give the unit StateDirectory=cleansync.");
    }
}
