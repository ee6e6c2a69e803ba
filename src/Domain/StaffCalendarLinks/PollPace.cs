namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>When a calendar is asked next: a busy one soon, a quiet one later.</summary>
/// <param name="Jitter">From 0 to 1.</param>
public sealed record PollPace(TimeSpan Shortest, TimeSpan Longest, double Jitter)
{
    private const int Part = 10;

    /// <summary>
    /// A tenth of the time since the last change, within the two limits: what changed an hour ago is asked every six minutes. Up to a tenth
    /// is taken off by jitter, so that calendars that began together do not stay together; never is it longer than the longest.
    /// </summary>
    public TimeSpan Interval(DateTimeOffset? lastChange, DateTimeOffset now)
    {
        var quiet = lastChange is { } last ? (now - last) / Part : Longest;
        var interval = quiet < Shortest ? Shortest : quiet > Longest ? Longest : quiet;
        return interval - (interval * Jitter / Part);
    }
}
