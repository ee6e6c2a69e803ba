using System.Collections.Concurrent;

namespace CleanSync.Application.Syncing;

/// <summary>One pass or push at a time for one mailbox: a queue within this node, and a lease in the database between nodes.</summary>
internal sealed class MailboxTurns(IMailboxLeases leases, SyncOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Turnstile> queues = new();

    /// <summary>Waits for this node's turn. Null while another node holds the mailbox.</summary>
    public async Task<MailboxTurn?> Enter(Guid linkId, CancellationToken ct)
    {
        var queue = queues.GetOrAdd(linkId, _ => new Turnstile(1));
        await queue.Enter(ct);
        try
        {
            var now = time.GetUtcNow();
            if (await leases.TryTake(linkId, options.NodeName, now, now + options.LeaseFor, ct) is { } lease) return new MailboxTurn(lease, leases, options, time, queue);
            queue.Leave();
            return null;
        }
        catch
        {
            queue.Leave();
            throw;
        }
    }
}

/// <summary>The right to work on one mailbox, until disposed.</summary>
internal sealed class MailboxTurn(MailboxLease lease, IMailboxLeases leases, SyncOptions options, TimeProvider time, Turnstile queue) : IMailboxTurn, IAsyncDisposable
{
    public MailboxLease Lease { get; private set; } = lease;

    public Guid LinkId => Lease.LinkId;

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

    public async ValueTask DisposeAsync()
    {
        try
        {
            await leases.Release(Lease, CancellationToken.None);
        }
        finally
        {
            queue.Leave();
        }
    }
}

/// <summary>Another node took the mailbox over: this one must stop at once.</summary>
internal sealed class LeaseWasLost() : Exception("The lease of this mailbox was taken over by another node.");
