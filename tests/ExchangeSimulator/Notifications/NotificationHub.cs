using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol;

namespace CleanSync.ExchangeSimulator.Notifications;

/// <summary>
/// The streaming subscriptions of an organisation and the connections on which they are told. Switches may be turned at any time; scripts
/// act on what is open now. Safe to call from any thread.
/// </summary>
public sealed class NotificationHub(TimeProvider time)
{
    /// <summary>As many events as one envelope holds.</summary>
    private const int MostEvents = 50;

    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly HashSet<StreamingConnection> _connections = [];
    private readonly Dictionary<string, string> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>
    /// True as at Exchange: without anchor and cookie a call reaches another server than the one where the subscription lives.
    /// </summary>
    public bool RequiresAffinity { get; set; } = true;

    /// <summary>The namespaces that servers use, instead of those that the schema demands.</summary>
    public bool UsesWireNamespaces { get; set; } = true;

    /// <summary>Bad ids among good ones leave the connection open, and nothing comes on it any more but signs of life.</summary>
    public bool StaysOpenWithBadIds { get; set; }

    public Chunking Chunking { get; set; } = new();

    /// <summary>How often a connection shows a sign of life.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a subscription lives that nobody listens to.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    public int SubscriptionsPerMailbox { get; set; } = 5000;

    /// <summary>Open streams for each mailbox that is impersonated, or for the account.</summary>
    public int HangingConnectionLimit { get; set; } = 10;

    /// <summary>The mailboxes that have a subscription, once for each.</summary>
    public IReadOnlyList<string> SubscribedMailboxes
    {
        get { lock (_gate) return [.. Living().Select(s => s.Mailbox.SmtpAddress).Order(StringComparer.Ordinal)]; }
    }

    public int OpenConnections
    {
        get { lock (_gate) return _connections.Count; }
    }

    /// <summary>Subscriptions that somebody listens to now.</summary>
    public int HeardSubscriptions
    {
        get { lock (_gate) return _connections.Where(c => !c.IsMute).Sum(c => c.Subscriptions.Count(s => s.Connection == c)); }
    }

    /// <summary>The mailbox moves to another server: its subscriptions end, and those who listen are told.</summary>
    public void MoveToAnotherServer(string mailbox)
    {
        lock (_gate) _servers[mailbox] = ServerOf(mailbox) + "'";
        Lose(mailbox);
    }

    /// <summary>The server forgets the subscriptions of that mailbox, or of all, and tells those who listen.</summary>
    public void Lose(string? mailbox = null)
    {
        lock (_gate)
        {
            var lost = _subscriptions.Values.Where(
                s => mailbox is null || string.Equals(s.Mailbox.SmtpAddress, mailbox, StringComparison.OrdinalIgnoreCase)).ToList();
            foreach (var subscription in lost) _subscriptions.Remove(subscription.Id);
            foreach (var group in lost.Where(s => s.Connection is not null).GroupBy(s => s.Connection!))
            {
                group.Key.Send(
                    StreamedEnvelopes.Lost(group.Key.Server, UsesWireNamespaces, "ErrorSubscriptionNotFound", group.Select(s => s.Id)));
                if (!group.Key.IsMute) Drop(group.Key);
            }
        }
    }

    /// <summary>The server ends every open connection as it does when its time is over.</summary>
    public void CloseAll() => OnAll(Close);

    /// <summary>Every open connection breaks in the middle of an envelope.</summary>
    public void AbortAll() => OnAll(connection =>
    {
        connection.Abort();
        Drop(connection);
    });

    /// <summary>The network behind every open connection dies without a word: what is told on them from now on is lost.</summary>
    public void MuteAll() => OnAll(connection => connection.IsMute = true);

