using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CleanSync.Domain.ApiKeys;

/// <summary>
/// A key as its owner has it: <c>cleansync_</c>, 12 hexadecimal digits by which it is looked up, <c>_</c>, and 256 random bits in
/// base64url. The text itself is kept nowhere.
/// </summary>
public sealed class KeyText
{
    public const int RandomLength = LookupLength / 2 + SecretLength;

    private const string Mark = "cleansync_";
    private const int LookupLength = 12;
    private const int SecretLength = 32;
    private static readonly int Length = Mark.Length + LookupLength + 1 + Base64Url.GetEncodedLength(SecretLength);

    private KeyText(string text)
    {
        Text = text;
        Lookup = text[..(Mark.Length + LookupLength)];
        Hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
    }

    public string Text { get; }

    /// <summary>The beginning, by which a key is found and recognised. It is no secret.</summary>
    public string Lookup { get; }

    /// <summary>SHA-256 of the whole text; what is stored.</summary>
    public byte[] Hash { get; }

    /// <param name="random">So many unpredictable bytes as <see cref="RandomLength"/> says.</param>
    public static KeyText Of(ReadOnlySpan<byte> random) => new(
        $"{Mark}{Convert.ToHexStringLower(random[..(LookupLength / 2)])}_{Base64Url.EncodeToString(random[(LookupLength / 2)..RandomLength])}");

    /// <summary>Null when the text cannot be a key.</summary>
    public static KeyText? Read(string? text) =>
        text?.Length == Length && text.StartsWith(Mark, StringComparison.Ordinal) && Ascii.IsValid(text) ? new KeyText(text) : null;

    /// <summary>A key must not reach a log by way of its text.</summary>
    public override string ToString() => Lookup;
}
