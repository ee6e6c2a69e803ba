using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Scheduling;
using Microsoft.Extensions.Hosting;

namespace CleanSync.Infrastructure.Monitoring;

/// <summary>
/// Reads how things stand, every quarter of a minute, for whoever scrapes and however often. A reading that fails leaves the last one, and
/// its age tells.
/// </summary>
internal sealed class StateLoop(
    StateReader state,
    IReadiness readiness,
    StateGauges gauges,
    Heartbeat heartbeat,
    TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Every, time);
        try
        {
            do await heartbeat.Beat("reading for the gauges", () => Read(stoppingToken), stoppingToken);
            while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the node stops
        }
    }

    public async Task Read(CancellationToken ct)
    {
        var ready = await readiness.Now(ct);
        var now = time.GetUtcNow();
        gauges.Show(new Reading(now, ready.WhyNot is null, await state.Read(now, ct)));
    }
}
