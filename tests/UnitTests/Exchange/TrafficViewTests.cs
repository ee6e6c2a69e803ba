using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

public sealed class TrafficViewTests
{
    private static readonly DateTimeOffset Ten = new(2026, 7, 6, 10, 0, 0, TimeSpan.Zero);
    private readonly ExchangeIntegration integration = Sample.Integration().In(IntegrationStatus.Active);

    [Theory]
    [InlineData(0, 8, "5 of 8 in use; no mailbox waits.")]
    [InlineData(1, 8, "5 of 8 in use; 1 mailbox waits until 2026-07-06 10:01 UTC.")]
    [InlineData(3, 8, "5 of 8 in use; 3 mailboxes wait, the last until 2026-07-06 10:03 UTC.")]
    [InlineData(0, 6, "5 of 6 in use (of 8 allowed: the server stood no more); no mailbox waits.")]
    public void The_traffic_is_told_in_one_sentence(int paused, int limit, string expected) =>
        Assert.Equal(expected, View(limit, [.. Enumerable.Range(1, paused).Select(Paused)]).Summary);

    [Fact]
    public void A_pause_of_the_whole_server_is_told_before_all_others()
    {
        var view = View(8, [Paused(4), new TrafficPause { Mailbox = "", Until = Ten, Reason = "HTTP 503" }]);
        Assert.Equal("5 of 8 in use; everything waits until 2026-07-06 10:00 UTC, as HTTP 503 asked.", view.Summary);
        Assert.Equal((Ten, "HTTP 503", 1), (view.PausedUntil, view.PauseReason, view.PausedMailboxes.Count));
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "exchange-is-busy")]
    public void A_pause_of_more_than_five_minutes_is_told_as_a_problem(int minutes, string? problem)
    {
        var view = View(8, [new TrafficPause { Mailbox = "", Until = Ten, Reason = "HTTP 503", AskedAt = Ten.AddMinutes(-minutes) }]);
        Assert.Equal(problem, view.Problem);
        if (problem is not null)
            Assert.Contains("(HTTP 503); nothing is sent until 2026-07-06 10:00 UTC", view.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 2, "impersonation-is-not-allowed")]
    [InlineData(2, 1, null)]
    [InlineData(1, 1, null)]
    public void What_every_link_is_denied_is_the_integrations_trouble(int links, int denied, string? problem)
    {
        var all = Enumerable.Range(0, links).Select(i => Sample.Link(integration.Id, $"staff{i}") with
        {
            Health = i < denied
                ? new LinkHealth(LinkState.Error, new Reason("impersonation-right-missing", "impersonation-right-missing", "a code of Exchange"))
                : LinkHealth.Syncing,
        });
        Assert.Equal(problem, TrafficView.Of(integration, [.. all], new TrafficNow(0, 8, 8, 0, [])).Problem);
    }

    private TrafficView View(int limit, IReadOnlyList<TrafficPause> pauses) =>
        TrafficView.Of(integration, [], new TrafficNow(5, limit, 8, 0, pauses));

    private static TrafficPause Paused(int minute) =>
        new() { Mailbox = $"staff{minute}@contoso.example", Until = Ten.AddMinutes(minute), Reason = "ErrorServerBusy" };
}
