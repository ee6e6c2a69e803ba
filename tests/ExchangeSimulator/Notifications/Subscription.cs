using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Notifications;

/// <summary>A streaming subscription of one mailbox, on the server where it was made, with what has not been told yet.</summary>
internal sealed class Subscription(
    string id,
    string account,
    Mailbox mailbox,
    string server,
    IReadOnlyCollection<MailFolder>? folders,
    IReadOnlySet<string> eventTypes)
{
    public string Id { get; } = id;
    public string Account { get; } = account;
    public Mailbox Mailbox { get; } = mailbox;
    public string Server { get; } = server;
    public List<MailboxEvent> Pending { get; } = [];
    public StreamingConnection? Connection { get; set; }

    /// <summary>Since when nobody listens.</summary>
    public DateTimeOffset AloneSince { get; set; }

    public IReadOnlySet<string> EventTypes { get; } = eventTypes;

    public bool Wants(MailboxEvent what) =>
        (folders is null || folders.Any(what.Concerns))
            && (EventTypes.Contains(what.Kind + "Event") || EventTypes.Contains("ModifiedEvent"));
}
