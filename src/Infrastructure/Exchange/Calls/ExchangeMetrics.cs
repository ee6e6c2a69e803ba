using System.Diagnostics.Metrics;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Calls;

/// <summary>
/// What is counted of calls to Exchange. A stream of notifications is none: it stays open for half an hour. The integration is a label of
/// what Exchange asked to wait for and of nothing else here.
/// </summary>
internal sealed class ExchangeMetrics
{
    /// <summary>Up to the timeout of a call.</summary>
    private static readonly double[] CallSeconds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private readonly Counter<long> calls, backOffs, held;
    private readonly Histogram<double> duration;
    private readonly TimeProvider time;

    public ExchangeMetrics(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(SyncMetrics.Name);
        calls = meter.CreateCounter<long>("cleansync.ews.calls", "{call}", "Calls to Exchange that have ended.");
        duration = meter.CreateHistogram(
            "cleansync.ews.call.duration", "s", "How long a call to Exchange took.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = CallSeconds });
        backOffs = meter.CreateCounter<long>(
            "cleansync.backoff.asked", "{answer}", "Answers by which Exchange, or a proxy before it, asked to wait, or took no call.");
        held = meter.CreateCounter<long>("cleansync.backoff.held", "{call}", "Calls that were not sent because of a pause, or for want of room.");
    }

    /// <param name="codeOf">The code of what the failure is told as.</param>
    public async Task<T> Call<T>(string operation, Func<Task<T>> call, Func<EwsException, string> codeOf)
    {
        using var span = SyncMetrics.Spans.StartActivity($"EWS {operation}");
        var (begun, result) = (time.GetTimestamp(), SyncMetrics.Done);
        try
        {
            return await call();
        }
        catch (Exception failure)
        {
            result = failure is EwsException known ? codeOf(known) : failure is OperationCanceledException ? "stopped" : "unexpected";
            throw;
        }
        finally
        {
            calls.Add(1, new("operation", operation), new("result", result));
            duration.Record(time.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
            span?.SetTag("result", result);
        }
    }

    /// <summary>A call that was not sent, or one to which Exchange answered that it wants to be left alone.</summary>
    public void Note(ServerConnection server, CalendarFailure failure)
    {
        if (failure.Reach is not FailureReach.BackOff) return;
        (failure.NothingWasSent ? held : backOffs).Add(1, new KeyValuePair<string, object?>("integration", server.IntegrationId.ToString()));
    }
}
