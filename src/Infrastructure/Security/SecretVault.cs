using System.Security.Cryptography;
using System.Text;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Security;

/// <summary>
/// AES-256-GCM: version, key id, nonce, tag, cipher. The integration's id is associated data, so a password copied to another row does not
/// open. The key is looked for once in the life of the process.
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
    private VaultKey? made;

    public bool HasKey => Key is not null;

    private VaultKey? Key => made ?? found.Value;

    /// <summary>Makes the key file of a new installation, unless there is a key. Only for a database without a sealed password.</summary>
    public void MakeKey() => made = Key ?? VaultKey.Make(options);

    public byte[] Seal(Guid integrationId, string secret)
    {
        if (Key is not { } key) throw new CalendarFailure(FailureReach.Integration, new SealingKeyIsMissing()) { NothingWasSent = true };
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
            integrationId.ToByteArray(bigEndian: true));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    public string Open(Guid integrationId, byte[] sealedSecret)
    {
        if (Key is not { } key)
            throw Shut(
                "The key that seals passwords is missing. Restore the key file, or the setting Secrets:Key, and start CleanSync again.");
        if (!IsWhole(sealedSecret)) throw Shut("It was not sealed by this version of CleanSync, or was altered. Enter the password again.");
        if (!IsSealedUnder(key, sealedSecret))
        {
            throw Shut("It was sealed under another key than this one. Restore that key (the key file of the data folder, or Secrets:Key) "
                + "and start CleanSync again, or enter the password again.");
        }

        var plain = new byte[sealedSecret.Length - CipherAt];
        try
        {
            using var aes = new AesGcm(key.Bytes, TagLength);
            aes.Decrypt(
                sealedSecret.AsSpan(NonceAt, NonceLength), sealedSecret
                    .AsSpan(CipherAt), sealedSecret
                    .AsSpan(TagAt, TagLength), plain, integrationId
                    .ToByteArray(bigEndian: true));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException mismatch)
        {
            throw Shut("It belongs to another integration, or was altered. Enter the password again.", mismatch);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>No secret names this key, and at least one names another.</summary>
    public bool IsKeyOfOthers(IReadOnlyCollection<byte[]> sealedSecrets) =>
        Key is { } key && sealedSecrets.Any(IsWhole) && !sealedSecrets.Any(s => IsWhole(s) && IsSealedUnder(key, s));

    private static bool IsWhole(byte[] sealedSecret) => sealedSecret.Length >= CipherAt && sealedSecret[0] == LayoutVersion;

    private static bool IsSealedUnder(VaultKey key, byte[] sealedSecret) => sealedSecret.AsSpan(1, VaultKey.IdLength).SequenceEqual(key.Id);

    private static CalendarFailure Shut(string why, Exception? inner = null) =>
        new(FailureReach.Integration, new PasswordCannotBeOpened(why), inner: inner) { NothingWasSent = true };
}
