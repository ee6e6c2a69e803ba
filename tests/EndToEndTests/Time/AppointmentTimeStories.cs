using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>
/// What a staff member sees in Outlook is what was booked, to the minute, also in hours that a clock skips or shows twice.
/// </summary>
public sealed class AppointmentTimeStories
{
    private static readonly DateTimeOffset Now = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Both = ["anna", "bert"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appointments_around_every_clock_change_of_fifteen_zones_are_seen_as_booked_and_come_back_unchanged()
    {
        await using var exchange = await Organisation.Start();
        await using var host = new ClockedHost(Now);
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        foreach (var (i, zone) in WallClock.TellingZones.Index())
        {
            var staff = $"staff{i}";
            var mailbox = exchange.Exchange.Organisation.AddMailbox(Organisation.Address(staff), zone.Id);
            await api.Link(integration, staff, zone: zone.Id);
            await api.Sync(staff);
            var other = WallClock.TellingZones[(i + 4) % WallClock.TellingZones.Count];
            var booked = new Dictionary<string, (DateTimeOffset Start, DateTimeOffset End, string Zone)>(StringComparer.Ordinal);
            foreach (var (start, end) in Times(zone))
            {
                // Both kinds of ids, and a zone that is not the staff member's.
                var zoneId = (booked.Count % 3) switch { 0 => zone.Id, 1 => Iana(zone.Id), _ => other.Id };
                var title = $"Booking {booked.Count}";
                await api.Ok(HttpMethod.Post, "appointments", new { title, start, end, timeZone = zoneId, staffIds = new[] { staff } });
                booked[title] = (start, end, zoneId);
            }

            await Eventually.Until("all copies are written", () => mailbox.Calendar.Count == booked.Count, ct);
            foreach (var copy in mailbox.Calendar)
            {
                var (start, end, zoneId) = booked[copy.Fields.Subject];
                Assert.Equal((zone.Show(start), zone.Show(end)), (Outlook(mailbox, copy.Fields.Start), Outlook(mailbox, copy.Fields.End)));
                Assert.Equal((Windows(zoneId), Windows(zoneId)), (copy.Fields.StartZone.Id, copy.Fields.EndZone.Id));
            }

            var keys = mailbox.Calendar.Select(c => c.ChangeKey).ToList();
            await api.Sync(staff);
            await api.Sync(staff);
            var said = await api.Calendar(staff, Now.AddDays(-1), Now.AddDays(370));
            Assert.Equal(
                booked.Select(b => $"{b.Key} {b.Value.Start.UtcDateTime:u} {b.Value.End.UtcDateTime:u} {b.Value.Zone} Confirmed")
                    .Order(StringComparer.Ordinal),
                said.Select(e => $"{e["title"]} {e["start"]!.GetValue<DateTimeOffset>().UtcDateTime:u} {e["end"]!.GetValue<DateTimeOffset>().UtcDateTime:u} {e["timeZone"]} {e["syncState"]}").Order(StringComparer.Ordinal));
            Assert.Equal(keys, mailbox.Calendar.Select(c => c.ChangeKey));
        }
    }

    [Fact]
    public async Task An_appointment_moved_on_either_side_into_a_doubled_or_beside_a_skipped_hour_is_there_on_both()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new ClockedHost(Now);
        var api = await Linked(host, exchange, "Exchange2013", ("anna", "Europe/Berlin"));
        var berlin = new WallClock("W. Europe Standard Time");
        var mailbox = exchange.Mailbox("anna");
        var id = await api.Book(berlin.InstantsOf(new DateTime(2026, 3, 28, 2, 30, 0))[0], 1, "anna");
        await Eventually.Until("the copy is written", () => mailbox.Calendar.Count == 1, ct);
        await api.Sync("anna");
        foreach (var target in berlin.Changes.SelectMany(c =>
            new[] { c.AddMinutes(-30), c.AddMinutes(-15), c, c.AddMinutes(30), c.AddMinutes(45) }))
        {
            exchange.Outlook("anna").Moves(mailbox.Calendar[0].ItemId, target);
            await api.Sync("anna");
            Assert.Equal(target, (await api.Appointment(id))["start"]!.GetValue<DateTimeOffset>());
            await api.Move(id, target.AddHours(-1));
            await Eventually.Until("the copy has moved", () => mailbox.Calendar[0].Fields.Start == target.AddHours(-1), ct);
            Assert.Equal((target, "W. Europe Standard Time"), (mailbox.Calendar[0].Fields.End, mailbox.Calendar[0].Fields.StartZone.Id));
            await api.Sync("anna");
            Assert.Equal(target, (await api.Appointment(id))["end"]!.GetValue<DateTimeOffset>());
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "Exchange2016", "Exchange2016")]
    [InlineData("America/Santiago", "Exchange2010", "Exchange2010")]
    [InlineData("Antarctica/Troll", "Exchange2016", "Exchange2016")]
    [InlineData("Europe/Berlin", "Exchange2007SP1", "Exchange2007SP1")]
    [InlineData("Europe/Berlin", "Exchange2016", "Exchange2007SP1")]
    [InlineData("America/Santiago", "Exchange2010", "Exchange2007SP1")]
    public async Task A_copy_that_one_of_two_makes_all_day_is_the_same_date_for_the_other_who_lives_elsewhere(
        string zone,
        string version,
        string othersVersion)
    {
        await using var exchange = await Organisation.Start("anna");
        exchange.Exchange.Organisation.AddMailbox(Organisation.Address("bert"), "New Zealand Standard Time");
        await using var host = new ClockedHost(Now);
        var api = await Linked(host, exchange, version, ("anna", zone));
        await Linked(host, exchange, othersVersion, ("bert", "Pacific/Auckland"));
        var start = new DateTimeOffset(2026, 9, 6, 12, 0, 0, TimeSpan.Zero); // in Santiago a day without a midnight
        await api.Ok(
            HttpMethod.Post, "appointments", new { title = "Fair", start, end = start.AddHours(1), timeZone = zone, staffIds = Both });
        await Eventually.Until(
            "both copies are written",
            () => exchange.Mailbox("anna").Calendar.Count == 1 && exchange.Mailbox("bert").Calendar.Count == 1,
            ct);
        await api.Sync("anna");
        await api.Sync("bert");

        exchange.Outlook("anna").Edits(exchange.Mailbox("anna").Calendar[0].ItemId, new EventEdit { IsAllDay = true });
        await api.Sync("anna");
        await Eventually.Until("the other copy is all-day", () => exchange.Mailbox("bert").Calendar[0].Fields.IsAllDay, ct);
        await api.Sync("bert");
        var copy = exchange.Mailbox("bert").Calendar[0].Fields;
        Assert.Equal(("2026-09-06", "2026-09-07"), (Day(copy.StartZone, copy.Start), Day(copy.EndZone, copy.End)));
        foreach (var staff in Both)
        {
            var entry = Assert.Single(await api.Calendar(staff, start.AddDays(-2), start.AddDays(2)));
            Assert.Equal(
                ("2026-09-06", "2026-09-07", "Confirmed"),
                (entry["firstDay"]!.GetValue<string>(), entry["endDay"]!.GetValue<string>(), entry["syncState"]!.GetValue<string>()));
        }
    }

