namespace CleanSync.Application.Syncing.Locks;

/// <summary>One pass or push at a time for one mailbox, across all nodes, with a fencing token that every commit checks.</summary>
public interface IMailboxLeases
{
    /// <summary>
    /// Takes a free or expired lease, or one that this owner already holds from before a restart. Null while another owner holds it.
    /// </summary>
    Task<MailboxLease?> TryTake(
        Guid linkId,
        string owner,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken ct);

    /// <summary>False when the lease was lost to another owner.</summary>
    Task<bool> Renew(MailboxLease lease, DateTimeOffset until, CancellationToken ct);

    Task Release(MailboxLease lease, CancellationToken ct);
}

/// <param name="Token">Rises with every taking; a commit with an older token is refused.</param>
public sealed record MailboxLease(Guid LinkId, long Token, DateTimeOffset Until);
