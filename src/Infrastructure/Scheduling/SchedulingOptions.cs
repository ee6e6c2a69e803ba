using System.ComponentModel.DataAnnotations;
using CleanSync.Application;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>The heartbeats. What is due, and when, is data; these say only how often somebody looks.</summary>
internal sealed record SchedulingOptions
{
    /// <summary>False: nothing runs by itself, for tools that only need the application.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How often calendars that are due are looked for.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan SyncHeartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often pushes are looked for that nobody announced: retries, and what a crash left behind.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan PushInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often calendars are looked for out of which our items are to go: links that moved or are to be deleted.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan CleanUpInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often integrations are looked for whose pause has ended, or that are being disconnected.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan IntegrationsHeartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often passwords are looked for whose expiry was not read for a day.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan PasswordInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often erasures are looked for that have not ended.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan ErasuresHeartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often records are looked for that are older than their retention.</summary>
    [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromHours(1);
}
