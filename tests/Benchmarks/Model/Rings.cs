using CleanSync.Application.Syncing.Queue;

namespace CleanSync.Benchmarks.Model;

/// <summary>Notes which calendars have something to push; the history decides when they are pushed. The rest is queued.</summary>
internal sealed class Rings(CalendarQueue queue) : ICalendarQueue
{
    private readonly List<Guid> rung = [];

    public void Add(CalendarWork work, IEnumerable<Guid> linkIds)
    {
        if (work is CalendarWork.Push) rung.AddRange(linkIds.Where(id => !rung.Contains(id)));
        else queue.Add(work, linkIds);
    }

    /// <summary>Those that rang since the last taking.</summary>
    public IReadOnlyList<Guid> Take()
    {
        Guid[] taken = [.. rung];
        rung.Clear();
        return taken;
    }
}
