using CleanSync.Application;
using CleanSync.Application.Syncing;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// One beat of a job. After a surprise beats are left out, more and more of them, and the log has one stack and then a count.
/// </summary>
internal sealed class Heartbeat(SurprisesInARow surprises, INewIds ids, ILogger<Heartbeat> logger)
{
    public async ValueTask Beat(string job, Func<Task> work, CancellationToken ct)
    {
        var what = new Recurring(job);
        if (surprises.IsPaused(what)) return;
        try
        {
            await work();
            surprises.End(what);
        }
        catch (Exception surprise) when (!ct.IsCancellationRequested)
        {
            surprises.Note(what, surprise, "the whole node", ids.Next(), logger);
            surprises.Pause(what);
        }
    }
}