    internal string Subscribe(
        string account,
        Mailbox mailbox,
        string server,
        IReadOnlyCollection<MailFolder>? folders,
        IReadOnlySet<string> eventTypes)
    {
        lock (_gate)
        {
            if (Living().Count(s => s.Mailbox == mailbox) >= SubscriptionsPerMailbox)
                throw new EwsRefusedException(
                    "ErrorExceededSubscriptionCount", "You have exceeded the available subscriptions for your account.");
            var id = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(server).Concat(Guid.NewGuid().ToByteArray()).ToArray());
            _subscriptions.Add(id, new Subscription(id, account, mailbox, server, folders, eventTypes) { AloneSince = time.GetUtcNow() });
            return id;
        }
    }

    internal void Unsubscribe(string id, string account, string server)
    {
        lock (_gate)
        {
            if (Refusal(id, account, server) is { } refusal)
                throw new EwsRefusedException(refusal, "The specified subscription was not found.");
            _subscriptions.Remove(id);
        }
    }

    /// <summary>Why the caller may not listen to that subscription; null if it may.</summary>
    internal string? WhyNot(string id, string account, string server)
    {
        lock (_gate) return Refusal(id, account, server);
    }

    internal StreamingConnection Open(
        IReadOnlyCollection<string> ids,
        bool hears,
        string chargedTo,
        TimeSpan timeout,
        ExchangeVersion server)
    {
        lock (_gate)
        {
            if (_connections.Count(c => c.ChargedTo == chargedTo) >= HangingConnectionLimit)
                throw new SoapFaultException(
                    "ErrorExceededConnectionCount",
                    "You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.");
            List<Subscription> subscriptions = hears ? [.. ids.Select(id => _subscriptions[id])] : [];
            var connection = new StreamingConnection(this, chargedTo, server, subscriptions);
            _connections.Add(connection);
            connection.Every(time, Heartbeat, () => connection.Send(StreamedEnvelopes.SignOfLife(server, UsesWireNamespaces, ids.First())));
            connection.Every(time, timeout, () => { lock (_gate) Close(connection); });
            return connection;
        }
    }

    /// <summary>The first envelope goes out, and then what waits.</summary>
    internal void Begin(StreamingConnection connection, ReadOnlyMemory<byte> first)
    {
        lock (_gate)
        {
            connection.Send(first);
            foreach (var subscription in connection.Subscriptions) subscription.Connection = connection;
            foreach (var subscription in connection.Subscriptions) Tell(subscription);
        }
    }

    internal void Raise(Mailbox mailbox, MailboxEvent what)
    {
        lock (_gate)
        {
            foreach (var subscription in Living().Where(s => s.Mailbox == mailbox && s.Wants(what)).ToList())
            {
                subscription.Pending.Add(what);
                if (subscription.Connection is not null) Tell(subscription);
            }
        }
    }

    internal string ServerOf(string mailbox)
    {
        lock (_gate) return _servers.GetValueOrDefault(mailbox, "mbx1");
    }

    internal void Forget(StreamingConnection connection)
    {
        lock (_gate) Drop(connection);
    }

    /// <summary>An envelope as it goes out.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Cut(StreamingConnection connection, ReadOnlyMemory<byte> envelope)
    {
        var how = Chunking;
        var life = how.Doubled && connection.Subscriptions.Count > 0
            ? StreamedEnvelopes.SignOfLife(connection.Server, UsesWireNamespaces, connection.Subscriptions[0].Id)
            : default;
        ReadOnlyMemory<byte>[] parts = [how.Blanks ? " \r\n"u8.ToArray() : default, life, envelope];
        var whole = parts.SelectMany(p => (how.Declared ? p : StreamedEnvelopes.Undeclared(p)).ToArray()).ToArray();
        return whole.Chunk(how.Bytes ?? whole.Length).Select(c => (ReadOnlyMemory<byte>)c);
    }

    private string? Refusal(string id, string account, string server)
    {
        _ = Living();
        if (!_subscriptions.TryGetValue(id, out var subscription) || (RequiresAffinity && subscription.Server != server))
            return "ErrorSubscriptionNotFound";
        return subscription.Account == account ? null : "ErrorSubscriptionAccessDenied";
    }

    private void Tell(Subscription subscription)
    {
        foreach (var events in subscription.Pending.Chunk(MostEvents / 2))
            subscription.Connection!.Send(
                StreamedEnvelopes.Events(subscription.Connection.Server, UsesWireNamespaces, subscription, events));
        subscription.Pending.Clear();
    }

    private void Close(StreamingConnection connection)
    {
        connection.Send(StreamedEnvelopes.Status(connection.Server, "Closed"));
        if (!connection.IsMute) Drop(connection);
    }

    private void Drop(StreamingConnection connection)
    {
        if (!_connections.Remove(connection)) return;
        connection.End();
        foreach (var subscription in connection.Subscriptions.Where(s => s.Connection == connection))
            (subscription.Connection, subscription.AloneSince) = (null, time.GetUtcNow());
    }

    private Dictionary<string, Subscription>.ValueCollection Living()
    {
        var now = time.GetUtcNow();
        foreach (var dead in _subscriptions.Values.Where(s => s.Connection is null && now - s.AloneSince > Lifetime).ToList())
        {
            _subscriptions.Remove(dead.Id);
        }
        return _subscriptions.Values;
    }

    private void OnAll(Action<StreamingConnection> act)
    {
        lock (_gate)
            foreach (var connection in _connections.ToList()) act(connection);
    }
}
