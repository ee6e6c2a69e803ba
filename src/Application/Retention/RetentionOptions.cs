namespace CleanSync.Application.Retention;

/// <summary>How long records are kept. Every value has a default that suits production.</summary>
public sealed record RetentionOptions
{
    /// <summary>After their end, whether they took place or were cancelled; null keeps them for ever.</summary>
    public TimeSpan? Appointments { get; init; }

    /// <summary>A booking that is sent again after so long is a new one.</summary>
    public TimeSpan IdempotencyRecords { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Of the latest 50 of each link.</summary>
    public TimeSpan SyncRuns { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan Rechecks { get; init; } = TimeSpan.FromDays(90);

    public TimeSpan Conflicts { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The reports of disconnections that have ended.</summary>
    public TimeSpan Disconnections { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The reports of erasures that have ended.</summary>
    public TimeSpan Erasures { get; init; } = TimeSpan.FromDays(3 * 365);
}
