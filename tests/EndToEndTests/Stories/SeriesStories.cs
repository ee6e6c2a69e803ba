using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class SeriesStories() : OfficeStory("anna")
{
    private static readonly DateTimeOffset Monday = NextMonday().AddHours(9);

    private protected override Task Begin() => Task.CompletedTask;

    [Fact]
    public async Task A_weekly_series_with_a_moved_and_a_deleted_occurrence_appears_as_Outlook_shows_it_and_follows_changes()
    {
        var person = Exchange.Outlook("anna");
        var series = person.AddsSeries(
            new EventDraft("Stand-up", Monday, Monday.AddHours(1)) { TimeZoneId = "UTC" },
            new WeeklyPattern(1, [DayOfWeek.Monday], DayOfWeek.Monday),
            occurrences: 6);
        await Api.Begin(Exchange, "anna");
        Assert.Equal(6, (await Starts()).Count);

        person.ChangesOccurrence(series, Monday.AddDays(7), new EventEdit { Start = Monday.AddDays(8) });
        person.DeletesOccurrence(series, Monday.AddDays(14));
        await Api.Sync("anna");
        Assert.Equal([Monday, Monday.AddDays(8), Monday.AddDays(21), Monday.AddDays(28), Monday.AddDays(35)], await Starts());

        person.Deletes(series);
        await Api.Sync("anna");
        Assert.Empty(await Starts());
    }

    [Fact]
    public async Task A_single_turned_into_a_series_and_back_leaves_nothing_behind()
    {
        var person = Exchange.Outlook("anna");
        var item = person.Adds(new EventDraft("Yoga", Monday, Monday.AddHours(1)) { TimeZoneId = "UTC" });
        await Api.Begin(Exchange, "anna");
        person.TurnsIntoSeries(item, new DailyPattern(1), occurrences: 4);
        await Api.Sync("anna");
        Assert.Equal([Monday, Monday.AddDays(1), Monday.AddDays(2), Monday.AddDays(3)], await Starts());
        person.TurnsIntoSingle(item);
        await Api.Sync("anna");
        Assert.Equal([Monday], await Starts());
    }

    private async Task<List<DateTimeOffset>> Starts() =>
        [.. (await Api.Calendar("anna", Monday.AddDays(-1), Monday.AddDays(60))).Select(e => e["start"]!.GetValue<DateTimeOffset>())];

    private static DateTimeOffset NextMonday()
    {
        var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        return today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7));
    }
}
