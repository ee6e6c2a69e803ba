using System.Security.Cryptography;
using System.Text;
using CleanSync.Application.Secrets;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Security;

/// <summary>
/// AES-256-GCM: version, key id, nonce, tag, cipher. The owner's id is associated data, so a secret copied to another row does not open.
/// The key is looked for once in the life of the process.
/// </summary>
internal sealed class SecretVault(SecretOptions options) : ISecretVault
{
    private const byte LayoutVersion = 1;
    private const int NonceAt = 1 + VaultKey.IdLength;
    private const int NonceLength = 12;
    private const int TagAt = NonceAt + NonceLength;
    private const int TagLength = 16;
    private const int CipherAt = TagAt + TagLength;

    private readonly Lazy<VaultKey?> found = new(() => VaultKey.Find(options));
    private readonly Lazy<VaultKey?> former = new(() => VaultKey.Former(options));
    private VaultKey? made;

    public bool HasKey => Key is not null;

    private VaultKey? Key => made ?? found.Value;

    /// <summary>Makes the key file of a new installation, unless there is a key. Only for a database without a sealed password.</summary>
    public void MakeKey() => made = Key ?? VaultKey.Make(options);

    public Result<byte[]> Seal(Guid owner, string secret)
    {
        if (Key is not { } key) return new SealingKeyIsMissing();
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[CipherAt + plain.Length];
        box[0] = LayoutVersion;
        key.Id.CopyTo(box, 1);
        RandomNumberGenerator.Fill(box.AsSpan(NonceAt, NonceLength));
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(
            box.AsSpan(NonceAt, NonceLength),
            plain,
            box.AsSpan(CipherAt),
            box.AsSpan(TagAt, TagLength),
            owner.ToByteArray(bigEndian: true));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    public Result<string> Open(Guid owner, byte[] sealedSecret)
    {
        if (Key is not { } key)
            return new PasswordCannotBeOpened(
                "The key that seals passwords is missing. Restore the key file, or the setting Secrets:Key, and start CleanSync again.");
        if (!IsWhole(sealedSecret))
            return new PasswordCannotBeOpened("It was not sealed by this version of CleanSync, or was altered. Enter the password again.");
        if (!IsSealedUnder(key, sealedSecret) && former.Value is { } before && IsSealedUnder(before, sealedSecret)) key = before;
        if (!IsSealedUnder(key, sealedSecret))
        {
            return new PasswordCannotBeOpened(
                "It was sealed under another key than this one. Restore that key (the key file of the data folder, or Secrets:Key) "
                + "and start CleanSync again, or enter the password again.");
        }

        var plain = new byte[sealedSecret.Length - CipherAt];
        try
        {
            using var aes = new AesGcm(key.Bytes, TagLength);
            aes.Decrypt(
                sealedSecret.AsSpan(NonceAt, NonceLength),
                sealedSecret.AsSpan(CipherAt),
                sealedSecret.AsSpan(TagAt, TagLength),
                plain,
                owner.ToByteArray(bigEndian: true));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return new PasswordCannotBeOpened("It belongs to another integration, or was altered. Enter the password again.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>No secret names this key, or the former one, and at least one names another.</summary>
    public bool IsKeyOfOthers(IReadOnlyCollection<byte[]> sealedSecrets) =>
        Key is { } key && sealedSecrets.Any(IsWhole)
        && !sealedSecrets.Any(s => IsWhole(s) && (IsSealedUnder(key, s) || (former.Value is { } before && IsSealedUnder(before, s))));

    private static bool IsWhole(byte[] sealedSecret) => sealedSecret.Length >= CipherAt && sealedSecret[0] == LayoutVersion;

    private static bool IsSealedUnder(VaultKey key, byte[] sealedSecret) => sealedSecret.AsSpan(1, VaultKey.IdLength).SequenceEqual(key.Id);
}
