using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.ExchangeIntegrations;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>
/// Listens to one group of calendars, again and again, until it is stopped. Every calendar is read after every opening, because what
/// happened in between may have been missed; any error ends the subscriptions that it names. Ends by itself when the integration does not
/// run any more.
/// </summary>
internal sealed class SubscriptionGroup(
    GroupKey key,
    string anchor,
    INotificationChannel post,
    IExchangeIntegrationRepository integrations,
    NotificationBoard board,
    ICalendarQueue queue,
    SubscriptionRefusals refusals,
    ExceptionStreaks streaks,
    NotificationOptions options,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly GroupMembers members = new(refusals);
    private int earlyEnds;
    private long? deafSince;

    public GroupKey Key { get; } = key;

    /// <summary>
    /// The alphabetically first mailbox when the group began. It stays for the group's life, because the subscriptions live on its server.
    /// </summary>
    public string Anchor { get; } = anchor;

    /// <summary>
    /// Exchange refuses to act for the anchor, so nobody is heard through it: the group has ended, and another has to begin with another
    /// anchor.
    /// </summary>
    public bool AnchorIsUnfit { get; private set; }

    public IReadOnlyCollection<SubscribedCalendar> Calendars => members.Calendars;

    /// <summary>Who is to be listened to from now on. A calendar whose refusal is over is tried again.</summary>
    public void Assign(IReadOnlyCollection<SubscribedCalendar> calendars) => members.Assign(calendars);

    public async Task Run(CancellationToken ct)
    {
        while (!AnchorIsUnfit && await Integration(ct) is { } integration)
        {
            var began = time.GetTimestamp();
            var (failure, changed) = await Try(integration, ct);
            if (!changed && !AnchorIsUnfit) await Pause(failure, time.GetElapsedTime(began), ct);
        }

        ShowEnd();
    }

    /// <summary>Nobody is heard through this group any more.</summary>
    public void ShowEnd() => Show("The group of this calendar has ended; another is about to begin.");

    /// <summary>
    /// Ends the subscriptions as far as the integration still runs; best effort, and no longer than the options say. Nothing is thrown.
    /// </summary>
    public async Task UnsubscribeAll()
    {
        using var limit = new CancellationTokenSource(options.Goodbye, time);
        try
        {
            members.AllLeave();
            if (await integrations.Find(Key.IntegrationId, limit.Token) is { Status: IntegrationStatus.Active } integration)
                await Leave(integration, limit.Token);
        }
        catch (Exception e)
        {
            logger.LogInformation(
                "Not every subscription of integration {IntegrationId} was ended ({Reason}); Exchange forgets them by itself",
                Key.IntegrationId,
                e.GetType().Name);
        }
    }

    private async Task<ExchangeIntegration?> Integration(CancellationToken ct) =>
        await integrations.Find(Key.IntegrationId, ct) is { Status: IntegrationStatus.Active } found
            && found.SettingsVersion == Key.SettingsVersion
            ? found
            : null;

    /// <summary>
    /// No failure when the connection ended in good order or because its subscriptions did; changed when there is other work to do first.
    /// </summary>
    private async Task<(CalendarFailure? Failure, bool Changed)> Try(ExchangeIntegration integration, CancellationToken ct)
    {
        try
        {
            await Leave(integration, ct);
            await Join(integration, ct);
            if (AnchorIsUnfit) return (null, false);
            var changed = members.NextChange();
            if (members.HaveWork()) return (null, true);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, changed);
            await Listen(integration, either.Token);
            return (null, false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, true);
        }
        catch (CalendarFailure failure)
        {
            logger.LogWarning(
                "Listening for integration {IntegrationId} broke off: {Code} {ExchangeCode}",
                Key.IntegrationId,
                failure.Refusal.Code,
                failure.ExchangeCode);
            AnchorIsUnfit = failure is { IsOfOneMailbox: true, Reach: FailureReach.Link };
            return (failure, false);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            var mark = Guid.CreateVersion7(time.GetUtcNow());
            streaks.Note(SubscriptionGroups.Of(Key), exception, Key.IntegrationId.ToString(), mark, logger);
            return (LinkFailures.Unforeseen(exception, mark), false);
        }
    }

    private async Task Listen(ExchangeIntegration integration, CancellationToken ct)
    {
        var subscribed = members.Subscribed();
        if (subscribed.Count == 0) await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        try
        {
            await foreach (var notice in post.Listen(integration.Server, subscribed.Keys, ct))
            {
                if (!Take(notice, subscribed)) break;
            }
        }
        finally
        {
            foreach (var member in subscribed.Values) board.Silent(member.Calendar.LinkId);
        }
    }

    /// <summary>The first early end costs no time; those after it more and more. Who is deaf for long is polled.</summary>
    private async Task Pause(CalendarFailure? failure, TimeSpan lasted, CancellationToken ct)
    {
        earlyEnds = lasted >= options.SteadyAfter ? 0 : earlyEnds + 1;
        var pause = failure is null ? options.PauseAfter(earlyEnds - 1) : failure.RetryAfter ?? options.PauseAfter(Math.Max(1, earlyEnds));
        deafSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(deafSince.Value) + pause > options.Review)
            Show($"Listening fails, and is tried again by itself: {failure?.Refusal.Message ?? "Exchange ends the connection early."}");
        if (pause > TimeSpan.Zero) await Task.Delay(pause, time, ct);
    }

    private async Task Leave(ExchangeIntegration integration, CancellationToken ct)
    {
        foreach (var member in members.Leaving)
        {
            await Unsubscribe(integration, member, ct);
            members.HasLeft(member);
        }
    }

    private async Task Unsubscribe(ExchangeIntegration integration, GroupMember member, CancellationToken ct)
    {
        if (member.Subscription is not { } subscription) return;
        try
        {
            await post.Unsubscribe(integration.Server, member.Calendar.Mailbox, subscription, ct);
        }
        catch (CalendarFailure failure) when (failure.IsOfOneMailbox)
        {
            logger.LogInformation("The subscription of {Mailbox} was not ended ({Code}); Exchange forgets it by itself",
                member.Calendar.Mailbox, failure.ExchangeCode);
        }
    }

    /// <summary>The first alone: it finds the server that the others go to, and proves the credential for them.</summary>
    private async Task Join(ExchangeIntegration integration, CancellationToken ct)
    {
        var waiting = members.Waiting();
        foreach (var member in waiting.Take(1)) await Subscribe(integration, member, ct);
        foreach (var few in waiting.Skip(1).Chunk(4)) await Task.WhenAll(few.Select(member => Subscribe(integration, member, ct)));
    }

    private async Task Subscribe(ExchangeIntegration integration, GroupMember member, CancellationToken ct)
    {
        try
        {
            member.Subscription = await post.Subscribe(integration.Server, member.Calendar.Mailbox, member.Calendar.CalendarId, ct);
            refusals.Taken(member.Calendar);
        }
        catch (CalendarFailure failure) when (failure.IsOfOneMailbox)
        {
            AnchorIsUnfit |= failure.Reach is FailureReach.Link && member.Calendar.Mailbox == Anchor;
            refusals.Refused(member.Calendar, failure.RetryAfter);
            board.Show(
                member.Calendar.LinkId,
                LinkNotifications.Polled(
                    failure.ExchangeCode is { } code ? $"Exchange refused notifications with {code}." : failure.Refusal.Message));
        }
    }

    private bool Take(Notice notice, Dictionary<string, GroupMember> subscribed)
    {
        switch (notice)
        {
            case Notice.Opened:
                deafSince = null;
                streaks.End(SubscriptionGroups.Of(Key));
                foreach (var member in subscribed.Values)
                {
                    board.Show(member.Calendar.LinkId, LinkNotifications.Streaming);
                    board.Confirmed(member.Calendar.LinkId, time.GetUtcNow());
                }

                queue.Add(CalendarWork.Changes, subscribed.Values.Select(m => m.Calendar.LinkId));
                return true;
            case Notice.Changed changed:
                Guid[] linkIds = [.. changed.Subscriptions.Where(subscribed.ContainsKey).Select(id => subscribed[id].Calendar.LinkId)];
                foreach (var linkId in linkIds) board.Notified(linkId, time.GetUtcNow());
                Live(subscribed);
                queue.Add(CalendarWork.Changes, linkIds);
                return true;
            case Notice.Alive:
                Live(subscribed);
                return true;
            case Notice.Lost lost:
                logger.LogInformation(
                    "Exchange ended {Count} subscriptions of integration {IntegrationId} with {Code}",
                    lost.Subscriptions.Count,
                    Key.IntegrationId,
                    lost.ExchangeCode);
                foreach (var id in lost.Subscriptions.Count == 0 ? subscribed.Keys : lost.Subscriptions.Where(subscribed.ContainsKey))
                {
                    subscribed[id].Subscription = null;
                }
                return false;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Live(Dictionary<string, GroupMember> subscribed)
    {
        foreach (var member in subscribed.Values) board.Lives(member.Calendar.LinkId, time.GetUtcNow());
    }

    public void Dispose() => members.Dispose();

    private void Show(string reason)
    {
        foreach (var calendar in Calendars) board.Show(calendar.LinkId, LinkNotifications.Polled(reason));
    }
}
