namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>
/// How long a link that keeps failing rests. What only a person can mend is confirmed over a day, and from then on asked for once a day.
/// </summary>
public static class LinkRestPolicy
{
    public const int Confirmations = 5;

    public static readonly TimeSpan ConfirmedOver = TimeSpan.FromHours(24);

    public static readonly TimeSpan AskAgain = TimeSpan.FromHours(24);

    /// <param name="usual">The growing pause.</param>
    /// <param name="needsAPerson">The failure will not pass by itself.</param>
    /// <param name="failures">In a row, before this one.</param>
    public static TimeSpan Pause(
        TimeSpan usual,
        bool needsAPerson,
        int failures,
        DateTimeOffset? failingSince,
        DateTimeOffset now) =>
        needsAPerson && failures + 1 >= Confirmations && now - failingSince >= ConfirmedOver ? AskAgain : usual;
}
