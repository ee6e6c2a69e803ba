using System.Text;

namespace CleanSync.Model.Fuzzing;

/// <summary>Values that break readers: out of range, of another kind, too long, with what XML cannot carry.</summary>
internal static class Hostile
{
    public static readonly IReadOnlyList<string> Values =
    [
        "", " ", "0", "-1", "2147483647", "2147483648", "-2147483649", "99999999999999999999999999", "1e308", "NaN", " 7 ", "0x10", "١٢",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1601-01-01T00:00:00Z",
        "4501-01-01T00:00:00Z",
        "2026-13-45T25:61:61Z",
        "2026-03-03T24:00:00Z",
        "-2026-03-03T08:00:00Z",
        "10000-01-01T00:00:00Z",
        "2026-02-30T08:00:00Z",
        "2026-03-03T08:00:00",
        "2026-03-03T08:00:00+99:99",
        "2026-03-03T08:00:00.12345678901234567890Z", "2026-03-03", "T", "TT", "Z", "+-Z", "2026-03-03T08:00:00\u00A0Z",
        "====",
        "A",
        "AAAA=AAA",
        "aamkade5",
        "H4sI\n",
        "%2e%2e",
        "../..",
        "{0}",
        "\u202Eevil",
        "ü😀",
        "\u0001\u0002",
        "a\uE000b",
        "\uE001",
        "\uE002x",
        "x\uE003",
        "\uE004",
        "\uE005",
        "\uE006",
        "\uE007",
        "true",
        "false",
        "TRUE",
        "1",
        "yes",
        "tru\u0000e",
        "Busy ",
        "busy",
        "Busyy",
        "Free,Busy",
        "3",
        "Private\u200B",
        "privat",
        "Confidentail",
        "RecurringMaster",
        "Occurrence",
        "Single",
        "NoError",
        "ErrorServerBusy",
        "ErrorOfNextYear",
        "ErrorBatchProcessingStopped",
        "Success",
        "Warning",
        "Error",
        "BackOffMilliseconds",
        "-2000000000",
        "W. Europe Standard Time",
        "Customized Time Zone",
        "tzone://Microsoft/Custom",
        "Europe/Berlin",
        "UTC",
        "00000000-0000-0000-0000-000000000000",
    ];

    // Stand-ins that a tree can hold, and what they are on the wire: references and bytes that no writer would write.
    private static readonly (byte[] StandIn, byte[] Wire)[] Spellings =
    [
        .. new (string StandIn, byte[] Wire)[]
        {
            ("\uE000", "&#x0;"u8.ToArray()),
            ("\uE001", "&#xFFFE;"u8.ToArray()),
            ("\uE002", "&#xD83D;"u8.ToArray()),
            ("\uE003", "&#x110000;"u8.ToArray()),
            ("\uE004", [0xED, 0xA0, 0x80]), ("\uE005", [0x1A]), ("\uE006", [0xC0, 0x80]), ("\uE007", "&nbsp;"u8.ToArray()),
        }.Select(s => (Encoding.UTF8.GetBytes(s.StandIn), s.Wire)),
    ];

    public static byte[] Spelled(byte[] body)
    {
        foreach (var (standIn, wire) in Spellings)
        {
            for (var at = body.AsSpan().IndexOf(standIn); at >= 0; at = body.AsSpan().IndexOf(standIn))
                body = [.. body[..at], .. wire, .. body[(at + standIn.Length)..]];
        }
        return body;
    }
}
