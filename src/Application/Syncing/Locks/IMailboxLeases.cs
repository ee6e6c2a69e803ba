namespace CleanSync.Application.Syncing.Locks;

/// <summary>
/// One pass or push at a time for one mailbox, across all nodes, with a fencing token that every commit checks. Leases end by the clock
/// that the nodes share.
/// </summary>
public interface IMailboxLeases
{
    /// <summary>Takes a free lease, or one that has ended. Null while somebody holds it.</summary>
    Task<MailboxLease?> TryTake(Guid linkId, string owner, TimeSpan span, CancellationToken ct);

    /// <summary>False when the lease was lost to another owner.</summary>
    Task<bool> Renew(MailboxLease lease, TimeSpan span, CancellationToken ct);

    Task Release(MailboxLease lease, CancellationToken ct);
}

/// <param name="Token">Rises with every taking; a commit with an older token is refused.</param>
/// <param name="Life">Of the node that took it: the token of a database that was set back may come again.</param>
/// <param name="Until">By this node's own clock, reckoned from before the lease was asked for.</param>
public sealed record MailboxLease(
    Guid LinkId,
    long Token,
    Guid Life,
    DateTimeOffset Until);
