using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>What there is to do in a calendar. Several of them become one visit.</summary>
[Flags]
public enum CalendarWork
{
    None = 0,

    /// <summary>Its next pass is due.</summary>
    DuePass = 1,

    /// <summary>Exchange told of a change: it is read when it has been quiet for a moment.</summary>
    Changes = 2,

    /// <summary>Something waits to be written into it.</summary>
    Push = 4,

    /// <summary>Something of ours is to be taken out of it, or out of a calendar that its link has left.</summary>
    CleanUp = 8,
}

/// <summary>
/// Says that there is something to do in these calendars; it begins in the background, as soon as there is room for it. What is announced
/// twice before it begins is done once, what is announced while it is done is done once more.
/// </summary>
public interface ICalendarQueue
{
    void Add(CalendarWork work, IEnumerable<Guid> linkIds);

    /// <summary>The same, where it is known whose share they take.</summary>
    void Add(CalendarWork work, IEnumerable<DueLink> links) => Add(work, links.Select(l => l.LinkId));
}
