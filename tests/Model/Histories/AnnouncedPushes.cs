using CleanSync.Application.Syncing.Queue;

namespace CleanSync.Model.Histories;

/// <summary>Notes which calendars have something to push; the history decides when they are pushed. The rest is queued.</summary>
internal sealed class AnnouncedPushes(CalendarQueue queue) : ICalendarQueue
{
    private readonly List<Guid> announced = [];

    public void Add(CalendarWork work, IEnumerable<Guid> linkIds)
    {
        if (work is CalendarWork.Push) announced.AddRange(linkIds.Where(id => !announced.Contains(id)));
        else queue.Add(work, linkIds);
    }

    /// <summary>Those that rang since the last taking.</summary>
    public IReadOnlyList<Guid> Take()
    {
        Guid[] taken = [.. announced];
        announced.Clear();
        return taken;
    }
}
