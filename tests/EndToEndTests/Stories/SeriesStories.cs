using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class SeriesStories
{
    private static readonly DateTimeOffset Monday = NextMonday().AddHours(9);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_weekly_series_with_a_moved_and_a_deleted_occurrence_appears_as_Outlook_shows_it_and_follows_changes()
    {
        await using var exchange = await Organisation.Start("anna");
        var person = exchange.Outlook("anna");
        var series = person.AddsSeries(
            new EventDraft("Stand-up", Monday, Monday.AddHours(1)) { TimeZoneId = "UTC" },
            new WeeklyPattern(1, [DayOfWeek.Monday], DayOfWeek.Monday),
            occurrences: 6);
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        await api.Link(integration, "anna");
        await api.Sync("anna");
        Assert.Equal(6, (await Starts(api)).Count);

        person.ChangesOccurrence(series, Monday.AddDays(7), new EventEdit { Start = Monday.AddDays(8) });
        person.DeletesOccurrence(series, Monday.AddDays(14));
        await api.Sync("anna");
        Assert.Equal([Monday, Monday.AddDays(8), Monday.AddDays(21), Monday.AddDays(28), Monday.AddDays(35)], await Starts(api));

        person.Deletes(series);
        await api.Sync("anna");
        Assert.Empty(await Starts(api));
    }

    [Fact]
    public async Task A_single_turned_into_a_series_and_back_leaves_nothing_behind()
    {
        await using var exchange = await Organisation.Start("anna");
        var person = exchange.Outlook("anna");
        var item = person.Adds(new EventDraft("Yoga", Monday, Monday.AddHours(1)) { TimeZoneId = "UTC" });
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        await api.Link(integration, "anna");
        await api.Sync("anna");
        person.TurnsIntoSeries(item, new DailyPattern(1), occurrences: 4);
        await api.Sync("anna");
        Assert.Equal([Monday, Monday.AddDays(1), Monday.AddDays(2), Monday.AddDays(3)], await Starts(api));
        person.TurnsIntoSingle(item);
        await api.Sync("anna");
        Assert.Equal([Monday], await Starts(api));
    }

    private static async Task<List<DateTimeOffset>> Starts(CleanSyncClient api) =>
        [.. (await api.Calendar("anna", Monday.AddDays(-1), Monday.AddDays(60))).Select(e => e["start"]!.GetValue<DateTimeOffset>())];

    private static DateTimeOffset NextMonday()
    {
        var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        return today.AddDays(7 - (((int)today.DayOfWeek + 6) % 7));
    }
}
