using System.Globalization;
using System.Text.Json.Nodes;

namespace CleanSync.ExchangeSimulator.Demo;

/// <summary>Prints one staff member's calendar as Outlook and as the booking product show it, line against line.</summary>
internal static class SideBySide
{
    private const int Width = 52;

    public static void Print(TextWriter to, string staff, JsonNode inExchange, JsonNode inCleanSync)
    {
        var left = inExchange.AsArray().Where(Blocks).Select(e => (Start: Start(e!), Text: $"{Time(e!)}  {Text(e!, "subject")}{Note(e!)}"));
        var right = inCleanSync["entries"]!.AsArray().Select(e => (Start: Start(e!), Text: $"{Time(e!)}  {Text(e!, "title")}"));
        to.WriteLine($"  {staff,-Width}| the same person in the booking product");
        to.WriteLine($"  {new string('-', Width)}+{new string('-', Width)}");
        var rows = left.Select(l => (l.Start, Left: l.Text, Right: "")).ToList();
        foreach (var (start, text) in right)
        {
            var at = rows.FindIndex(r => r.Start == start && r.Right.Length == 0);
            if (at >= 0) rows[at] = rows[at] with { Right = text };
            else rows.Add((start, "", text));
        }

        foreach (var (_, l, r) in rows.OrderBy(r => r.Start)) to.WriteLine($"  {Cut(l),-Width}| {Cut(r)}");
        to.WriteLine();
    }

    private static bool Blocks(JsonNode? entry) => Text(entry!, "freeBusy") is not ("Free" or "WorkingElsewhere");

    private static string Note(JsonNode entry) => Text(entry, "sensitivity") == "Normal" ? "" : " (private)";

    private static DateTime Start(JsonNode entry) => entry["start"]!.GetValue<DateTimeOffset>().UtcDateTime;

    private static string Time(JsonNode entry)
    {
        var start = Start(entry);
        return entry["isAllDay"]!.GetValue<bool>()
            ? string.Create(CultureInfo.InvariantCulture, $"{start.AddHours(12):ddd dd MMM} all day")
            : string.Create(CultureInfo.InvariantCulture, $"{start:ddd dd MMM HH:mm}Z");
    }

    private static string Text(JsonNode entry, string field) => entry[field]?.GetValue<string>() ?? "";

    private static string Cut(string text) => text.Length <= Width - 2 ? text : text[..(Width - 3)] + "…";
}