    /// <summary>
    /// Around each change: beside it, in the hour shown twice (both times), at the offset that no longer holds, across it, over days.
    /// </summary>
    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Times(WallClock zone)
    {
        var quiet = zone.InstantsOf(new DateTime(2026, 7, 6, 9, 30, 0))[0];
        yield return (quiet, quiet.AddMinutes(45));
        yield return (zone.InstantsOf(new DateTime(2026, 7, 6, 23, 30, 0))[0], zone.InstantsOf(new DateTime(2026, 7, 7, 0, 15, 0))[0]);
        foreach (var change in zone.Changes.Where(c => c > Now && c < Now.AddDays(360)))
        {
            var before = zone.Read(change.AddDays(-1)) - change.AddDays(-1).UtcDateTime;
            yield return (change.AddMinutes(-45), change.AddMinutes(-15));
            yield return (change, change.AddMinutes(30));
            // in spring a wall-clock time that is skipped
            yield return (change.AddMinutes(15).ToOffset(before), change.AddMinutes(45).ToOffset(before));
            yield return (change.AddMinutes(-30), change.AddMinutes(75));
            yield return (change.AddHours(-20), change.AddDays(3));
        }
    }

    private async Task<CleanSyncClient> Linked(
        ClockedHost host,
        Organisation exchange,
        string version,
        params (string Staff, string Zone)[] staff)
    {
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, version: version);
        await api.Authorize(integration);
        foreach (var (member, zone) in staff)
        {
            await api.Link(integration, member, zone: zone);
            await api.Sync(member);
        }

        return api;
    }

    private static string Outlook(Mailbox mailbox, DateTimeOffset instant) =>
        mailbox.Zone.Local(instant).ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture);

    private static string Day(CalendarZone zone, DateTimeOffset instant) =>
        zone.Local(instant).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Iana(string windows) => TimeZoneInfo.TryConvertWindowsIdToIanaId(windows, out var iana) ? iana : windows;

    private static string Windows(string id) => TimeZoneInfo.TryConvertIanaIdToWindowsId(id, out var windows) ? windows : id;
}
