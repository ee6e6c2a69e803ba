using System.IO.Compression;
using System.Text;

namespace CleanSync.Model.Fuzzing;

/// <summary>The same text in another encoding, with a DTD, entities, or compressed: what stands around the XML rather than in it.</summary>
internal static class Disguise
{
    private static readonly byte[] Bom = [0xEF, 0xBB, 0xBF];

    private static readonly string[] Encodings =
        [
            "utf-8",
            "UTF8",
            "utf-16",
            "iso-8859-1",
            "us-ascii",
            "utf-7",
            "windows-1252",
            "utf-32",
            "bogus",
            "",
            "x-user-defined",
            "ebcdic-cp-us"
        ];

    private static readonly string[] Dtds =
    [
        "<!DOCTYPE a>",
        "<!DOCTYPE s:Envelope SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE a PUBLIC \"a\" \"http://127.0.0.1/a.dtd\">",
        "<!DOCTYPE a [<!ENTITY e \"evil\">]>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]>",
        "<!DOCTYPE a [<!ATTLIST a b CDATA \"c\">]>",
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY e \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>",
        "<!DOCTYPE", "<!ENTITY e \"x\">", "<!ELEMENT a ANY>",
    ];

    public static byte[] Encode(byte[] body, Dice dice)
    {
        var text = Encoding.UTF8.GetString(body);
        var declared = $"<?xml version=\"{(dice.OneIn(8) ? "1.1" : "1.0")}\" encoding=\"{dice.Of(Encodings)}\"?>";
        Encoding[] encodings =
            [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true), Encoding.Latin1];
        switch (dice.Below(6))
        {
            case 0:
                var encoding = dice.Of(encodings);
                return [.. dice.OneIn(2) ? encoding.GetPreamble() : [], .. encoding.GetBytes((dice.OneIn(2) ? declared : "") + text)];
            case 1:
                return [.. Encoding.UTF8.GetBytes(declared), .. body];
            case 2:
                return [.. Bom, .. Bom, .. body];
            case 3:
                byte[][] magic =
                    [
                        [0x4C, 0x6F, 0xA7, 0x94],
                        [0, 0, 0, 0x3C],
                        [0, 0, 0x3C, 0],
                        [0x3C, 0, 0, 0],
                        [0xFE, 0xFF],
                        [0xFF, 0xFE],
                        [0xFF, 0xFE, 0, 0],
                        [0, 0, 0xFF, 0xFE],
                        [0x2B, 0x2F, 0x76, 0x38],
                        [0xFF],
                        [0x80],
                        [0xF8, 0x88]
                    ];
                return dice.OneIn(2) ? [.. dice.Of(magic), .. body] : dice.Of(magic);
            case 4:
                return [.. Encoding.UTF8.GetBytes(declared), .. Encoding.Latin1.GetBytes(text)];
            default:
                return [.. "  \n"u8, .. Encoding.UTF8.GetBytes(declared), .. body];
        }
    }

    public static byte[] WithEntities(byte[] body, Dice dice)
    {
        var text = Encoding.UTF8.GetString(body);
        string[] references =
            [
                "&e;",
                "&x;",
                "&lt;",
                "&#60;",
                "&#x3C;",
                "&#0;",
                "&#x1F;",
                "&#xFFFF;",
                "&#xDFFF;",
                "&#x10FFFF;",
                "&#x110000;",
                "&#99999999999;",
                "&#x;",
                "&#;",
                "&",
                "&amp",
                "%p;"
            ];
        var places = Places(text);
        if (places.Count > 0 && !dice.OneIn(4))
            text = text.Insert(dice.Of(places), string.Concat(Enumerable.Repeat(dice.Of(references), dice.Between(1, 5))));
        return Encoding.UTF8.GetBytes((dice.OneIn(2) ? dice.Of(Dtds) : "") + text);
    }

    /// <summary>Harmless: a letter of a text as a reference, a mark of UTF-8, a declaration.</summary>
    public static byte[] Harmlessly(byte[] body, Dice dice)
    {
        var text = Encoding.UTF8.GetString(body);
        var letters = Places(text).Where(p => char.IsAsciiLetter(text[p])).ToList();
        if (letters.Count > 0 && dice.OneIn(2))
        {
            var at = dice.Of(letters);
            text = $"{text[..at]}&#x{(int)text[at]:X};{text[(at + 1)..]}";
        }
        // Without a declaration of its own only.
        if (dice.OneIn(2) && !text.StartsWith("<?", StringComparison.Ordinal))
            text = $"<?xml version=\"1.0\" encoding=\"{(dice.OneIn(2) ? "UTF-8" : "utf-8")}\" standalone=\"yes\"?>\n{text}";
        return [.. dice.OneIn(2) ? Bom : [], .. Encoding.UTF8.GetBytes(text)];
    }

    public static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(body);
        return zipped.ToArray();
    }

    /// <summary>As far as it goes.</summary>
    public static byte[] Unzip(byte[] zipped)
    {
        using var zip = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        zip.CopyTo(whole);
        return whole.ToArray();
    }

    /// <summary>Where a text begins.</summary>
    private static List<int> Places(string text)
    {
        var places = new List<int>();
        for (var at = text.IndexOf('>', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('>', at + 1))
            if (text[at + 1] is not ('<' or '\r' or '\n' or ' ')) places.Add(at + 1);
        return places;
    }
}
