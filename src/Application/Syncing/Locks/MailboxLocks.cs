using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Locks;

/// <summary>
/// One pass or push at a time for one mailbox: a queue within this node, and a lease in the database between nodes. Begin here to read how
/// two workers are kept apart.
/// </summary>
internal sealed class MailboxLocks(IMailboxLeases leases, SyncOptions options, TimeProvider time, ILogger<MailboxLocks> logger)
{
    private readonly ConcurrentDictionary<Guid, FifoSemaphore> queues = new();

    /// <summary>Leases that could not be given back: they would lock out this node itself.</summary>
    private readonly ConcurrentDictionary<Guid, MailboxLease> unreleased = new();

    /// <summary>Waits for whoever holds the mailbox on this node. Null while another node holds it.</summary>
    public async Task<MailboxLock?> Take(Guid linkId, CancellationToken ct)
    {
        var queue = queues.GetOrAdd(linkId, _ => new FifoSemaphore(1));
        await queue.Wait(ct);
        try
        {
            if (unreleased.TryGetValue(linkId, out var before)) await ReleaseAgain(before, ct);
            var asked = time.GetTimestamp();
            if (await leases.TryTake(linkId, options.NodeName, options.LeaseFor, ct) is { } lease)
                return new MailboxLock(lease, asked, leases, options, time, ended => Release(ended, queue));
            queue.Release();
            return null;
        }
        catch
        {
            queue.Release();
            throw;
        }
    }

    /// <summary>To be asked before looking for calendars that nobody is at.</summary>
    public async Task ReleaseLeftOvers(CancellationToken ct)
    {
        foreach (var left in unreleased.Values) await ReleaseAgain(left, ct);
    }

    private async Task ReleaseAgain(MailboxLease lease, CancellationToken ct)
    {
        await leases.Release(lease, ct);
        unreleased.TryRemove(new(lease.LinkId, lease));
    }

    /// <summary>What was done under the lock is done, whether or not the lease can be given back now.</summary>
    private async Task Release(MailboxLease lease, FifoSemaphore queue)
    {
        try
        {
            await leases.Release(lease, CancellationToken.None);
        }
        catch (Exception failure)
        {
            unreleased[lease.LinkId] = lease;
            logger.LogWarning("The lease of a mailbox could not be given back ({Reason}); that is tried again before it is needed",
                failure.GetType().Name);
        }
        finally
        {
            queue.Release();
        }
    }
}

/// <summary>The right to work on one mailbox, until disposed.</summary>
public sealed class MailboxLock : IAsyncDisposable
{
    private readonly IMailboxLeases leases;
    private readonly SyncOptions options;
    private readonly TimeProvider time;
    private readonly Func<MailboxLease, Task> release;
    private (long Asked, TimeSpan Span) held;

    /// <param name="asked">When the lease was asked for, by the monotonic clock.</param>
    internal MailboxLock(
        MailboxLease lease,
        long asked,
        IMailboxLeases leases,
        SyncOptions options,
        TimeProvider time,
        Func<MailboxLease, Task> release) =>
        (Lease, held, this.leases, this.options, this.time, this.release) =
            (lease, (asked, options.LeaseFor), leases, options, time, release);

    public MailboxLease Lease { get; private set; }

    public Guid LinkId => Lease.LinkId;

    /// <summary>The pass that the mailbox is locked for, as the log names it.</summary>
    public Guid PassId { get; set; }

    /// <summary>Rows that were changed in the booking product under this lock.</summary>
    public int Changes { get; private set; }

    public void Note(int changes) => Changes += changes;

    /// <summary>
    /// The lock holds for longer than a call that starts now may last; throws <see cref="LeaseWasLost"/> otherwise. By the monotonic clock,
    /// whatever the wall's was set to; and by the wall's, since the other stands still while a machine sleeps.
    /// </summary>
    public async Task Outlast(CancellationToken ct)
    {
        var needed = options.CallTimeout + options.LeaseMargin;
        var left = Lease.Until - time.GetUtcNow();
        // One that ends later than any lease was taken by a clock that has gone back: in the database it is cut.
        if (left < needed || left > needed + options.LeaseFor || held.Span - time.GetElapsedTime(held.Asked) < needed) await Confirm(ct);
    }

    /// <summary>Makes sure that the mailbox is still ours, and for longer; throws <see cref="LeaseWasLost"/> otherwise.</summary>
    public async Task Confirm(CancellationToken ct)
    {
        var span = options.LeaseFor + options.CallTimeout + options.LeaseMargin;
        var (asked, until) = (time.GetTimestamp(), time.GetUtcNow() + span);
        if (!await leases.Renew(Lease, span, ct)) throw new LeaseWasLost();
        (Lease, held) = (Lease with { Until = until }, (asked, span));
    }

    public async ValueTask DisposeAsync() => await release(Lease);
}

/// <summary>Another node took the mailbox over: this one must stop at once.</summary>
public sealed class LeaseWasLost() : Exception("The lease of this mailbox was taken over by another node.");
