using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Calendars in which there is something to do, each once. Who may begin is told by <see cref="CalendarShares"/>: in the order of arrival
/// within an integration, integrations in turn. A calendar of which Exchange told a change is held back until it has been quiet for a
/// moment, or has waited for long enough.
/// </summary>
/// <remarks>
/// Hand-made: a channel has one order for all, and can neither merge what waits nor pass over an integration that has its share.
/// </remarks>
internal sealed class CalendarQueue(SyncOptions options, NotificationOptions notifications, TimeProvider time) : ICalendarQueue, IDisposable
{
    private readonly Dictionary<Guid, QueuedCalendar> calendars = [];
    private readonly CalendarShares shares = new(options);
    private readonly Lock gate = new();
    private readonly HashSet<Guid> strangers = [];
    private TaskCompletionSource changed = NewSignal();
    private TaskCompletionSource idle = NewSignal();

    /// <summary>Calendars that are ready or running.</summary>
    private int busy;

    public void Add(CalendarWork work, IEnumerable<Guid> linkIds)
    {
        lock (gate)
        {
            foreach (var linkId in linkIds) Add(work, linkId, null);
        }
    }

    public void Add(CalendarWork work, IEnumerable<DueLink> links)
    {
        lock (gate)
        {
            foreach (var link in links) Add(work, link.LinkId, link.IntegrationId);
        }
    }

    /// <summary>Calendars that are ready to begin, or are being worked on.</summary>
    public int Busy
    {
        get { lock (gate) return busy; }
    }

    /// <summary>Set when something was added, may begin, or has ended since this was asked; whoever waits may set it as well.</summary>
    public TaskCompletionSource Changed
    {
        get
        {
            lock (gate)
            {
                if (changed.Task.IsCompleted) changed = NewSignal();
                return changed;
            }
        }
    }

    /// <summary>Completes when nothing is ready to begin and nothing is being done.</summary>
    public Task Idle
    {
        get
        {
            lock (gate)
            {
                if (busy == 0) return Task.CompletedTask;
                if (idle.Task.IsCompleted) idle = NewSignal();
                return idle.Task;
            }
        }
    }

    /// <summary>How many there are, and for how long the oldest of those that are ready has waited.</summary>
    public QueueNow Now()
    {
        lock (gate)
        {
            var ready = calendars.Values.Where(c => c.Stage is QueueStage.Ready).ToList();
            return new QueueNow(
                calendars.Values.Count(c => c.Stage is QueueStage.Quieting),
                ready.Count,
                calendars.Values.Count(c => c.Stage is QueueStage.Running),
                ready.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(ready.Min(c => c.Since)));
        }
    }

    /// <summary>Calendars that are ready and whose integration nobody has told.</summary>
    public IReadOnlyList<Guid> WithoutIntegration()
    {
        lock (gate) return [.. strangers];
    }

    /// <summary>Which integration each of them has; one that has none is gone, and there is nothing to do in it.</summary>
    public void Place(IEnumerable<Guid> linkIds, IReadOnlyDictionary<Guid, Guid> integrations)
    {
        lock (gate)
        {
            foreach (var linkId in linkIds)
            {
                if (!strangers.Remove(linkId)) continue;
                if (integrations.TryGetValue(linkId, out var integration))
                {
                    calendars[linkId].IntegrationId = integration;
                    shares.Wait(calendars[linkId]);
                }
                else
                {
                    calendars.Remove(linkId);
                    busy--;
                }
            }

            Tell();
        }
    }

    /// <summary>The next calendar that may begin, with all that there is to do in it; it must be <see cref="Done"/> afterwards.</summary>
    public (Guid LinkId, CalendarWork Work)? Take()
    {
        lock (gate)
        {
            if (shares.Take() is not { } calendar) return null;
            var work = calendar.Begin();
            return (calendar.LinkId, work);
        }
    }

    /// <param name="again">What could not be done just now.</param>
    /// <param name="pause">After how long that is tried again.</param>
    public void Done(Guid linkId, CalendarWork again = CalendarWork.None, TimeSpan pause = default)
    {
        lock (gate)
        {
            if (!calendars.Remove(linkId, out var done)) return;
            shares.End(done);
            busy--;
            if (again is not CalendarWork.None && (done.Waiting & ~CalendarWork.Changes) is CalendarWork.None)
                Hold(linkId, again, done.IntegrationId, pause);
            else if ((done.Waiting | again) is var waiting and not CalendarWork.None) Add(waiting, linkId, done.IntegrationId);
            Tell();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var calendar in calendars.Values) calendar.Timer?.Dispose();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(CalendarWork work, Guid linkId, Guid? integrationId)
    {
        if (calendars.TryGetValue(linkId, out var known)) Join(known, work);
        else if (work is CalendarWork.Changes) Hold(linkId, work, integrationId, notifications.QuietTime);
        else
        {
            var calendar = new QueuedCalendar(linkId, time.GetTimestamp()) { IntegrationId = integrationId, Waiting = work };
            calendars[linkId] = calendar;
            Ready(calendar);
        }
    }

    private void Join(QueuedCalendar calendar, CalendarWork work)
    {
        var before = calendar.Waiting;
        calendar.Waiting |= work;
        if (calendar.Stage is QueueStage.Quieting && work is not CalendarWork.Changes) Ready(calendar);
        else if (calendar.Stage is QueueStage.Quieting && calendar.IsProlonged) Prolong(calendar);
        else if (calendar is { Stage: QueueStage.Ready, IntegrationId: not null } && calendar.Line != QueuedCalendar.LineOf(before))
            shares.Wait(calendar);
    }

    private void Prolong(QueuedCalendar calendar)
    {
        var left = notifications.LongestQuiet - time.GetElapsedTime(calendar.Since);
        if (left <= TimeSpan.Zero) return;
        calendar.Timer!.Change(left < notifications.QuietTime ? left : notifications.QuietTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps a calendar back: until it is quiet, or because somebody else is at it.</summary>
    private void Hold(Guid linkId, CalendarWork work, Guid? integrationId, TimeSpan pause)
    {
        var calendar = new QueuedCalendar(linkId, time.GetTimestamp())
        {
            IntegrationId = integrationId,
            Waiting = work,
            Stage = QueueStage.Quieting,
            IsProlonged = work is CalendarWork.Changes && pause == notifications.QuietTime,
        };
        calendars[linkId] = calendar;
        calendar.Timer = time.CreateTimer(_ => Quiet(calendar), null, pause, Timeout.InfiniteTimeSpan);
    }

    private void Quiet(QueuedCalendar calendar)
    {
        lock (gate)
        {
            if (calendar.Stage is QueueStage.Quieting && calendars.GetValueOrDefault(calendar.LinkId) == calendar) Ready(calendar);
        }
    }

    private void Ready(QueuedCalendar calendar)
    {
        calendar.Timer?.Dispose();
        calendar.Stage = QueueStage.Ready;
        busy++;
        if (calendar.IntegrationId is not null) shares.Wait(calendar);
        else strangers.Add(calendar.LinkId);
        Tell();
    }

    private void Tell()
    {
        changed.TrySetResult();
        if (busy == 0) idle.TrySetResult();
    }
}

/// <param name="Oldest">For how long the calendar that waits longest has been ready, or held back before.</param>
internal sealed record QueueNow(int Quieting, int Ready, int Running, TimeSpan Oldest);
