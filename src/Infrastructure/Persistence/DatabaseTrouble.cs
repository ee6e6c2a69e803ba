using CleanSync.Application;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// What the storage refused last. It is logged when it begins, at most once a minute, and when it ends, however many writes meet it.
/// </summary>
internal sealed class DatabaseTrouble(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private StorageFault? now;
    private StorageFault? told;
    private long metAt;
    private long toldAt;
    private bool endIsTold;

    public StorageFault? Now
    {
        get { lock (gate) return now; }
    }

    /// <summary>A fault that no write can find gone: only another file and another start end it.</summary>
    public StorageFault? Lasting => Now is StorageFault.Damaged or StorageFault.OfNewerVersion or StorageFault.Replaced ? Now : null;

    /// <summary>Met a moment ago, so that trying again tells nothing new.</summary>
    public bool IsFresh
    {
        get { lock (gate) return now is not null && time.GetElapsedTime(metAt) < Fresh; }
    }

    public StorageFailure Met(StorageFault fault, Exception? cause)
    {
        lock (gate)
        {
            if (told != fault || (endIsTold && time.GetElapsedTime(toldAt) >= Quiet))
            {
                var detail = cause?.Message ?? fault.ToString();
                logger.LogError("The database cannot be used: {Reason} ({Detail})", StorageFailure.ReasonOf(fault), detail);
                (told, toldAt, endIsTold) = (fault, time.GetTimestamp(), false);
            }

            now = fault;
            metAt = time.GetTimestamp();
        }

        return new StorageFailure(fault, cause);
    }

    /// <summary>Something was written.</summary>
    public void Ended()
    {
        lock (gate)
        {
            if (now is null) return;
            if (!endIsTold)
                logger.LogWarning("The database takes writes again; it did not, because {Reason}", StorageFailure.ReasonOf(now.Value));
            (now, endIsTold) = (null, true);
        }
    }
}
