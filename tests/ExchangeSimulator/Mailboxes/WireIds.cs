using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>
/// Writes the ids of one mailbox: opaque, Base64, with slashes and plus signs now and then. Every second item's id
/// differs from its predecessor's only in the case of one letter, so whoever compares ids without case merges two items.
/// </summary>
internal sealed class WireIds
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Head = "AAMkADE5";
    private const int MailboxLength = 16;
    private readonly string _mailbox;

    public WireIds(string smtpAddress) =>
        _mailbox = MailboxPart(smtpAddress);

    public static string MailboxPart(string smtpAddress)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(smtpAddress.ToUpperInvariant()));
        return Convert.ToBase64String(hash, 0, 12);
    }

    /// <summary>The part of an item or folder id that names the mailbox; null when it cannot be one of ours.</summary>
    public static string? MailboxPartOf(string id) =>
        id.Length >= Head.Length + MailboxLength && id.StartsWith(Head, StringComparison.Ordinal)
            ? id.Substring(Head.Length, MailboxLength)
            : null;

    public string Folder(int number) => Head + _mailbox + "AuAAAAAA" + Number(number, 4) + "AAA=";

    public string Item(long number) => Head + _mailbox + "ABGAAAAA" + Number(number / 2, 7) + (number % 2 == 0 ? 'q' : 'Q') + "AAA=";

    public static string Occurrence(string masterId, DateOnly slot) => masterId[..^4] + "Oc" + Number(slot.DayNumber, 6) + "AAA=";

    public static bool IsOccurrence(string id) => id.Length == 52;

    public static (string MasterId, DateOnly Slot)? SplitOccurrence(string id)
    {
        if (!IsOccurrence(id) || id[40..42] != "Oc" || Value(id.AsSpan(42, 6)) is not { } day || day is < 0 or > 3652058) return null;
        return (id[..40] + "AAA=", DateOnly.FromDayNumber((int)day));
    }

    public static bool LooksLikeAnId(string id) =>
        MailboxPartOf(id) is not null && Convert.TryFromBase64String(id, new byte[id.Length], out _);

    public string ChangeKey(long number)
    {
        var bytes = new byte[12];
        Encoding.ASCII.GetBytes(_mailbox.AsSpan(0, 4), bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), number);
        return "DwAAABYA" + Convert.ToBase64String(bytes);
    }

    /// <summary>The number inside a change key; null when the key is not one.</summary>
    public static long? ChangeNumber(string key)
    {
        Span<byte> bytes = stackalloc byte[12];
        if (!key.StartsWith("DwAAABYA", StringComparison.Ordinal)
            || !Convert.TryFromBase64String(key[8..], bytes, out var length)
            || length != 12) return null;
        return BinaryPrimitives.ReadInt64BigEndian(bytes[4..]);
    }

    private static string Number(long value, int digits)
    {
        Span<char> text = stackalloc char[digits];
        for (var i = digits - 1; i >= 0; i--, value /= 64) text[i] = Digits[(int)(value % 64)];
        return new string(text);
    }

    private static long? Value(ReadOnlySpan<char> text)
    {
        long value = 0;
        foreach (var c in text)
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return null;
            value = value * 64 + digit;
        }
        return value;
    }
}
