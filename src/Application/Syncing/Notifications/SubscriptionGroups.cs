using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.ExchangeIntegrations;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>
/// Keeps the groups as the links and integrations are now. A calendar stays in its group as long as it can; new ones go where there is
/// room, in the order of their addresses. A group ends with its anchor, with its integration's settings, or when it ends by itself.
/// </summary>
internal sealed class SubscriptionGroups(
    ISubscribableCalendars calendars,
    INotificationChannels posts,
    ListeningLeases leases,
    IExchangeIntegrationRepository integrations,
    NotificationBoard board,
    ICalendarQueue queue,
    ExceptionStreaks streaks,
    NotificationOptions options,
    TimeProvider time,
    ILogger<SubscriptionGroups> logger)
{
    private readonly SubscriptionRefusals refusals = new(options, time);
    private readonly List<RunningGroup> running = [];
    private readonly List<Task> endings = [];
    private readonly Dictionary<string, (int InARow, long Since)> unfitAnchors = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compares who is listened to with who should be. Not to be called twice at once.</summary>
    public async Task Review(CancellationToken ct)
    {
        var all = await calendars.All(ct);
        board.KeepOnly(all.Select(c => c.LinkId).ToHashSet());
        foreach (var calendar in all)
        {
            if (calendar.WhyPolled(options) is { } reason) board.Show(calendar.LinkId, LinkNotifications.Polled(reason));
        }

        var listenable = all.Where(c => c.WhyPolled(options) is null).ToList();
        var ours = await leases.Review(listenable.Select(c => c.IntegrationId).ToHashSet(), ct);
        foreach (var calendar in listenable.Where(c => !ours.Contains(c.IntegrationId))) board.LeaveToOthers(calendar.LinkId);
        SubscribableCalendar[] subscribable = [.. listenable.Where(c => ours.Contains(c.IntegrationId))];
        refusals.Review(subscribable);
        var wanted = subscribable.ToLookup(c => new GroupKey(c.IntegrationId, c.SettingsVersion), c => c.Listened);
        endings.RemoveAll(g => g.IsCompleted);
        foreach (var group in running.Where(g => g.HasEnded || !wanted[g.Group.Key].Any(c => c.Mailbox == g.Group.Anchor)).ToList())
        {
            Stop(group);
        }
        foreach (var group in wanted) Distribute(group.Key, [.. group]);
    }

    /// <summary>Ends every connection and, as far as there is time, every subscription.</summary>
    public async Task Stop()
    {
        foreach (var group in running.ToList()) Stop(group);
        await Task.WhenAll(endings);
        await leases.ReleaseAll(CancellationToken.None);
    }

    private void Distribute(GroupKey key, IReadOnlyList<SubscribedCalendar> wanted)
    {
        var groups = running.Where(g => g.Group.Key == key).ToList();
        var shares = groups.ToDictionary(g => g, g => g.Group.Calendars.Intersect(wanted).ToList());
        var newcomers = new Queue<SubscribedCalendar>(
            wanted.Except(shares.Values.SelectMany(s => s)).OrderBy(c => c.Mailbox, StringComparer.OrdinalIgnoreCase));
        foreach (var share in shares.Values)
        {
            while (share.Count < options.GroupSize && newcomers.TryDequeue(out var calendar)) share.Add(calendar);
        }

        foreach (var (group, share) in shares) group.Group.Assign(share);
        foreach (var share in newcomers.Chunk(options.GroupSize)) Start(key, share);
    }

    private void Start(GroupKey key, SubscribedCalendar[] share)
    {
        if (streaks.IsPaused(Of(key))) return; // the next review looks again
        if (share.FirstOrDefault(c => !refusals.Waits(c) && !IsUnfit(c.Mailbox)) is not { Mailbox: var anchor }) return;
        var group = new SubscriptionGroup(
            key, anchor, posts.At(anchor), integrations, board, queue, refusals, streaks, options, time, logger);
        group.Assign(share);
        running.Add(new RunningGroup(group, streaks, time, logger));
    }

    /// <summary>What unhandled exceptions of the groups of one integration are counted under.</summary>
    public static Recurring Of(GroupKey key) => new("listening", key.IntegrationId);

    private void Stop(RunningGroup group)
    {
        running.Remove(group);
        if (group.Group.AnchorIsUnfit) NoteUnfit(group.Group.Anchor);
        endings.Add(group.DisposeAsync().AsTask());
    }

    private bool IsUnfit(string mailbox) =>
        unfitAnchors.TryGetValue(mailbox, out var known) && time.GetElapsedTime(known.Since) < options.PauseAfterRefusal(known.InARow);

    /// <summary>Longer each time; what was long ago is forgotten.</summary>
    private void NoteUnfit(string anchor)
    {
        var isRecent = unfitAnchors.TryGetValue(anchor, out var known)
            && time.GetElapsedTime(known.Since) < options.PauseAfterRefusal(known.InARow) + options.PauseAfterRefusal(int.MaxValue);
        unfitAnchors[anchor] = (isRecent ? known.InARow + 1 : 1, time.GetTimestamp());
    }

    private sealed class RunningGroup : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly ExceptionStreaks streaks;
        private readonly TimeProvider time;
        private readonly ILogger logger;
        private readonly Task task;

        public RunningGroup(SubscriptionGroup group, ExceptionStreaks streaks, TimeProvider time, ILogger logger)
        {
            (Group, this.streaks, this.time, this.logger) = (group, streaks, time, logger);
            task = Run();
        }

        public SubscriptionGroup Group { get; }

        public bool HasEnded => task.IsCompleted;

        public async ValueTask DisposeAsync()
        {
            stop.Cancel();
            await task;
            await Group.UnsubscribeAll();
            Group.Dispose();
            stop.Dispose();
        }

        private async Task Run()
        {
            try
            {
                await Group.Run(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // it was told to
            }
            catch (Exception exception)
            {
                streaks.Note(Of(Group.Key), exception, Group.Key.IntegrationId.ToString(), Guid.CreateVersion7(time.GetUtcNow()), logger);
                streaks.Pause(Of(Group.Key));
                Group.ShowEnd();
            }
        }
    }
}
