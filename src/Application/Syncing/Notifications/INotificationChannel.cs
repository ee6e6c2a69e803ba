using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>Opens a post for a group of mailboxes.</summary>
public interface INotificationChannels
{
    /// <param name="anchor">The mailbox on whose server the subscriptions of the group live.</param>
    INotificationChannel At(string anchor);
}

/// <summary>
/// Listens to one group of mailboxes on one connection. Every method throws <see cref="CalendarFailure"/> when Exchange or the way to it
/// fails.
/// </summary>
public interface INotificationChannel
{
    /// <summary>Gives the subscription under which the calendar will be told.</summary>
    Task<string> Subscribe(ServerConnection server, string mailbox, string calendarId, CancellationToken ct);

    /// <summary>Ends a subscription; one that is gone already has ended.</summary>
    Task Unsubscribe(ServerConnection server, string mailbox, string subscription, CancellationToken ct);

    /// <summary>What is told until Exchange ends the connection as agreed. A silent connection is a failure.</summary>
    IAsyncEnumerable<Notice> Listen(ServerConnection server, IReadOnlyCollection<string> subscriptions, CancellationToken ct);
}

/// <summary>What an open connection tells.</summary>
public abstract record Notice
{
    private Notice()
    {
    }

    /// <summary>The connection is open: the first thing it tells. What happened before may have been missed.</summary>
    public sealed record Opened : Notice;

    /// <summary>The connection lives, and nothing happened.</summary>
    public sealed record Alive : Notice;

    /// <summary>Something happened in the calendars of these subscriptions.</summary>
    public sealed record Changed(IReadOnlyList<string> Subscriptions) : Notice;

    /// <summary>These subscriptions are gone, or all of them if none is named; nothing useful follows on this connection.</summary>
    public sealed record Lost(IReadOnlyList<string> Subscriptions, string ExchangeCode) : Notice;
}
