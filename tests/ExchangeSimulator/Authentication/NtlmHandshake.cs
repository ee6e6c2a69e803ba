using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CleanSync.ExchangeSimulator.Accounts;

namespace CleanSync.ExchangeSimulator.Authentication;

/// <summary>
/// The accepting side of one NTLMv2 handshake (MS-NLMP 3.3.2): challenge, then proof. NTLMv1 is refused; the integrity
/// code of the messages is not verified. Over TLS the client's channel binding can be looked at, or demanded.
/// </summary>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "NTLM is made of them.")]
internal sealed class NtlmHandshake(Func<string, string, Account?> findAccount, TimeProvider time, string target)
{
    private readonly byte[] _challenge = RandomNumberGenerator.GetBytes(8);

    private static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    public static int MessageType(ReadOnlySpan<byte> message) =>
        message.Length >= 12 && message[..8].SequenceEqual(Signature) ? BinaryPrimitives.ReadInt32LittleEndian(message[8..]) : 0;

    public byte[] Challenge(byte[] negotiate)
    {
        var clientFlags = negotiate.Length >= 16 ? BinaryPrimitives.ReadUInt32LittleEndian(negotiate.AsSpan(12)) : 0;
        // UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN, TARGET_TYPE_DOMAIN, ESS, TARGET_INFO, VERSION, 128, 56; SIGN and KEY_EXCH as the
        // client has them.
        var flags = 0xA2898205u | (clientFlags & (0x10u | 0x40000000u));
        var name = Encoding.Unicode.GetBytes(target);
        var info = new MemoryStream();
        void Pair(ushort id, byte[] value)
        {
            info.Write(BitConverter.GetBytes(id));
            info.Write(BitConverter.GetBytes((ushort)value.Length));
            info.Write(value);
        }
        foreach (var id in new ushort[] { 2, 1, 4, 3 }) Pair(id, name);
        Pair(7, BitConverter.GetBytes(time.GetUtcNow().ToFileTime()));
        Pair(0, []);
        var targetInfo = info.ToArray();
        var message = new byte[56 + name.Length + targetInfo.Length];
        Signature.CopyTo(message);
        message[8] = 2;
        Field(message, 12, name.Length, 56);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), flags);
        _challenge.CopyTo(message, 24);
        Field(message, 40, targetInfo.Length, 56 + name.Length);
        (message[48], message[55]) = (10, 15);
        name.CopyTo(message, 56);
        targetInfo.CopyTo(message, 56 + name.Length);
        return message;
    }

    /// <summary>The account that the message names, and whether it proves the password; the account is null when unknown.</summary>
    public (Account? Account, bool IsProved) Authenticate(byte[] message, ExtendedProtection protection, byte[]? binding)
    {
        if (message.Length < 64) return (null, false);
        var isUnicode = (BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(60)) & 1) != 0;
        var encoding = isUnicode ? Encoding.Unicode : Encoding.Latin1;
        var (proof, domain, user) = (Slice(message, 20), encoding.GetString(Slice(message, 28)), encoding.GetString(Slice(message, 36)));
        if (findAccount(domain, user) is not { } account) return (null, false);
        if (proof.Length < 44) return (account, false);
        var key = HMACMD5.HashData(
            Md4.Hash(Encoding.Unicode.GetBytes(account.Password)), Encoding.Unicode.GetBytes(user.ToUpperInvariant() + domain));
        var expected = HMACMD5.HashData(key, (byte[])[.. _challenge, .. proof.AsSpan(16)]);
        var isProved = CryptographicOperations.FixedTimeEquals(expected, proof.AsSpan(0, 16));
        return (account, isProved && (binding is null || IsBound(ChannelBinding(proof), protection, binding)));
    }

    /// <summary>The channel binding that a client must send over a connection with that certificate.</summary>
    public static byte[] BindingOf(byte[] certificate)
    {
        byte[] application = [.. "tls-server-end-point:"u8, .. SHA256.HashData(certificate)];
        return MD5.HashData((byte[])[.. new byte[16], .. BitConverter.GetBytes(application.Length), .. application]);
    }

    private static bool IsBound(ReadOnlySpan<byte> sent, ExtendedProtection protection, byte[] binding) => protection switch
    {
        ExtendedProtection.None => true,
        // Sixteen zeros say that the client has no channel to bind to (MS-NLMP 2.2.2.1).
        ExtendedProtection.Allow when !sent.ContainsAnyExcept((byte)0) => true,
        _ => sent.SequenceEqual(binding),
    };

    private static ReadOnlySpan<byte> ChannelBinding(byte[] proof)
    {
        for (var at = 44; at + 4 <= proof.Length;)
        {
            var (id, length) = (
                BinaryPrimitives.ReadUInt16LittleEndian(proof.AsSpan(at)), BinaryPrimitives.ReadUInt16LittleEndian(proof.AsSpan(at + 2)));
            if (id == 0 || at + 4 + length > proof.Length) break;
            if (id == 10) return proof.AsSpan(at + 4, length);
            at += 4 + length;
        }
        return default;
    }

    private static byte[] Slice(byte[] message, int at)
    {
        var (length, offset) = (
            BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(at)), BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(at + 4)));
        return offset >= 0 && offset + length <= message.Length ? message.AsSpan(offset, length).ToArray() : [];
    }

    private static void Field(byte[] message, int at, int length, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at), (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at + 2), (ushort)length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(at + 4), offset);
    }
}
