using System.Collections.Concurrent;
using CleanSync.Application.Syncing.Calendars;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Locks;

/// <summary>One pass or push at a time for one mailbox: a queue within this node, and a lease in the database between nodes.</summary>
internal sealed class MailboxTurns(IMailboxLeases leases, SyncOptions options, TimeProvider time, ILogger<MailboxTurns> logger)
{
    private readonly ConcurrentDictionary<Guid, Turnstile> queues = new();

    /// <summary>Leases that could not be given back: they would lock out this node itself.</summary>
    private readonly ConcurrentDictionary<Guid, MailboxLease> unreleased = new();

    /// <summary>Waits for this node's turn. Null while another node holds the mailbox.</summary>
    public async Task<MailboxTurn?> Enter(Guid linkId, CancellationToken ct)
    {
        var queue = queues.GetOrAdd(linkId, _ => new Turnstile(1));
        await queue.Enter(ct);
        try
        {
            if (unreleased.TryGetValue(linkId, out var before)) await ReleaseAgain(before, ct);
            var now = time.GetUtcNow();
            if (await leases.TryTake(linkId, options.NodeName, now, now + options.LeaseFor, ct) is { } lease)
                return new MailboxTurn(lease, leases, options, time, ended => Leave(ended, queue));
            queue.Leave();
            return null;
        }
        catch
        {
            queue.Leave();
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

    /// <summary>What was done in the turn is done, whether or not the lease can be given back now.</summary>
    private async Task Leave(MailboxLease lease, Turnstile queue)
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
            queue.Leave();
        }
    }
}

/// <summary>The right to work on one mailbox, until disposed.</summary>
internal sealed class MailboxTurn(
    MailboxLease lease, IMailboxLeases leases, SyncOptions options, TimeProvider time, Func<MailboxLease, Task> leave)
    : IMailboxTurn, IAsyncDisposable
{
    public MailboxLease Lease { get; private set; } = lease;

    public Guid LinkId => Lease.LinkId;

    /// <summary>The pass that the turn is used for, as the log names it.</summary>
    public Guid PassId { get; set; }

    /// <summary>Rows that passes of this turn changed in the booking product.</summary>
    public int Changes { get; private set; }

    public void Note(int changes) => Changes += changes;

    public async Task Reserve(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var needed = now + options.CallTimeout + options.LeaseMargin;
        // One that ends later than any lease was taken by a clock that has gone back: in the database it is cut.
        if (Lease.Until < needed || Lease.Until > needed + options.LeaseFor) await Confirm(ct);
    }

    /// <summary>Makes sure that the mailbox is still ours, and for longer; throws <see cref="LeaseWasLost"/> otherwise.</summary>
    public async Task Confirm(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var until = now + options.LeaseFor + options.CallTimeout + options.LeaseMargin;
        if (!await leases.Renew(Lease, until, ct)) throw new LeaseWasLost();
        Lease = Lease with { Until = until };
    }

    public async ValueTask DisposeAsync() => await leave(Lease);
}

/// <summary>Another node took the mailbox over: this one must stop at once.</summary>
internal sealed class LeaseWasLost() : Exception("The lease of this mailbox was taken over by another node.");
