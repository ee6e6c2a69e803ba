namespace CleanSync.Application.Syncing.Queue;

internal enum QueueStage
{
    Quieting,
    Ready,
    Running,
}

/// <summary>What goes first.</summary>
internal enum QueueLine
{
    /// <summary>Somebody has just booked.</summary>
    Pushes,

    /// <summary>Exchange told of a change, or may have told of one in vain: after a stream opens these are all of its calendars.</summary>
    Changes,

    /// <summary>Passes and clean-ups that nobody announced.</summary>
    Due,
}

/// <summary>One calendar in the queue.</summary>
internal sealed class QueuedCalendar(Guid linkId, long since)
{
    public Guid LinkId { get; } = linkId;

    public long Since { get; } = since;

    /// <summary>Null until somebody told it.</summary>
    public Guid? IntegrationId { get; set; }

    /// <summary>What is to be done next; while it is worked at, what was announced meanwhile.</summary>
    public CalendarWork Waiting { get; set; }

    public QueueStage Stage { get; set; } = QueueStage.Ready;

    /// <summary>A further change begins its quiet time anew.</summary>
    public bool IsProlonged { get; init; }

    public ITimer? Timer { get; set; }

    /// <summary>Which place in line counts: one that was left for another is passed over.</summary>
    public int Place { get; set; }

    public QueueLine Line => LineOf(Waiting);

    /// <summary>The line that it was begun from.</summary>
    public QueueLine BeganIn { get; private set; }

    /// <summary>Of several things to do the most urgent counts.</summary>
    public static QueueLine LineOf(CalendarWork work) =>
        (work & CalendarWork.Push) is not CalendarWork.None ? QueueLine.Pushes
        : (work & CalendarWork.Changes) is not CalendarWork.None ? QueueLine.Changes
        : QueueLine.Due;

    public CalendarWork Begin()
    {
        var work = Waiting;
        (Stage, BeganIn, Waiting) = (QueueStage.Running, LineOf(work), CalendarWork.None);
        return work;
    }
}
