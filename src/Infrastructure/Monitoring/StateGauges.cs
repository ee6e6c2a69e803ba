using System.Diagnostics.Metrics;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.Infrastructure.Traffic.Shares;

namespace CleanSync.Infrastructure.Monitoring;

/// <summary>
/// How things stood when they were last looked at. Whoever scrapes gets what <see cref="StateLoop"/> has read: no scrape asks the database.
/// Before the first reading there is nothing. The integration is a label of lag and of pauses, and of nothing else.
/// </summary>
internal sealed class StateGauges
{
    private readonly NotificationBoard board;
    private readonly TimeProvider time;
    private volatile Reading? latest;

    /// <param name="clock">Where nodes share a database; null otherwise, as <paramref name="calls"/> is.</param>
    public StateGauges(
        IMeterFactory meters,
        NotificationBoard board,
        TimeProvider time,
        ClockComparison? clock = null,
        SharedCalls? calls = null)
    {
        (this.board, this.time) = (board, time);
        var meter = meters.Create(SyncMetrics.Name);
        Gauge("cleansync.ready", "", "1 when this node can do its work, 0 when not.", r => [new(r.IsReady ? 1 : 0)]);
        Gauge("cleansync.calendar.lag", "s", "Seconds since calendars were known to be as Exchange has them.", r => Lags(r));
        Gauge("cleansync.calendars.unread", "{calendar}", "Calendars that were never read to the end.",
            r => [new(r.State.Links.Count(l => l.LastSyncedAt is null))]);
        Gauge("cleansync.calendars.streaming", "{calendar}", "Calendars of whose changes Exchange tells this node, or another one.",
            r => [new(r.State.Links.Count(l => board.IsStreaming(l.Id)))]);
        Gauge("cleansync.calendars.overdue", "s", "By how much the pass that is due for longest is overdue.",
            r => [new(Behind(r.At, r.State.Links.Min(l => l.NextSyncAt)))]);
        Gauge("cleansync.accounts", "{account}", "Staff members by the state of their link.", r => Enum.GetValues<AccountState>()
            .Select(s => new Measurement<double>(r.State.Accounts.GetValueOrDefault(s), Tag("state", Word(s)))));
        Gauge("cleansync.integrations", "{integration}", "Integrations by their status.", r => Enum.GetValues<IntegrationStatus>()
            .Select(s => new Measurement<double>(r.State.Integrations.Count(i => i.Status == s.ToString()), Tag("status", Word(s)))));
        Gauge("cleansync.logons.doubted", "{integration}", "Integrations whose password was refused a moment ago, and is tried again alone.",
            r => [new(r.State.LogonsInDoubt)]);
        Gauge("cleansync.pushes.pending", "{copy}", "Copies that wait to be written or removed in Exchange.",
            r => [new(r.State.Pushes.Sum(p => p.Count))]);
        Gauge("cleansync.pushes.failed", "{copy}", "Those of them whose last try failed.",
            r => [new(r.State.Pushes.Where(p => p.PushState == "Failed").Sum(p => p.Count))]);
        Gauge("cleansync.pushes.overdue", "s", "By how much the push that is due for longest is overdue.",
            r => [new(Behind(r.At, r.State.Pushes.Min(p => p.FirstAt)))]);
        Gauge("cleansync.deletions.held", "{event}", "Removals that wait for an admin's decision.", r => [new(r.State.HeldDeletions)]);
        Gauge("cleansync.pauses", "{pause}", "Pauses in force that Exchange asked for.", r => r.State.Integrations
            .Select(i => new Measurement<double>(r.State.Pauses.Count(p => p.IntegrationId == i.Id), Of(i.Id))));
        Gauge("cleansync.pauses.left", "s", "Until the last of them ends.", r => r.State.Integrations.Select(i => new Measurement<double>(
            r.State.Pauses.Where(p => p.IntegrationId == i.Id).Select(p => Math.Max(0, (p.NotBefore - r.At).TotalSeconds))
                .DefaultIfEmpty().Max(),
            Of(i.Id))));
        meter.CreateObservableGauge("cleansync.reading.age", Age, "s", "How old is what the other gauges say.");
        if (clock is not null)
        {
            meter.CreateObservableGauge(
                "cleansync.clock.ahead", () => clock.Ahead.TotalSeconds, "s", "By how much this node's clock is ahead of the database's.");
        }

        if (calls is not null)
        {
            meter.CreateObservableGauge(
                "cleansync.calls.allowed", () => calls.Held, "{call}", "Calls to Exchange at once that this node holds of what all may make.");
        }

        void Gauge(string name, string unit, string says, Func<Reading, IEnumerable<Measurement<double>>> of) =>
            meter.CreateObservableGauge(name, () => latest is { } reading ? of(reading) : [], unit, says);
    }

    /// <summary>From now on the gauges show this.</summary>
    public void Show(Reading reading) => latest = reading;

    private IEnumerable<Measurement<double>> Age() =>
        latest is { } reading ? [new(Math.Max(0, (time.GetUtcNow() - reading.At).TotalSeconds))] : [];

    /// <summary>The middle one, the worst but one in twenty, and the worst, of each integration that syncs.</summary>
    private IEnumerable<Measurement<double>> Lags(Reading reading)
    {
        foreach (var links in reading.State.Links.GroupBy(l => l.IntegrationId))
        {
            double[] lags =
                [.. links.Select(l => Lag.Seconds(board.AsOf(l.Id, l.LastSyncedAt, reading.At), reading.At)).OfType<double>().Order()];
            if (lags.Length == 0) continue;
            foreach (var (part, name) in new[] { (0.5, "0.5"), (0.95, "0.95"), (1.0, "1") })
                yield return new Measurement<double>(lags[(int)Math.Ceiling(part * lags.Length) - 1], Of(links.Key), Tag("quantile", name));
        }
    }

    private static double Behind(DateTimeOffset now, DateTimeOffset? due) =>
        due is { } then ? Math.Max(0, (now - then).TotalSeconds) : 0;

    private static KeyValuePair<string, object?> Of(Guid integration) => Tag("integration", integration.ToString());

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string Word(Enum value) =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}

/// <summary>One look at everything.</summary>
internal sealed record Reading(DateTimeOffset At, bool IsReady, StoredState State);
