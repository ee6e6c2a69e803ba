using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>
/// The real executable on a machine whose clock somebody sets: libfaketime gives it another wall clock, and leaves it the monotonic one.
/// </summary>
public sealed class RealClockStories
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private static readonly EnumerationOptions BelowWithoutLinks =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory, Long]
    [InlineData("+730d")]
    [InlineData("-1d")]
    public async Task A_clock_that_is_set_wrong_and_right_again_stops_neither_heartbeats_nor_either_direction(string wrong)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libfaketime is a library for Linux.");
        await using var exchange = await Organisation.Start("anna");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        process.Settings["Notifications:Enabled"] = "false";
        process.Settings["Sync:PollInterval"] = "1";
        var setting = Path.Combine(data.Path, "faketime");
        await SetTo("+0");
        process.Environment["LD_PRELOAD"] = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", BelowWithoutLinks).First();
        process.Environment["FAKETIME_TIMESTAMP_FILE"] = setting;
        process.Environment["FAKETIME_NO_CACHE"] = "1";
        process.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        var api = await process.Start();
        await api.Begin(exchange, "anna");
        var known = await Titled("before", 1);

        await SetTo(wrong);
        await Eventually.Until("it has noticed", () => Noticed() == 1, ct);
        await IsReady();
        await Titled("meanwhile", 2);
        await SetTo("+0");
        await Eventually.Until("it has noticed again", () => Noticed() == 2, ct);
        await Titled("afterwards", 3);
        Assert.Contains(
            known, (await api.Calendar("anna", Tomorrow.AddDays(-1), Tomorrow.AddDays(20))).Select(e => e["id"]!.GetValue<Guid>()));
        Assert.Equal("Syncing", (await api.Staff("anna"))["state"]!.GetValue<string>());

        await IsReady();

        async Task IsReady()
        {
            using var http = new HttpClient { BaseAddress = process.Address };
            Assert.Equal(System.Net.HttpStatusCode.OK, (await http.GetAsync(new Uri("health/ready", UriKind.Relative), ct)).StatusCode);
        }

        // An event of Outlook is in the API, and a booking in Outlook, by the heartbeats alone; each once.
        async Task<Guid> Titled(string title, int day)
        {
            exchange.Outlook("anna").Adds(new EventDraft(title, Tomorrow.AddDays(day), Tomorrow.AddDays(day).AddHours(1)));
            await api.Book(Tomorrow.AddDays(day).AddHours(3), 1, "anna");
            await Eventually.Until($"the booking is in Outlook ({title})", () => exchange.Mailbox("anna").Calendar.Count == 2 * day, ct);
            Guid? seen = null;
            await Eventually.Until(
                $"the event is in the API ({title})",
                async () =>
                    (seen = (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(20)))
                        .SingleOrDefault(e => e["title"]!.GetValue<string>() == title)?["id"]!.GetValue<Guid>()) is not null,
                ct);
            return seen!.Value;
        }

        // As one step: a reader never sees half of it.
        async Task SetTo(string offset)
        {
            await File.WriteAllTextAsync(setting + ".new", offset + "\n", ct);
            File.Move(setting + ".new", setting, overwrite: true);
        }

        int Noticed() => process.Output.Split("The clock jumped from").Length - 1;
    }
}
