using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.UnitTests.Notifications;

/// <summary>
/// Exchange as a group of listeners meets it: each connection is played by the test. Nothing goes to another thread, so what a step leads
/// to has happened when it returns.
/// </summary>
internal sealed class FakePost : INotificationChannel
{
    private readonly Queue<FakeConnection> opened = [];

    /// <summary>How often each mailbox was subscribed, and the failure of the next try.</summary>
    public ConcurrentDictionary<string, int> Subscribed { get; } = new();

    public ConcurrentDictionary<string, CalendarFailure> Refusals { get; } = new();

    public ConcurrentQueue<string> Unsubscribed { get; } = [];

    /// <summary>The failure of every try.</summary>
    public Func<CalendarFailure>? AlwaysRefuses { get; set; }

    /// <summary>Instead of a connection, something that nobody foresaw.</summary>
    public bool Surprises { get; set; }

    /// <summary>Instead of a connection.</summary>
    public CalendarFailure? Unreachable { get; set; }

    public int Tries { get; private set; }

    public Task<string> Subscribe(ServerConnection server, string mailbox, string calendarId, CancellationToken ct)
    {
        if (AlwaysRefuses?.Invoke() is { } always) return Task.FromException<string>(always);
        if (Refusals.TryRemove(mailbox, out var refusal)) return Task.FromException<string>(refusal);
        return Task.FromResult($"{mailbox}#{Subscribed.AddOrUpdate(mailbox, 1, (_, n) => n + 1)}");
    }

    public Task Unsubscribe(ServerConnection server, string mailbox, string subscription, CancellationToken ct)
    {
        Unsubscribed.Enqueue(subscription);
        if (Refusals.TryRemove(mailbox, out var refusal)) return Task.FromException(refusal);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Notice> Listen(
        ServerConnection server,
        IReadOnlyCollection<string> subscriptions,
        [EnumeratorCancellation] CancellationToken ct)
    {
        Tries++;
        if (Surprises) throw new InvalidOperationException("nobody foresaw this");
        if (Unreachable is { } failure) throw failure;
        var connection = new FakeConnection([.. subscriptions.Order()]);
        opened.Enqueue(Open = connection);
        try
        {
            await foreach (var notice in connection.Notices.Reader.ReadAllAsync(ct)) yield return notice;
        }
        finally
        {
            if (Open == connection) Open = null;
        }
    }

    /// <summary>The connection that is open now.</summary>
    public FakeConnection? Open { get; private set; }

    public bool HasOpened => opened.Count > 0;

    /// <summary>The next connection that was opened.</summary>
    public FakeConnection Opened() => opened.Dequeue();
}

/// <summary>One connection, which tells what it is told to.</summary>
internal sealed record FakeConnection(IReadOnlyList<string> Subscriptions)
{
    public Channel<Notice> Notices { get; } =
        Channel.CreateUnbounded<Notice>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    public void Tell(params Notice[] notices)
    {
        foreach (var notice in notices) Notices.Writer.TryWrite(notice);
    }

    /// <summary>As agreed, or with a failure.</summary>
    public void End(CalendarFailure? failure = null) => Notices.Writer.Complete(failure);
}
