using System.Security.Cryptography;
using System.Text;
using CleanSync.Application.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Security;

/// <summary>
/// AES-256-GCM: version, key id, nonce, tag, cipher. The integration's id is associated data, so a password copied to another row does not open.
/// </summary>
internal sealed class SecretVault(SecretOptions options) : ISecretVault
{
    private const byte LayoutVersion = 1;
    private const int NonceAt = 1 + VaultKey.IdLength;
    private const int NonceLength = 12;
    private const int TagAt = NonceAt + NonceLength;
    private const int TagLength = 16;
    private const int CipherAt = TagAt + TagLength;

    private readonly Lazy<VaultKey> key = new(() => VaultKey.From(options));

    public byte[] Seal(Guid integrationId, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[CipherAt + plain.Length];
        box[0] = LayoutVersion;
        key.Value.Id.CopyTo(box, 1);
        RandomNumberGenerator.Fill(box.AsSpan(NonceAt, NonceLength));
        using var aes = new AesGcm(key.Value.Bytes, TagLength);
        aes.Encrypt(box.AsSpan(NonceAt, NonceLength), plain, box.AsSpan(CipherAt), box.AsSpan(TagAt, TagLength), integrationId.ToByteArray(bigEndian: true));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    public string Open(Guid integrationId, byte[] sealedSecret)
    {
        if (sealedSecret.Length < CipherAt || sealedSecret[0] != LayoutVersion)
            throw new SecretCannotBeOpened("It was not sealed by this version of CleanSync.");
        if (!sealedSecret.AsSpan(1, VaultKey.IdLength).SequenceEqual(key.Value.Id))
            throw new SecretCannotBeOpened("It was sealed under another key than this node has. Restore that key (Secrets:Key, or the key file in the data folder), or enter the password again.");
        var plain = new byte[sealedSecret.Length - CipherAt];
        try
        {
            using var aes = new AesGcm(key.Value.Bytes, TagLength);
            aes.Decrypt(
                sealedSecret.AsSpan(NonceAt, NonceLength), sealedSecret.AsSpan(CipherAt), sealedSecret.AsSpan(TagAt, TagLength), plain, integrationId.ToByteArray(bigEndian: true));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException mismatch)
        {
            throw new SecretCannotBeOpened("It belongs to another integration, or was altered.", mismatch);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <summary>A stored password does not open: the database and the key do not belong together.</summary>
internal sealed class SecretCannotBeOpened(string reason, Exception? inner = null)
    : Exception($"The stored password cannot be opened. {reason}", inner);
