using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using CleanSync.Api.Monitoring;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Infrastructure.Monitoring;
using CleanSync.Infrastructure.Persistence.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>What OpenTelemetry makes of what is measured: how much it keeps, and what it sends.</summary>
public sealed class CollectorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The second case is there so that an overflow would be seen.</summary>
    [Theory]
    [InlineData(100, false)]
    [InlineData(MonitoringSetup.MostSeries, true)]
    public void A_hundred_integrations_overflow_nothing(int integrations, bool overflows)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var now = new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, integrations).Select(_ => Guid.NewGuid()).ToList();
        using var queue = new CalendarQueue(new(), new(), TimeProvider.System);
        var gauges = new StateGauges(services.GetRequiredService<IMeterFactory>(), new NotificationBoard(queue), TimeProvider.System);
        gauges.Show(new Reading(now, true, new StoredState(
            [.. ids.Select(id => new StoredIntegration { Id = id, Status = "Active" })],
            new Dictionary<AccountState, int>(),
            [.. ids.Select(id => new StoredLink { Id = Guid.NewGuid(), IntegrationId = id, LastSyncedAt = now.AddMinutes(-1) })],
            [],
            0,
            [.. ids.Select(id => new PauseInForce { IntegrationId = id, NotBefore = now.AddMinutes(1) })],
            0)));
        using var collected = new Collected();
        using var provider = MonitoringSetup.Measured(Sdk.CreateMeterProviderBuilder())
            .AddReader(new BaseExportingMetricReader(collected)).Build();
        provider.ForceFlush();
        Assert.Equal(overflows, collected.Labels.Contains("otel.metric.overflow"));
        Assert.Contains("quantile", collected.Labels);
    }

    [Fact]
    public async Task What_is_sent_to_a_collector_names_nobody()
    {
        var sent = new ConcurrentDictionary<string, StringBuilder>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, Ct);
            var text = sent.GetOrAdd(http.Request.Path.Value!, _ => new StringBuilder());
            lock (text) text.Append(Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync(Ct);
        using var data = new TemporaryFolder();
        await using var exchange = await Organisation.Start("zelda");
        using var server = new CleanSyncProcess(data, Ct);
        server.Settings["Otlp:Endpoint"] = collector.Urls.Single();
        server.Settings["Otlp:TracedPercent"] = "100";
        server.Settings["Otlp:Interval"] = "1";
        var api = await server.Start();
        await api.Begin(exchange, "zelda");
        await api.Staff("zelda");
        await Eventually.Until("passes were counted", () => Holds("/v1/metrics", "cleansync.passes"), Ct);
        await Eventually.Until(
            "passes, calls and requests were traced",
            () => Holds("/v1/traces", "full pass") && Holds("/v1/traces", "EWS SyncFolderItems") && Holds("/v1/traces", "staff/{staffId}"), Ct);
        Assert.Equal(0, await server.Stop());
        Assert.All(sent.Values, text => Assert.DoesNotMatch("(?i)zelda|contoso|Head office|svc-booking", $"{text}"));

        bool Holds(string path, string word)
        {
            if (!sent.TryGetValue(path, out var text)) return false;
            lock (text) return $"{text}".Contains(word, StringComparison.Ordinal);
        }
    }

    private sealed class Collected : BaseExporter<Metric>
    {
        public HashSet<string> Labels { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    foreach (var tag in point.Tags) Labels.Add(tag.Key);
                }
            }

            return ExportResult.Success;
        }
    }
}
