using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>A secret in every form in which it could have been written down by accident.</summary>
internal sealed class Needle
{
    private const int Shortest = 8; // a shorter form would be found by jitter

    private static readonly JsonSerializerOptions Lenient = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Needle(string name, string secret, string user)
    {
        var texts = new List<(string Form, string Text)>
        {
            ("plain", secret),
            ("URL-encoded", Uri.EscapeDataString(secret)),
            ("form-encoded", WebUtility.UrlEncode(secret)),
            ("in JSON", JsonSerializer.Serialize(secret)[1..^1]),
            ("in lenient JSON", JsonSerializer.Serialize(secret, Lenient)[1..^1]),
            ("in XML", new XText(secret).ToString()),
            ("in an XML attribute", new XAttribute("a", secret).ToString()[3..^1]),
        };
        foreach (var (encoding, bytes) in Encoded(secret))
        {
            texts.Add(($"{encoding} in hexadecimal", Convert.ToHexString(bytes)));
            for (var before = 0; before < 3; before++) texts.Add(($"{encoding} in Base64, {before} bytes in", Base64Within(bytes, before)));
        }

        texts.Add(("a Basic header", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"))));
        Forms =
            [.. texts.SelectMany(t => new[] { t.Text, t.Text.ToLowerInvariant(), t.Text.Replace('+', '-').Replace('/', '_') }.Distinct()
                .SelectMany(v => Encoded(v).Select(e => ($"{name}, {t.Form}, {e.Encoding}", e.Bytes))))
            .DistinctBy(f => Convert.ToHexString(f.Bytes))];
        if (Forms.FirstOrDefault(f => f.Bytes.Length < Shortest) is { Form: not null } tooShort)
            throw new ArgumentException($"{tooShort.Form} is too short to be searched for.", nameof(secret));
    }

    public IReadOnlyList<(string Form, byte[] Bytes)> Forms { get; }

    private static IEnumerable<(string Encoding, byte[] Bytes)> Encoded(string text)
    {
        yield return ("UTF-8", Encoding.UTF8.GetBytes(text));
        yield return ("UTF-16", Encoding.Unicode.GetBytes(text));
        yield return ("UTF-16 big endian", Encoding.BigEndianUnicode.GetBytes(text));
        if (text.All(c => c < 256)) yield return ("Latin-1", Encoding.Latin1.GetBytes(text));
    }

    /// <summary>The digits that depend on nothing but these bytes, when so many others stand before them.</summary>
    private static string Base64Within(byte[] bytes, int before) =>
        Convert.ToBase64String([.. new byte[before], .. bytes])[((before * 8 + 5) / 6)..((before + bytes.Length) * 8 / 6)];
}
