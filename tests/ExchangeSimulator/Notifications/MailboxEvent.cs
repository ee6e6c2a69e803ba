using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Notifications;

internal enum MailboxEventKind { Created, Modified, Deleted, Moved, Copied }

/// <summary>What happened to one item, as a subscription tells it.</summary>
/// <param name="From">Where the item was before, and under which id; null but for moves and copies.</param>
internal sealed record MailboxEvent(
    MailboxEventKind Kind,
    DateTimeOffset At,
    string ItemId,
    string ChangeKey,
    MailFolder Folder,
    (string ItemId, string ChangeKey, MailFolder Folder)? From = null)
{
    public bool Concerns(MailFolder folder) => Folder == folder || From?.Folder == folder;
}
