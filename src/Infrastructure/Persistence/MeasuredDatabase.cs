using System.Data.Common;
using System.Diagnostics.Metrics;
using CleanSync.Application;
using CleanSync.Application.Syncing.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>Measures the transactions of the database behind it, from the wait for their turn to the end of their commit.</summary>
internal sealed class MeasuredDatabase : Database
{
    private static readonly double[] WriteSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Database inner;
    private readonly Histogram<double> duration;
    private readonly TimeProvider time;

    public MeasuredDatabase(Database inner, IMeterFactory meters, TimeProvider time)
    {
        (this.inner, this.time) = (inner, time);
        duration = meters.Create(SyncMetrics.Name).CreateHistogram(
            "cleansync.db.write.duration", "s", "How long a transaction of the database took, with the wait for its turn.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = WriteSeconds });
    }

    public override Task<DateTimeOffset> Now(CancellationToken ct) => inner.Now(ct);

    public override Task<DbConnection> Read(CancellationToken ct) => inner.Read(ct);

    public override Task<Snapshot> ReadSnapshot(CancellationToken ct) => inner.ReadSnapshot(ct);

    public override Task<bool> Write(Func<DatabaseTransaction, Task<bool>> work, CancellationToken ct) =>
        Measured(() => inner.Write(work, ct));

    public override Task<bool> Note(Func<DatabaseTransaction, Task> work, CancellationToken ct) => Measured(() => inner.Note(work, ct));

    public override StorageFailure? FailureOf(Exception failure) => inner.FailureOf(failure);

    public override bool IsOutrun(DbException failure) => inner.IsOutrun(failure);

    private async Task<bool> Measured(Func<Task<bool>> write)
    {
        var (begun, result) = (time.GetTimestamp(), "failed");
        try
        {
            var committed = await write();
            result = committed ? "committed" : "nothing-stored";
            return committed;
        }
        finally
        {
            duration.Record(time.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("result", result));
        }
    }
}

internal static class MeasuredDatabaseRegistration
{
    /// <summary>Whoever asks for the database gets this one, measured.</summary>
    public static IServiceCollection AddMeasured<TDatabase>(this IServiceCollection services)
        where TDatabase : Database => services.AddSingleton<Database>(provider => new MeasuredDatabase(
            provider.GetRequiredService<TDatabase>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<TimeProvider>()));
}
