using CleanSync.Application;
using CleanSync.Application.Syncing.Failing;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// One beat of a job. After an unhandled exception beats are left out, more and more of them, and the log has one stack and then a count;
/// while the database is away each beat fails, and the first after it is back goes well.
/// </summary>
internal sealed class Heartbeat(ExceptionStreaks streaks, INewIds ids, ILogger<Heartbeat> logger) : IDisposable
{
    private volatile bool isOver;

    public async ValueTask Beat(string job, Func<Task> work, CancellationToken ct)
    {
        var what = new Recurring(job);
        if (streaks.IsPaused(what)) return;
        try
        {
            await work();
            streaks.End(what);
        }
        catch (Exception failure) when (ct.IsCancellationRequested && failure is OperationCanceledException or StorageFailure)
        {
            // the node stops, which is no failure of the job; nor is it the stop's that the database is out of reach
        }
        catch (Exception) when (isOver)
        {
            // a start that failed takes away what the beat works with
        }
        catch (StorageFailure)
        {
            // told where it was met, and shown by /health/ready; the next beat finds whether the database is back
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            streaks.Note(what, exception, "the whole node", ids.Next(), logger);
            streaks.Pause(what);
        }
    }

    /// <summary>Before the database is closed, since it was made later.</summary>
    public void Dispose() => isOver = true;
}
