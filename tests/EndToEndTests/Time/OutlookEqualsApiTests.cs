using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>
/// Thousands of seeded events around the clock changes of many zones: what a staff member sees in Outlook's zone is what was meant, what
/// Exchange's view and GetItem are read as, and what the API says.
/// </summary>
public sealed class OutlookEqualsApiTests
{
    private static readonly DateOnly NewYear = new(2026, 1, 1);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_view_and_GetItem_read_every_event_as_it_was_meant(int seed)
    {
        const int perMailbox = 400;
        await using var exchange = await Organisation.Start();
        await using var host = new ClockedHost(new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        var feed = host.Services.GetRequiredService<ICalendarFeed>();
        var events = new SeededEvents(seed, NewYear, new DateOnly(2027, 12, 1));
        foreach (var (staff, zone) in Staff(exchange))
        {
            await api.Link(integration, staff, zone: zone.Id);
            await api.Sync(staff);
            var meant = events.For(zone, perMailbox).ToDictionary(e => exchange.Outlook(staff).Adds(e.Draft), StringComparer.Ordinal);
            var access = await Access(host, integration, staff);
            var view =
                (await feed.Window(access, zone.FirstInstantOf(NewYear.AddDays(-7)), zone.FirstInstantOf(new DateOnly(2028, 2, 1)),
                    ct)).Events;
            var items = new List<RemoteEvent>();
            foreach (var batch in meant.Keys.Chunk(50))
            {
                items.AddRange((await feed.Read(access, batch, ct)).Select(r => Assert.IsType<ItemReading.Found>(r).Event));
            }

            Assert.Equal((perMailbox, perMailbox), (view.Count, items.Count));
            foreach (var read in view.Concat(items))
            {
                AssertSame(seed, zone, meant[read.ItemId], exchange.Mailbox(staff).Find(read.ItemId)!, read);
            }
        }
    }

    [Theory]
    [InlineData(11, "Exchange2016")]
    [InlineData(12, "Exchange2010")]
    [InlineData(13, "Exchange2007SP1")]
    public async Task The_API_says_of_every_event_what_Outlook_shows(int seed, string version)
    {
        const int perMailbox = 60;
        await using var exchange = await Organisation.Start();
        await using var host = new ClockedHost(new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, version: version);
        await api.Authorize(integration);
        // which tells no zones
        var events =
            new SeededEvents(seed, new DateOnly(2026, 2, 10), new DateOnly(2027, 2, 8)) { OwnZoneOnly = version == "Exchange2007SP1" };
        foreach (var (staff, zone) in Staff(exchange))
        {
            // Half is there before the first pass, the other half comes as changes.
            var meant = events.For(zone, perMailbox);
            foreach (var e in meant.Take(perMailbox / 2)) exchange.Outlook(staff).Adds(e.Draft);
            await api.Link(integration, staff, zone: zone.Id);
            await api.Sync(staff);
            foreach (var e in meant.Skip(perMailbox / 2)) exchange.Outlook(staff).Adds(e.Draft);
            await api.Sync(staff);

            var shown = await api.Calendar(
                staff, zone.FirstInstantOf(new DateOnly(2026, 2, 8)), zone.FirstInstantOf(new DateOnly(2027, 3, 1)));
            Assert.Equal(
                meant.Select(e => Line(e, zone)).Order(StringComparer.Ordinal),
                shown.Select(e => Line(e, zone)).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<(string Staff, WallClock Zone)> Staff(Organisation exchange)
    {
        foreach (var (i, zone) in WallClock.TellingZones.Index())
        {
            exchange.Exchange.Organisation.AddMailbox(Organisation.Address($"staff{i}"), zone.Id);
            yield return ($"staff{i}", zone);
        }
    }

    private async Task<OpenCalendar> Access(ClockedHost host, Guid integration, string staff) => OpenCalendar.Of(
        (await host.Services.GetRequiredService<IExchangeIntegrationRepository>().Find(integration, ct))!,
        (await host.Services.GetRequiredService<IStaffCalendarLinkRepository>().FindByStaff(staff, ct))!);

    private static void AssertSame(
        int seed,
        WallClock staff,
        MeantEvent meant,
        CalendarEntry outlook,
        RemoteEvent read)
    {
        var seen = Seen(staff, outlook.Fields.IsAllDay, outlook.Fields.Start, outlook.Fields.End, outlook.Fields.StartZone);
        var expected = meant is { FirstDay: { } first, EndDay: { } end }
            ? $"{first:o} to {end:o}"
            : $"{staff.Show(meant.Start)} to {staff.Show(meant.End)}";
        var times = read.Times;
        var said = times is { FirstDay: { } firstDay, EndDay: { } endDay }
            ? $"{firstDay:o} to {endDay:o}"
            : $"{staff.Show(times.Start)} to {staff.Show(times.End)}";
        Assert.True(
            seen == expected
                && said == expected
                && (outlook.Fields.Start, outlook.Fields.End) == (meant.Start, meant.End)
                && times.Start == meant.Start
                && times.End == meant.End
                && times.TimeZone == meant.Zone.Id,
            $"seed {seed}, staff in {staff}: meant {meant} ({expected}); Outlook shows {seen}, {outlook.Fields.Start:u} to {outlook.Fields.End:u}; read as {said}, {times.Start:u} to {times.End:u} in {times.TimeZone}");
    }

    /// <summary>A timed event moves with the zone of the person who looks; an all-day event is its dates wherever one looks from.</summary>
    private static string Seen(
        WallClock staff,
        bool allDay,
        DateTimeOffset start,
        DateTimeOffset end,
        ExchangeSimulator.Mailboxes.CalendarZone own) => allDay
        ? $"{DateOnly.FromDateTime(own.Local(start).DateTime):o} to {DateOnly.FromDateTime(own.Local(end).DateTime):o}"
        : $"{staff.Show(start)} to {staff.Show(end)}";

    private static string Line(MeantEvent e, WallClock staff) =>
        $"{e.Title} {staff.Show(e.Start)} {staff.Show(e.End)} {e.FirstDay:o} {e.EndDay:o} {e.Zone.Id}";

    private static string Line(JsonNode e, WallClock staff) =>
        $"{e["title"]} {staff.Show(Instant(e["start"]))} {staff.Show(Instant(e["end"]))} {Day(e["firstDay"]):o} {Day(e["endDay"]):o} {e["timeZone"]}";

    private static DateTimeOffset Instant(JsonNode? node) => node!.GetValue<DateTimeOffset>();

    private static DateOnly? Day(JsonNode? node) =>
        node is null ? null : DateOnly.Parse(node.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
}
