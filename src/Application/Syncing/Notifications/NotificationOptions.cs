using System.ComponentModel.DataAnnotations;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>How calendars are listened to. Every value has a default that suits production.</summary>
public sealed record NotificationOptions
{
    /// <summary>False: every calendar is polled.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often it is looked at which calendars are to be listened to, besides when something says that it changed.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan Review { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A pass follows when a calendar has been quiet for so long: one action of a person is told several times.</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A calendar that never falls quiet is read so long after the first change.</summary>
    public TimeSpan LongestQuiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A stream without a byte for so long is dead; Exchange shows a sign of life every 45 seconds.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>After so many minutes the server ends a stream, and it is opened anew: 1 to 30.</summary>
    [Range(1, 30)]
    public int ConnectionMinutes { get; init; } = 30;

    /// <summary>
    /// Pause before a stream that broke off early is opened a second time; doubles each further time, up to <see cref="LongestPause"/>.
    /// </summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A stream that held for so long was no early end.</summary>
    public TimeSpan SteadyAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a calendar is polled after Exchange refused it a subscription; doubles with each refusal in a row, up to sixteen times as
    /// long.
    /// </summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long unsubscribing may take when CleanSync stops.</summary>
    public TimeSpan Goodbye { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Calendars on one stream; Exchange takes at most 200.</summary>
    [Range(1, 200)]
    public int GroupSize { get; init; } = 200;

    public TimeSpan PauseAfterRefusal(int inARow) => RefusedPause * (1 << Math.Clamp(inARow - 1, 0, 4));

    public TimeSpan PauseAfter(int earlyEnds) =>
        earlyEnds < 1 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(earlyEnds - 1, 20)));
}
