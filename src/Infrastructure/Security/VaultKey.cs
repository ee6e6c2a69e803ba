using System.Security.Cryptography;
using CleanSync.Infrastructure.Persistence;

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

    public static VaultKey From(SecretOptions options)
    {
        if (options.Key is { } configured) return Parse(configured, "Secrets:Key in the configuration");
        if (!File.Exists(options.KeyFile)) Make(options.KeyFile);
        return Parse(File.ReadAllText(options.KeyFile), $"the key file {options.KeyFile}");
    }

    private static VaultKey Parse(string text, string source)
    {
        var bytes = new byte[KeyLength];
        var isKey = Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == KeyLength;
        return isKey ? new VaultKey(bytes) : throw new InvalidOperationException(
            $"{source} is not a key. Expected 32 random bytes in base64, such as 'openssl rand -base64 32' prints.");
    }

    /// <summary>The file is written beside its place and moved there, so that a crash leaves a whole key or none; only its owner can read it.</summary>
    private static void Make(string path)
    {
        DataFolder.Make(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength))));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: false);
    }
}
