using System.Globalization;
using System.Text.Json.Nodes;

namespace CleanSync.ExchangeSimulator.Demo;

/// <summary>Prints one staff member's calendar as Outlook and as the booking product show it, line against line.</summary>
internal static class SideBySide
{
    private const int Width = 52;

    public static void Print(TextWriter to, string staff, JsonNode inExchange, JsonNode inCleanSync)
    {
        var left = inExchange.AsArray().Where(Blocks).Select(e => (Time(e!), $"{Time(e!)}  {Text(e!, "subject")}{Note(e!)}"));
        var right = inCleanSync["entries"]!.AsArray().Select(e => (Time(e!), $"{Time(e!)}  {Text(e!, "title")}"));
        to.WriteLine($"  {staff,-Width}| the same person in the booking product");
        to.WriteLine($"  {new string('-', Width)}+{new string('-', Width)}");
        var rows = left.Select(l => (l.Item1, Left: l.Item2, Right: "")).ToList();
        foreach (var (time, line) in right)
        {
            var at = rows.FindIndex(r => r.Item1 == time && r.Right.Length == 0);
            if (at >= 0) rows[at] = rows[at] with { Right = line };
            else rows.Add((time, "", line));
        }

        foreach (var (_, l, r) in rows.OrderBy(r => r.Item1, StringComparer.Ordinal)) to.WriteLine($"  {Cut(l),-Width}| {Cut(r)}");
        to.WriteLine();
    }

    private static bool Blocks(JsonNode? entry) => Text(entry!, "freeBusy") is not ("Free" or "WorkingElsewhere");

    private static string Note(JsonNode entry) => Text(entry, "sensitivity") == "Normal" ? "" : " (private)";

    private static string Time(JsonNode entry)
    {
        var start = entry["start"]!.GetValue<DateTimeOffset>().UtcDateTime;
        return entry["isAllDay"]!.GetValue<bool>()
            ? string.Create(CultureInfo.InvariantCulture, $"{start.AddHours(12):ddd dd MMM} all day")
            : string.Create(CultureInfo.InvariantCulture, $"{start:ddd dd MMM HH:mm}Z");
    }

    private static string Text(JsonNode entry, string field) => entry[field]?.GetValue<string>() ?? "";

    private static string Cut(string text) => text.Length <= Width - 2 ? text : text[..(Width - 3)] + "…";
}
