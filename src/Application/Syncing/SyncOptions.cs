using System.ComponentModel.DataAnnotations;
using CleanSync.Domain.Syncing.Pushes;

namespace CleanSync.Application.Syncing;

/// <summary>How syncing is paced. Every value has a default that suits production.</summary>
public sealed record SyncOptions
{
    /// <summary>Time between two incremental passes of a busy calendar.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while Exchange tells of changes: then polling is only the safety net.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan PollIntervalWhenStreaming { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest time between two passes of a quiet calendar.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan LongestPollInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Calls to Exchange at once for one integration, where each mailbox has a budget of its own.</summary>
    [Range(1, 20)]
    public int CallsAtOnce { get; init; } = 8;

    /// <summary>The same under delegate access, where all calls are charged to the one account.</summary>
    [Range(1, 20)]
    public int CallsAtOnceAsDelegate { get; init; } = 5;

    /// <summary>When a call to Exchange is given up; Exchange itself limits a batch to about a minute.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long after a create attempt's deadline its item may still appear.</summary>
    public TimeSpan AttemptGrace { get; init; } = PushPlanner.DefaultGrace;

    /// <summary>
    /// A copy that is older than this when it is created is first looked for by its tag: the database may be a restored backup that does
    /// not know what it wrote later.
    /// </summary>
    public TimeSpan SearchBeforeCreateAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a lease is taken or renewed for.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By how much a lease must outlast the deadline of a call before the call starts.</summary>
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Items per GetItem batch.</summary>
    public int ReadBatch { get; init; } = 25;

    /// <summary>With more changed items than this in one page, the window is read instead.</summary>
    public int WindowReadThreshold { get; init; } = 100;

    /// <summary>
    /// A meeting that its owner declined and kept in the calendar blocks time as it is shown there; otherwise it blocks none.
    /// </summary>
    public bool DeclinedMeetingsBlock { get; init; }

    /// <summary>Pause after the first passing failure; doubles with each further one, up to <see cref="LongestPause"/>.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Calendars that this node syncs side by side; of one integration at most twice as many as it may have calls at once.
    /// </summary>
    public int Parallelism { get; init; } = 64;

    /// <summary>
    /// This node's name, as the owner of leases; another one in every process unless it is given. With a name that it keeps over a restart
    /// a node takes its own leases back at once. No two nodes have one name.
    /// </summary>
    public string NodeName { get; init; } = "";

    public TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures, 20)));
}
