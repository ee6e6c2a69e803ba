using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>The opaque text of a sync state: a position in one folder's history, sealed against truncation and exchange.</summary>
internal static class SyncState
{
    private const int Length = 192;

    public static string Write(MailFolder folder, SyncPosition position)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(0), position.Low);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), position.Upper);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), position.Cursor);
        Seal(folder, bytes).CopyTo(bytes, Length - 32);
        return "H4sIAAAAAAAEAGNg" + Convert.ToBase64String(bytes);
    }

    public static SyncPosition Read(MailFolder folder, string? text)
    {
        if (string.IsNullOrEmpty(text)) return default;
        var bytes = new byte[Length];
        if (!text.StartsWith("H4sIAAAAAAAEAGNg", StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[16..], bytes, out var length) || length != Length
            || !bytes.AsSpan(Length - 32).SequenceEqual(Seal(folder, bytes)))
            throw Invalid();
        var position = new SyncPosition(
            BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives
                .ReadInt64LittleEndian(bytes.AsSpan(8)), BinaryPrimitives
                .ReadInt64LittleEndian(bytes.AsSpan(16)));
        return position.Low <= folder.Log.Top && position.Upper <= folder.Log.Top ? position : throw Invalid();
    }

    public static EwsRefusedException Invalid() =>
        new("ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid.");

    private static byte[] Seal(MailFolder folder, byte[] bytes) =>
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(folder.Id), bytes.AsSpan(0, 24));
}
