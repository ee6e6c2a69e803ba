using System.Globalization;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>One staff member's calendar on both sides: what Outlook shows inside the window, and what the API says.</summary>
internal sealed class Mirror(Organisation exchange, CleanSyncClient api, string staff, WallClock zone)
{
    /// <summary>Asserts that both sides hold the same, line by line, and gives each line's id in CleanSync.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> IsTrue(DateTimeOffset now, int horizonMonths = 12)
    {
        var today = zone.DateAt(now);
        var (from, to) = (zone.FirstInstantOf(today.AddDays(-1)), zone.FirstInstantOf(today.AddMonths(horizonMonths)));
        var outlook = exchange.Mailbox(staff).View(from, to).Where(e => Counts(e.Fields) && e.Fields.End > from).Select(Line);
        var said = await api.Calendar(staff, from.AddDays(-15), to.AddDays(15));
        Assert.Equal(outlook.Order(StringComparer.Ordinal), said.Select(Line).Order(StringComparer.Ordinal));
        return said.ToDictionary(Line, e => e["id"]!.GetValue<Guid>(), StringComparer.Ordinal);
    }

    private static bool Counts(EventFields fields) =>
        fields is { FreeBusy: not (FreeBusy.Free or FreeBusy.WorkingElsewhere), IsCancelled: false } && fields.End > fields.Start;

    private string Line(CalendarEntry e)
    {
        var title = e.Fields.Sensitivity is Sensitivity.Normal ? e.Fields.Subject : "Busy";
        return e.Fields.IsAllDay
            ? $"{title}: {Date(e.Fields.StartZone, e.Fields.Start)} to {Date(e.Fields.EndZone, e.Fields.End)}, {zone.Show(e.Fields.Start)} to {zone.Show(e.Fields.End)}"
            : $"{title}: {zone.Show(e.Fields.Start)} to {zone.Show(e.Fields.End)}";
    }

    private string Line(JsonNode e)
    {
        var times = $"{zone.Show(e["start"]!.GetValue<DateTimeOffset>())} to {zone.Show(e["end"]!.GetValue<DateTimeOffset>())}";
        return e["isAllDay"]!.GetValue<bool>() ? $"{e["title"]}: {e["firstDay"]} to {e["endDay"]}, {times}" : $"{e["title"]}: {times}";
    }

    private static string Date(CalendarZone own, DateTimeOffset instant) =>
        own.Local(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
