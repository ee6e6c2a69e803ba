namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>When a calendar is asked next: a busy one soon, a quiet one later.</summary>
public static class PollPace
{
    private const int Part = 10;

    /// <summary>
    /// A tenth of the time since the last change, within the two limits: what changed an hour ago is asked every six minutes. Up to a tenth
    /// is taken off by jitter, so that calendars that began together do not stay together; never is it longer than the longest.
    /// </summary>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan Interval(
        TimeSpan shortest,
        TimeSpan longest,
        DateTimeOffset? lastChange,
        DateTimeOffset now,
        double jitter)
    {
        var quiet = lastChange is { } last ? (now - last) / Part : longest;
        var interval = quiet < shortest ? shortest : quiet > longest ? longest : quiet;
        return interval - (interval * jitter / Part);
    }
}
