using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>
/// A change that Exchange never reports is found by the nightly read, healed, counted and told; one that is reported late is not drift.
/// </summary>
public sealed class DriftStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Today = new(2026, 6, 10, 8, 0, 0, TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly ClockedHost host = new(Today);
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        exchange.Outlook("anna").Adds(new EventDraft("Reported", Today.AddDays(3), Today.AddDays(3).AddHours(1)));
        api = host.Client(ct);
        await api.Begin(exchange, "anna");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_change_that_is_never_reported_is_healed_at_night_counted_and_told_without_its_title()
    {
        exchange.Mailbox("anna").Reports = ChangeReports.Lost;
        exchange.Outlook("anna").Adds(new EventDraft("Unreported", Today.AddDays(4), Today.AddDays(4).AddHours(1)));
        await api.Sync("anna");
        Assert.Equal(["Reported"], await Titles());

        await Night();
        Assert.Equal(["Reported", "Unreported"], await Titles());
        Assert.Equal((0, null), await Drift()); // the next pass may still explain it

        await api.Sync("anna");
        Assert.Equal((1, host.Clock.GetUtcNow()), await Drift());
        var link = await api.Staff("anna");
        Assert.Equal("drift-healed", Assert.Single(link["warnings"]!.AsArray())!["code"]!.GetValue<string>());
        Assert.DoesNotContain("Unreported", link.ToJsonString(), StringComparison.Ordinal);

        await Night();
        await api.Sync("anna");
        Assert.Equal(1, (await Drift()).Events);
    }

    [Fact]
    public async Task A_copy_that_vanished_without_a_report_is_written_again_at_night()
    {
        await api.Book(Today.AddDays(2), 1, "anna");
        await Eventually.Until("the copy is there", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        exchange.Mailbox("anna").Reports = ChangeReports.Lost;
        exchange.Outlook("anna").HardDeletes(exchange.Mailbox("anna").Calendar.Single(i => i.Fields.Subject == "Haircut").ItemId);
        await api.Sync("anna");
        Assert.Single(exchange.Mailbox("anna").Calendar);
        await Night();
        await Eventually.Until("it is there again", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        Assert.Contains("copy-was-lost", (await api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_calendar_that_was_replaced_while_the_former_one_is_still_there_is_noticed_the_next_day()
    {
        await api.Book(Today.AddDays(2), 1, "anna");
        await Eventually.Until("the copy is there", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        var former = exchange.Mailbox("anna").ReplaceCalendar();
        await Night();
        await Eventually.Until("the copy is in the new calendar", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        Assert.Contains(
            "calendar-was-replaced", (await api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
        await host.Services.GetRequiredService<IMediator>().Send(new QueueCleanUps(), ct);
        await host.Services.GetRequiredService<CalendarWorker>().Drain(ct);
        Assert.Equal("Reported", Assert.Single(exchange.Mailbox("anna").ItemsIn(former)).Fields.Subject);
    }

    [Fact]
    public async Task A_change_that_is_reported_late_is_no_drift()
    {
        exchange.Mailbox("anna").Reports = ChangeReports.Late;
        exchange.Outlook("anna").Adds(new EventDraft("Late", Today.AddDays(4), Today.AddDays(4).AddHours(1)));
        await Night();
        Assert.Equal(["Late", "Reported"], await Titles());
        exchange.Mailbox("anna").Reports = ChangeReports.AtOnce;
        await api.Sync("anna");
        await api.Sync("anna");
        Assert.Equal((0, null), await Drift());
    }

    [Fact]
    public async Task Reported_changes_and_a_rolling_window_are_no_drift()
    {
        exchange.Outlook("anna").Adds(new EventDraft("Over the horizon", Today.AddYears(1).AddHours(10), Today.AddYears(1).AddHours(11)));
        await api.Sync("anna");
        exchange.Outlook("anna").Adds(new EventDraft("Tonight", Today.AddDays(4), Today.AddDays(4).AddHours(1)));
        await Night();
        await api.Sync("anna");
        Assert.Equal(3, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
        Assert.Equal((0, null), await Drift());
    }

    private async Task Night()
    {
        host.Clock.Advance(TimeSpan.FromDays(1));
        await api.Sync("anna");
    }

    private async Task<IReadOnlyList<string>> Titles() =>
        [.. (await api.Calendar("anna", Today, Today.AddDays(30))).Select(e => e["title"]!.GetValue<string>())
            .Order(StringComparer.Ordinal)];

    private async Task<(int Events, DateTimeOffset? LastAt)> Drift()
    {
        var drift = (await api.Staff("anna"))["drift"]!;
        return (drift["events"]!.GetValue<int>(), drift["lastAt"] is JsonNode at ? at.GetValue<DateTimeOffset>() : null);
    }
}
