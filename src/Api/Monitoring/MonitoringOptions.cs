using System.ComponentModel.DataAnnotations;

namespace CleanSync.Api.Monitoring;

/// <summary>Where Prometheus reads. The section Metrics of the configuration.</summary>
internal sealed record MetricsOptions
{
    /// <summary>A port of its own, on which nothing but /metrics is answered; null: none is listened on.</summary>
    [Range(0, 65535)]
    public int? Port { get; init; }

    /// <summary>An address of this machine, or 0.0.0.0 for all of them.</summary>
    public string Address { get; init; } = "127.0.0.1";
}

/// <summary>Where metrics and traces are sent. The section Otlp of the configuration.</summary>
internal sealed record OtlpOptions
{
    /// <summary>The base address of a collector that takes OTLP over HTTP, such as http://localhost:4318; null: nothing is sent.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Of a hundred requests and passes so many are traced.</summary>
    [Range(0, 100)]
    public int TracedPercent { get; init; } = 10;

    /// <summary>How often metrics are sent.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);
}
