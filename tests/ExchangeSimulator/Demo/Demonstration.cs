using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CleanSync.ExchangeSimulator.Demo;

/// <summary>
/// CleanSync's main job, played through its public API and the control routes: connect, authorize, first sync, one change on each side.
/// Gives 0 when everything arrived, 1 when something did not.
/// </summary>
internal sealed class Demonstration(
    JsonApi cleanSync,
    JsonApi outlook,
    Uri exchange,
    TextWriter to,
    TimeProvider time)
{
    private const string Name = "Demonstration";
    private const string Password = "Simulated-1";
    private static readonly TimeSpan Eventually = TimeSpan.FromSeconds(60);
    private readonly DateTimeOffset from = new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    public async Task<int> Play()
    {
        var mailboxes = (await outlook.Call(HttpMethod.Get, "sim/mailboxes")).AsArray().Select(m => m!["smtpAddress"]!.GetValue<string>())
            .Where(a => a.StartsWith("staff", StringComparison.Ordinal)).ToList();
        try
        {
            await Connect(mailboxes);
            await FirstSync(mailboxes);
            foreach (var mailbox in mailboxes) await Show(mailbox);
            await MoveInOutlook(mailboxes[0]);
            await BookInCleanSync(mailboxes);
            return 0;
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or HttpRequestException)
        {
            to.WriteLine($"FAILED: {failure.Message}");
            return 1;
        }
    }

    private async Task Connect(List<string> mailboxes)
    {
        var settings = new
        {
            displayName = Name,
            serverAddress = new Uri(exchange, "/EWS/Exchange.asmx"),
            authentication = "Ntlm",
            userName = "svc-booking@contoso.example",
            password = Password,
            exchangeVersion = "Exchange2016",
            useImpersonation = true,
            showEventTitles = true,
            horizonMonths = 12,
            reminderMinutes = 15,
        };
        var earlier = (await cleanSync.Call(HttpMethod.Get, "api/v1/integrations")).AsArray()
            .FirstOrDefault(i => i!["displayName"]!.GetValue<string>() == Name);
        var integration = earlier is null
            ? await cleanSync.Call(HttpMethod.Post, "api/v1/integrations", settings)
            : await cleanSync.Call(HttpMethod.Put, $"api/v1/integrations/{earlier["id"]}", settings);
        var id = integration["id"]!.GetValue<Guid>();
        foreach (var mailbox in mailboxes)
        {
            await cleanSync.Call(HttpMethod.Put, $"api/v1/staff/{Staff(mailbox)}/link", new
            {
                staffName = $"Staff Member {Staff(mailbox)[5..]}",
                integrationId = id,
                mailboxAddress = mailbox,
                timeZone = "Europe/Berlin",
            });
        }

        var report = await cleanSync.Call(HttpMethod.Post, $"api/v1/integrations/{id}/authorize");
        to.WriteLine($"Connected to {settings.serverAddress} over NTLM with impersonation: {report["integration"]!["status"]}");
        foreach (var staff in report["staff"]!.AsArray())
        {
            to.WriteLine($"  {staff!["mailboxAddress"],-28} {staff["problem"]?.GetValue<string>() ?? "may be read and written"}");
        }
        to.WriteLine();
    }

    private async Task FirstSync(List<string> mailboxes)
    {
        var watch = Stopwatch.StartNew();
        var last = "";
        await Until("the first sync is done", async () =>
        {
            var links = new List<JsonNode>();
            foreach (var mailbox in mailboxes) links.Add(await cleanSync.Call(HttpMethod.Get, $"api/v1/staff/{Staff(mailbox)}"));
            var line = string.Join(
                "   ",
                links.Select(l => $"{l["staffId"]}: {(l["firstSyncDone"]!.GetValue<bool>() ? "in sync" : "reading")}, {l["externalEvents"]} events"));
            if (line != last) to.WriteLine($"  {watch.Elapsed.TotalSeconds,4:0.0} s  {line}");
            last = line;
            return links.Count(l => l["firstSyncDone"]!.GetValue<bool>()) >= mailboxes.Count;
        });
        to.WriteLine();
    }

    private async Task Show(string mailbox) => SideBySide.Print(
        to,
        mailbox,
        await outlook.Call(HttpMethod.Get, $"sim/mailboxes/{mailbox}/events?from={Iso(from)}&to={Iso(from.AddDays(14))}"),
        await Calendar(mailbox, from, from.AddDays(14)));

    private async Task MoveInOutlook(string mailbox)
    {
        var start = from.AddDays(2).AddHours(8);
        var added = await outlook.Call(
            HttpMethod.Post, $"sim/mailboxes/{mailbox}/events", new { subject = "Lunch with the team", start, end = start.AddHours(1) });
        await Until(
            "the new event is there", async () => Has(await Calendar(mailbox, start, start.AddHours(1)), "Lunch with the team", start));
        var moved = start.AddHours(3);
        var watch = Stopwatch.StartNew();
        await outlook.Call(
            HttpMethod.Patch,
            $"sim/mailboxes/{mailbox}/events/_?id={Uri.EscapeDataString(added["id"]!.GetValue<string>())}",
            new { start = moved });
        await Until(
            "the moved event arrives", async () => Has(await Calendar(mailbox, moved, moved.AddHours(1)), "Lunch with the team", moved));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Moved in Outlook, arrived in CleanSync after {watch.Elapsed.TotalSeconds:0.0} s: Lunch with the team, from {start:HH:mm}Z to {moved:HH:mm}Z ({mailbox})"));
    }

    private async Task BookInCleanSync(List<string> mailboxes)
    {
        var start = from.AddDays(3).AddHours(7);
        var watch = Stopwatch.StartNew();
        await cleanSync.Call(HttpMethod.Post, "api/v1/appointments", new
        {
            title = "Consultation",
            start,
            end = start.AddMinutes(45),
            timeZone = "Europe/Berlin",
            location = "Branch 1",
            client = new { name = "Client Example", phone = "+49 30 1234", email = "client@example.org" },
            staffIds = mailboxes.Take(2).Select(Staff).ToArray(),
        });
        foreach (var mailbox in mailboxes.Take(2))
        {
            await Until("the appointment arrives",
                async () =>
                    (await outlook.Call(HttpMethod.Get, $"sim/mailboxes/{mailbox}/events?from={Iso(start)}&to={Iso(start.AddHours(1))}"))
                .AsArray()
                .Any(e => e!["subject"]!.GetValue<string>() == "Consultation" && e["start"]!.GetValue<DateTimeOffset>() == start));
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Booked in CleanSync, arrived in Outlook after {watch.Elapsed.TotalSeconds:0.0} s: Consultation, {start:ddd dd MMM HH:mm}Z ({mailbox})"));
        }
    }

    private Task<JsonNode> Calendar(string mailbox, DateTimeOffset start, DateTimeOffset end) =>
        cleanSync.Call(HttpMethod.Get, $"api/v1/staff/{Staff(mailbox)}/calendar?from={Iso(start)}&to={Iso(end)}");

    private static bool Has(JsonNode calendar, string title, DateTimeOffset start) =>
        calendar["entries"]!.AsArray()
            .Any(e => e!["title"]!.GetValue<string>() == title && e["start"]!.GetValue<DateTimeOffset>() == start);

    private static async Task Until(string condition, Func<Task<bool>> holds)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > Eventually) throw new TimeoutException($"{Eventually.TotalSeconds} s passed, and still not: {condition}.");
            await beat.WaitForNextTickAsync();
        }
    }

    private static string Staff(string mailbox) => mailbox.Split('@')[0];

    private static string Iso(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
