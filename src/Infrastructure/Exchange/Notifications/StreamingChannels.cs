using System.Runtime.CompilerServices;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Notifications;

internal sealed class StreamingChannels(ExchangeCalls calls, StreamConnections streams, NotificationOptions options) : INotificationChannels
{
    public INotificationChannel At(string anchor) => new StreamingChannel(new EwsAffinity(anchor), calls, streams, options);
}

/// <summary>
/// Streaming notifications of one group. A subscription is made for the mailbox that it tells of; the stream goes as the anchor, so that
/// the open connection is charged to it and not to the service account (docs/exchange.md, "Notifications").
/// </summary>
internal sealed class StreamingChannel(
    EwsAffinity affinity,
    ExchangeCalls calls,
    StreamConnections streams,
    NotificationOptions options) : INotificationChannel
{
    public async Task<string> Subscribe(ServerConnection server, string mailbox, string calendarId, CancellationToken ct) =>
        (await calls.Send(server, mailbox, affinity, new SubscribeToStreaming(new FolderRef.ById(calendarId)), ct)).Id;

    public async Task Unsubscribe(ServerConnection server, string mailbox, string subscription, CancellationToken ct) =>
        _ = await calls.Send(server, mailbox, affinity, new Unsubscribe(subscription), ct); // whatever the code, it is over

    public async IAsyncEnumerable<Notice> Listen(
        ServerConnection server,
        IReadOnlyCollection<string> subscriptions,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var context = new EwsCallContext(
            ExchangeCalls.Version(server), affinity.AnchorMailbox, Impersonate: true)
        { Affinity = affinity };
        var operation = new GetStreamingEvents(subscriptions, options.ConnectionMinutes);
        using var stream = await Translated(() => streams.Open(server, operation, context, ct));
        await using var messages = stream.ReadAll(ct).GetAsyncEnumerator(ct);
        var opened = false;
        while (await Translated(() => messages.MoveNextAsync().AsTask()))
        {
            var message = messages.Current;
            if (message.Error is { } error)
            {
                yield return Ending(error, message.LostSubscriptions);
                yield break;
            }

            var isFirst = !opened;
            if (isFirst) yield return new Notice.Opened();
            opened = true;
            string[] changed =
                [.. message.Notifications.Where(n => n.Events.Any(e => e is not StreamedEvent.Status)).Select(n => n.SubscriptionId)];
            if (changed.Length > 0) yield return new Notice.Changed(changed);
            else if (!isFirst && message.Status is not StreamStatus.Closed) yield return new Notice.Alive();
        }

        async Task<T> Translated<T>(Func<Task<T>> work)
        {
            try
            {
                return await work();
            }
            catch (EwsException failure)
            {
                throw FaultTranslator.Translate(failure, server, affinity.AnchorMailbox);
            }
        }

        // A pause that Exchange asks for, or trouble of the whole server, says nothing of the subscriptions; every other code is their end.
        Notice.Lost Ending(EwsError error, IReadOnlyList<string> lost) => lost.Count == 0 && RetryMatrix.LeavesSubscriptions(error.Code)
            ? throw FaultTranslator.FromCode(error, server, affinity.AnchorMailbox)
            : new Notice.Lost(lost, error.Code);
    }
}
