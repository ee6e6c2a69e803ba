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
public sealed class DriftStories() : ClockedStory("anna")
{
    private protected override async Task Begin()
    {
        Exchange.Outlook("anna").Adds(new EventDraft("Reported", Today.AddDays(3), Today.AddDays(3).AddHours(1)));
        await base.Begin();
    }

    [Fact]
    public async Task A_change_that_is_never_reported_is_healed_at_night_counted_and_told_without_its_title()
    {
        Exchange.Mailbox("anna").Reports = ChangeReports.Lost;
        Exchange.Outlook("anna").Adds(new EventDraft("Unreported", Today.AddDays(4), Today.AddDays(4).AddHours(1)));
        await Api.Sync("anna");
        Assert.Equal(["Reported"], await Titles());

        await Night();
        Assert.Equal(["Reported", "Unreported"], await Titles());
        Assert.Equal((0, null), await Drift()); // the next pass may still explain it

        await Api.Sync("anna");
        Assert.Equal((1, Host.Clock.GetUtcNow()), await Drift());
        var link = await Api.Staff("anna");
        Assert.Equal("drift-healed", Assert.Single(link["warnings"]!.AsArray())!["code"]!.GetValue<string>());
        Assert.DoesNotContain("Unreported", link.ToJsonString(), StringComparison.Ordinal);

        await Night();
        await Api.Sync("anna");
        Assert.Equal(1, (await Drift()).Events);
    }

    [Fact]
    public async Task A_copy_that_vanished_without_a_report_is_written_again_at_night()
    {
        await Api.Book(Today.AddDays(2), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 2, Ct);
        await Api.Sync("anna");
        Exchange.Mailbox("anna").Reports = ChangeReports.Lost;
        Exchange.Outlook("anna").HardDeletes(Exchange.Mailbox("anna").Calendar.Single(i => i.Fields.Subject == "Haircut").ItemId);
        await Api.Sync("anna");
        Assert.Single(Exchange.Mailbox("anna").Calendar);
        await Night();
        await Eventually.Until("it is there again", () => Exchange.Mailbox("anna").Calendar.Count == 2, Ct);
        Assert.Contains("copy-was-lost", (await Api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_calendar_that_was_replaced_while_the_former_one_is_still_there_is_noticed_the_next_day()
    {
        await Api.Book(Today.AddDays(2), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 2, Ct);
        await Api.Sync("anna");
        var former = Exchange.Mailbox("anna").ReplaceCalendar();
        await Night();
        await Eventually.Until("the copy is in the new calendar", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        Assert.Contains(
            "calendar-was-replaced", (await Api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
        await Host.Services.GetRequiredService<IMediator>().Send(new QueueCleanUps(), Ct);
        await Host.Services.GetRequiredService<CalendarWorker>().Drain(Ct);
        Assert.Equal("Reported", Assert.Single(Exchange.Mailbox("anna").ItemsIn(former)).Fields.Subject);
    }

    [Fact]
    public async Task A_change_that_is_reported_late_is_no_drift()
    {
        Exchange.Mailbox("anna").Reports = ChangeReports.Late;
        Exchange.Outlook("anna").Adds(new EventDraft("Late", Today.AddDays(4), Today.AddDays(4).AddHours(1)));
        await Night();
        Assert.Equal(["Late", "Reported"], await Titles());
        Exchange.Mailbox("anna").Reports = ChangeReports.AtOnce;
        await Api.Sync("anna");
        await Api.Sync("anna");
        Assert.Equal((0, null), await Drift());
    }

    [Fact]
    public async Task Reported_changes_and_a_rolling_window_are_no_drift()
    {
        Exchange.Outlook("anna").Adds(new EventDraft("Over the horizon", Today.AddYears(1).AddHours(10), Today.AddYears(1).AddHours(11)));
        await Api.Sync("anna");
        Exchange.Outlook("anna").Adds(new EventDraft("Tonight", Today.AddDays(4), Today.AddDays(4).AddHours(1)));
        await Night();
        await Api.Sync("anna");
        Assert.Equal(3, (await Api.Staff("anna"))["externalEvents"]!.GetValue<int>());
        Assert.Equal((0, null), await Drift());
    }

    private async Task Night()
    {
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Api.Sync("anna");
    }

    private async Task<IReadOnlyList<string>> Titles() =>
        [.. (await Api.Calendar("anna", Today, Today.AddDays(30))).Select(e => e["title"]!.GetValue<string>())
            .Order(StringComparer.Ordinal)];

    private async Task<(int Events, DateTimeOffset? LastAt)> Drift()
    {
        var drift = (await Api.Staff("anna"))["drift"]!;
        return (drift["events"]!.GetValue<int>(), drift["lastAt"] is JsonNode at ? at.GetValue<DateTimeOffset>() : null);
    }
}
