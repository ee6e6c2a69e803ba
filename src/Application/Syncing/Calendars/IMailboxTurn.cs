namespace CleanSync.Application.Syncing.Calendars;

/// <summary>The right to work on one mailbox for now.</summary>
public interface IMailboxTurn
{
    /// <summary>
    /// To be awaited right before every call to Exchange for this mailbox, when nothing is left to wait for: the right outlasts the call's deadline by a
    /// margin, because Exchange does not know who holds it. Throws when it was lost.
    /// </summary>
    Task Reserve(CancellationToken ct);
}
