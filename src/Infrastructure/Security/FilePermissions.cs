using CleanSync.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Security;

/// <summary>Who else on the machine may read the database and the key, whose owner alone should.</summary>
/// <param name="keyFile">Whoever reads it has the key; null when no file holds it.</param>
internal sealed class FilePermissions(DatabaseOptions database, string? keyFile, ILogger<FilePermissions> logger)
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>One line for each file that is open to others, with the command that closes it.</summary>
    public void Warn()
    {
        string[] files = database.Provider is DatabaseProvider.Sqlite
            ? [database.RealPath, $"{database.RealPath}-wal", $"{database.RealPath}-shm"]
            : [];
        if (keyFile is not null) files = [.. files, keyFile];
        foreach (var file in files.Where(File.Exists))
        {
            if (OperatingSystem.IsWindows())
            {
                if (WindowsRights.Others(file) is { Count: > 0 } others)
                    logger.LogWarning("{Others} can read or change {File}. Close it to them: {Command}", string.Join(", ", others), file,
                        $"icacls \"{file}\" /inheritance:r");
                continue;
            }

            if ((File.GetUnixFileMode(file) & Others) == UnixFileMode.None) continue;
            var command = $"chmod 600 {Quoted(file)}";
            logger.LogWarning("Other accounts of this machine can read or change {File}. Close it to them: {Command}", file, command);
        }
    }

    private static string Quoted(string file) => $"'{file.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
