using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>The window is counted in the staff member's days: it rolls at their midnight and follows the horizon.</summary>
public sealed class WindowStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("New Zealand Standard Time", "2026-04-04")] // the night before the clock goes back
    [InlineData("W. Europe Standard Time", "2026-03-28")] // the night before it goes forward
    [InlineData("Pacific SA Standard Time", "2026-09-05")] // a midnight that is skipped
    [InlineData("Cuba Standard Time", "2026-10-31")] // a midnight that comes twice
    [InlineData("India Standard Time", "2026-07-05")]
    [InlineData("Pacific Standard Time", "2028-02-28")] // the horizon's end is the same day for two nights
    public async Task The_window_rolls_at_the_staff_members_midnight_and_not_a_second_earlier(string zoneId, string date)
    {
        var zone = new WallClock(zoneId);
        var today = DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var midnight = zone.FirstInstantOf(today.AddDays(1));
        await using var exchange = await Organisation.Start();
        var person = exchange.Exchange.Organisation.AddMailbox(Organisation.Address("anna"), zoneId).Person;
        var yesterday = Hour(person, "Yesterday", zone.FirstInstantOf(today).AddHours(-1));
        Hour(person, "Today", zone.FirstInstantOf(today));
        person.Adds(new EventDraft("Over midnight", zone.FirstInstantOf(today).AddHours(-1), zone.FirstInstantOf(today).AddHours(1)));
        Hour(person, "Last hour", zone.FirstInstantOf(today.AddMonths(12)).AddHours(-1));
        Hour(person, "One more day", zone.FirstInstantOf(today.AddDays(1).AddMonths(12)).AddHours(-1));
        Hour(person, "Too far", zone.FirstInstantOf(today.AddDays(1).AddMonths(12)));
        await using var host = new ClockedHost(midnight.AddSeconds(-40));
        var (api, _) = await Linked(host, exchange, zoneId);
        var sameEnd = today.AddMonths(12) == today.AddDays(1).AddMonths(12);
        string[] before = sameEnd
            ? ["Last hour", "One more day", "Over midnight", "Today", "Yesterday"]
            : ["Last hour", "Over midnight", "Today", "Yesterday"];
        Assert.Equal(before, await Titles(api, midnight));

        exchange.Exchange.Requests.Clear();
        host.Clock.Advance(TimeSpan.FromSeconds(39));
        await api.Sync("anna");
        Assert.Equal(["SyncFolderItems"], exchange.Exchange.Requests.Calls.Select(c => c.Operation));

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await api.Sync("anna");
        Assert.Equal(["Last hour", "One more day", "Over midnight", "Today"], await Titles(api, midnight));
        Assert.Contains("FindItem", exchange.Exchange.Requests.Calls.Select(c => c.Operation));

        // Once a night, also where midnight comes twice; and what lies outside stays outside when it changes.
        exchange.Exchange.Requests.Clear();
        host.Clock.Advance(TimeSpan.FromHours(1));
        person.Renames(yesterday, "Yesterday, renamed");
        await api.Sync("anna");
        Assert.Equal(["SyncFolderItems", "GetItem"], exchange.Exchange.Requests.Calls.Select(c => c.Operation));
        Assert.Equal(["Last hour", "One more day", "Over midnight", "Today"], await Titles(api, midnight));
    }

    [Fact]
    public async Task Two_staff_members_of_one_integration_roll_each_at_their_own_midnight()
    {
        var (auckland, angeles) = (new WallClock("New Zealand Standard Time"), new WallClock("Pacific Standard Time"));
        var today = new DateOnly(2026, 6, 10);
        await using var exchange = await Organisation.Start();
        foreach (var (staff, zone) in new[] { ("anna", auckland), ("bert", angeles) })
            Hour(
                exchange.Exchange.Organisation.AddMailbox(Organisation.Address(staff), zone.Id).Person,
                "Yesterday",
                zone.FirstInstantOf(today).AddHours(-1));
        await using var host = new ClockedHost(auckland.FirstInstantOf(today).AddHours(1));
        var (api, integration) = await Linked(host, exchange, auckland.Id);
        await api.Link(integration, "bert", zone: angeles.Id);
        await api.Sync("bert");
        foreach (var (now, annas, berts) in new[]
        {
            (auckland.FirstInstantOf(today.AddDays(1)).AddSeconds(-1), 1, 1), (auckland.FirstInstantOf(today.AddDays(1)), 0, 1),
            (angeles.FirstInstantOf(today.AddDays(1)).AddSeconds(-1), 0, 1), (angeles.FirstInstantOf(today.AddDays(1)), 0, 0),
        })
        {
            host.Clock.SetUtcNow(now);
            await api.Sync("anna");
            await api.Sync("bert");
            Assert.Equal((annas, berts), ((await Titles(api, now)).Count, (await Titles(api, now, "bert")).Count));
        }
    }

    [Fact]
    public async Task A_changed_horizon_fills_or_trims_the_window_and_leaves_appointments_alone()
    {
        var now = new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);
        await using var exchange = await Organisation.Start("anna");
        var person = exchange.Outlook("anna");
        foreach (var days in new[] { 20, 200, 380, 700, 800 }) Hour(person, $"In {days} days", now.AddDays(days));
        person.AddsSeries(
            new EventDraft("Monthly", now.AddDays(1), now.AddDays(1).AddHours(1)), new ExchangeSimulator.Recurring.MonthlyPattern(1, 11));
        await using var host = new ClockedHost(now);
        var (api, integration) = await Linked(host, exchange, "Europe/Berlin");
        bool HasCopy() => exchange.Mailbox("anna").Calendar.Any(e => e.Fields.Subject == "Haircut");
        await api.Book(now.AddDays(300), 1, "anna");
        await Eventually.Until("the copy is written", HasCopy, ct);

        foreach (var (months, singles) in new[] { (12, 2), (1, 1), (24, 4), (2, 1), (12, 2) })
        {
            await Horizon(api, integration, exchange.Exchange.EwsUrl, months);
            await api.Sync("anna");
            var titles = await Titles(api, now);
            Assert.Equal(
                (months, singles, months, 1),
                (
                    months,
                    titles.Count(t => t.StartsWith("In ", StringComparison.Ordinal)),
                    titles.Count(t => t == "Monthly"),
                    titles.Count(t => t == "Haircut")));
            Assert.True(HasCopy());
        }
    }

    [Fact]
    public async Task A_staff_member_who_moves_to_another_zone_gets_that_zones_window()
    {
        var (auckland, angeles) = (new WallClock("New Zealand Standard Time"), new WallClock("Pacific Standard Time"));
        var now = new DateTimeOffset(2026, 6, 10, 13, 0, 0, TimeSpan.Zero); // the 11th in Auckland, the 10th in Los Angeles
        await using var exchange = await Organisation.Start("anna");
        Hour(exchange.Outlook("anna"), "The evening of the 9th", auckland.FirstInstantOf(new DateOnly(2026, 6, 10)).AddHours(-1));
        Hour(exchange.Outlook("anna"), "Late on the 10th a year on", auckland.FirstInstantOf(new DateOnly(2027, 6, 11)).AddHours(-1));
        await using var host = new ClockedHost(now);
        var (api, integration) = await Linked(host, exchange, auckland.Id);
        Assert.Equal(["Late on the 10th a year on"], await Titles(api, now));
        await api.Link(integration, "anna", zone: angeles.Id);
        await api.Sync("anna");
        Assert.Equal(["The evening of the 9th"], await Titles(api, now));
        await api.Link(integration, "anna", zone: auckland.Id);
        await api.Sync("anna");
        Assert.Equal(["Late on the 10th a year on"], await Titles(api, now));
    }

    private static string Hour(Person person, string title, DateTimeOffset start) =>
        person.Adds(new EventDraft(title, start, start.AddHours(1)));

    private async Task<(CleanSyncClient Api, Guid Integration)> Linked(ClockedHost host, Organisation exchange, string zone)
    {
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        await api.Link(integration, "anna", zone: zone);
        await api.Sync("anna");
        return (api, integration);
    }

    /// <summary>All titles in the years around, because one answer covers 400 days at most.</summary>
    private static async Task<IReadOnlyList<string>> Titles(CleanSyncClient api, DateTimeOffset now, string staff = "anna")
    {
        var from = now.AddDays(-60);
        var entries =
            new[]
            {
                await api.Calendar(staff, from, from.AddDays(400)),
                await api.Calendar(staff, from.AddDays(400), from.AddDays(800)),
                await api.Calendar(staff, from.AddDays(800), from.AddDays(1200))
            };
        return [.. entries.SelectMany(e => e).DistinctBy(e => $"{e["id"]}").Select(e => e["title"]!.GetValue<string>())
            .Order(StringComparer.Ordinal)];
    }

    private static Task<JsonNode> Horizon(CleanSyncClient api, Guid integration, Uri exchange, int months) =>
        api.Ok(HttpMethod.Put, $"integrations/{integration}", new
        {
            displayName = "Head office",
            serverAddress = exchange,
            authentication = "Ntlm",
            userName = Organisation.AccountName,
            exchangeVersion = "Exchange2016",
            useImpersonation = true,
            showEventTitles = true,
            horizonMonths = months,
            reminderMinutes = 15,
        });
}
