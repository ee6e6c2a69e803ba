using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain.StaffCalendarLinks;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Failing;

/// <summary>
/// What runs by itself for one link beside its passes, in the turn of its mailbox. An unhandled exception is a failure of the link, tried
/// again less and less often; others go on.
/// </summary>
internal sealed class LinkJobs(
    IStaffCalendarLinkRepository links,
    MailboxLocks locks,
    LinkFailures failures,
    ExceptionStreaks streaks,
    INewIds ids,
    ILogger<LinkJobs> logger)
{
    /// <summary>Not while it is paused after unhandled exceptions, nor while somebody else has the turn: what is due stays due.</summary>
    public async Task Run(Recurring what, Func<MailboxLock, Task> work, CancellationToken ct)
    {
        if (streaks.IsPaused(what)) return;
        var pass = ids.Next();
        StaffCalendarLink? link = null;
        IDisposable? scope = null;
        try
        {
            if ((link = await links.Find(what.Of, ct)) is null) return;
            scope = logger.BeginPass(pass, link);
            await using var mailbox = await locks.Take(link.Id, ct);
            if (mailbox is null) return;
            await work(mailbox);
            streaks.End(what);
        }
        catch (LeaseWasLost)
        {
            logger.LogWarning("Another node took over the calendar of {StaffId}; its {Job} stops", link!.StaffId, what.Job);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            await failures.Surprised(what, link, exception, pass, ct);
            streaks.Pause(what);
        }
        finally
        {
            scope?.Dispose();
        }
    }
}
