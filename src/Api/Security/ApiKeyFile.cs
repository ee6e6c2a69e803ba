using System.Buffers.Text;
using System.Security.Cryptography;

namespace CleanSync.Api.Security;

/// <summary>Where the key comes from: the setting Api:Key, else a file in the data folder that is made once and only its owner can read.</summary>
internal static class ApiKeyFile
{
    public static ApiKey Load(IConfiguration configuration, ILogger logger)
    {
        if (configuration["Api:Key"]?.Trim() is { Length: > 0 } configured)
        {
            if (configured.Length < 16) logger.LogWarning("Api:Key is shorter than 16 characters. Use a long random one outside a trial.");
            return new ApiKey(configured);
        }

        var path = Path.Combine(DataFolder(configuration), "api-key");
        if (!File.Exists(path)) Make(path);
        logger.LogInformation("The API key is in {Path}", path);
        return File.ReadAllText(path).Trim() is { Length: > 0 } key
            ? new ApiKey(key)
            : throw new InvalidOperationException($"{path} is empty. Remove it to have a new API key made, or set Api:Key.");
    }

    /// <summary>The key lies beside the database.</summary>
    private static string DataFolder(IConfiguration configuration) =>
        Path.GetDirectoryName(Path.GetFullPath(configuration["Database:Path"] ?? "data/cleansync.db"))!;

    /// <summary>Written whole before it gets its name: neither a crash nor a second process can leave half a key.</summary>
    private static void Make(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var onlyOwner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            onlyOwner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, onlyOwner)) writer.Write(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
