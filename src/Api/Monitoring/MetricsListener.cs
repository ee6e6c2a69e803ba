using System.Net;
using CleanSync.Application;
using CleanSync.Infrastructure;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;

namespace CleanSync.Api.Monitoring;

/// <summary>
/// A server of its own on a port of its own, so that it is the socket that decides who reaches /metrics, and no header. Nothing else is
/// answered there, and no key is asked for: what is shown names no person.
/// </summary>
internal sealed class MetricsListener(
    MetricsOptions options,
    MeterProvider meters,
    IServiceProvider services,
    ILoggerFactory loggers,
    ILogger<MetricsListener> logger) : IHostedService
{
    private WebApplication? server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        services.BeginCounting();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port!.Value);
        });
        server = builder.Build();
        server.Use((http, next) =>
        {
            if (http.Features.Get<IHttpMetricsTagsFeature>() is { } tags) tags.MetricsDisabled = true;
            return next(http);
        });
        server.UseOpenTelemetryPrometheusScrapingEndpoint(
            meters, http => http.Request.Path == "/metrics" && HttpMethods.IsGet(http.Request.Method), null, null, null);
        server.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException)
        {
            throw new StartRefused(
                $"The metrics cannot be shown at {options.Address}:{options.Port}: {failure.Message.TrimEnd('.')}. "
                + "Choose another Metrics:Port or Metrics:Address.");
        }

        logger.LogInformation("Prometheus reads the metrics at {Address}/metrics", string.Join(", ", server.Urls));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is null) return;
        await server.StopAsync(cancellationToken);
        await server.DisposeAsync();
    }
}
