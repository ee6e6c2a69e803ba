using System.Security.Cryptography;
using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Sqlite;

namespace CleanSync.Infrastructure.Security;

/// <summary>The key that seals passwords, and a short id by which a sealed password names it. The id tells nothing of the key.</summary>
internal sealed class VaultKey
{
    public const int IdLength = 4;
    private const int KeyLength = 32;

    private VaultKey(byte[] bytes)
    {
        Bytes = bytes;
        Id = HMACSHA256.HashData(bytes, "cleansync key id"u8)[..IdLength];
    }

    public byte[] Bytes { get; }

    public byte[] Id { get; }

    /// <summary>
    /// The configured key, or that of the key file; null when there is neither. Throws <see cref="StartRefused"/> when what is there is no
    /// key.
    /// </summary>
    public static VaultKey? Find(SecretOptions options)
    {
        if (options.Key is { } configured) return Parse(configured, "Secrets:Key in the configuration");
        try
        {
            return Path.Exists(options.KeyFile) ? Parse(File.ReadAllText(options.KeyFile), $"The key file {options.KeyFile}") : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            const string remedy = "Let CleanSync's account read it, and nobody else.";
            throw new StartRefused($"The key file {options.KeyFile} cannot be read: {failure.Message.TrimEnd('.')}. {remedy}", failure);
        }
    }

    /// <summary>Null without one. Throws <see cref="StartRefused"/> when what is there is no key.</summary>
    public static VaultKey? Former(SecretOptions options) =>
        options.FormerKey is { } former ? Parse(former, "Secrets:FormerKey in the configuration") : null;

    /// <summary>
    /// The file is written beside its place and moved there, so that a crash leaves a whole key or none; only its owner can read it.
    /// </summary>
    public static VaultKey Make(SecretOptions options)
    {
        var path = options.KeyFile;
        DataFolder.Make(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var bytes = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            using (var file = OperatingSystem.IsWindows() ? WindowsRights.NewFile(draft) : new FileStream(draft, access))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            const string remedy = "Let CleanSync's account write the data folder, and look for room on its disk.";
            throw new StartRefused($"The key file {path} cannot be made: {failure.Message.TrimEnd('.')}. {remedy}", failure);
        }

        return new VaultKey(bytes);
    }

    private static VaultKey Parse(string text, string source)
    {
        var bytes = new byte[KeyLength];
        var isKey = Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == KeyLength;
        return isKey ? new VaultKey(bytes) : throw new StartRefused(
            $"{source} is not a key: expected 32 random bytes in base64, such as 'openssl rand -base64 32' prints. "
            + "If passwords are stored already, restore the key that they were sealed under.");
    }
}
