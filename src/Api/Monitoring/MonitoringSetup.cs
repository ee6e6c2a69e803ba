using System.Diagnostics;
using System.Net;
using CleanSync.Api.Startup;
using CleanSync.Application;
using CleanSync.Infrastructure;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CleanSync.Api.Monitoring;

/// <summary>
/// Hands what is measured to whoever was named: Prometheus reads it, or a collector gets it by OTLP. Without either nothing is collected.
/// </summary>
internal static class MonitoringSetup
{
    /// <summary>
    /// So many combinations of labels are kept of one metric; beyond that the rest is one with the label otel_metric_overflow. The most has
    /// the histogram of requests, with some 60 routes, and those with an integration for a label: enough for 600 integrations.
    /// </summary>
    public const int MostSeries = 2000;

    /// <summary>The framework's: requests by route and status, and the runtime.</summary>
    private static readonly string[] OfFramework = ["Microsoft.AspNetCore.Hosting", "System.Runtime"];

    /// <summary>Requests by their path and query name staff, and clients.</summary>
    private static readonly string[] Personal = ["url.path", "url.query", "url.full", "client.address", "network.peer.address"];

    public static void AddMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        var metrics = Settings.Read("Metrics", key => configuration[key], new MetricsOptions());
        var otlp = Settings.Read("Otlp", key => configuration[key], new OtlpOptions());
        var collector = Collector(otlp);
        if (metrics.Port is null && collector is null) return;

        services.AddStateGauges();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.Clear().AddService("cleansync", serviceVersion: Product.Version))
            .WithMetrics(m =>
            {
                Measured(m);
                if (metrics.Port is not null) m.AddPrometheusExporter(o => o.ScopeInfoEnabled = false);
                if (collector is not null) m.AddOtlpExporter((o, reader) =>
                {
                    To(collector, "v1/metrics", o);
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)otlp.Interval.TotalMilliseconds;
                });
            });
        if (collector is not null) telemetry.WithTracing(t => t
            .AddSource(InfrastructureRegistration.MeterName, "Microsoft.AspNetCore")
            .SetSampler(new TraceIdRatioBasedSampler(otlp.TracedPercent / 100.0))
            .AddProcessor(new WithoutPersons())
            .AddOtlpExporter(o => To(collector, "v1/traces", o)));
        if (metrics.Port is not null)
            services.AddSingleton(metrics with { Address = Address(metrics).ToString() }).AddHostedService<MetricsListener>();
    }

    /// <summary>Whose metrics are collected, and how many series of each.</summary>
    internal static MeterProviderBuilder Measured(MeterProviderBuilder metrics) => metrics
        .AddMeter([InfrastructureRegistration.MeterName, .. OfFramework])
        .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = MostSeries });

    private static void To(Uri collector, string path, OtlpExporterOptions options) =>
        (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(collector, path));

    private static IPAddress Address(MetricsOptions options) => IPAddress.TryParse(options.Address, out var address)
        ? address
        : throw new StartRefused($"Metrics:Address is '{options.Address}'. Expected an IP address of this machine, or 0.0.0.0 for all of them.");

    private static Uri? Collector(OtlpOptions options)
    {
        if (options.Endpoint is not { } text) return null;
        return Uri.TryCreate(text.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new StartRefused($"Otlp:Endpoint is '{text}'. Expected the base address of a collector, such as http://localhost:4318.");
    }

    /// <summary>What names a person leaves a span before it is sent; the route stays.</summary>
    private sealed class WithoutPersons : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            foreach (var tag in Personal) data.SetTag(tag, null);
            if (data.GetTagItem("http.route") is null && data.Kind is ActivityKind.Server) data.DisplayName = "request";
        }
    }
}
