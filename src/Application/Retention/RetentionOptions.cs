namespace CleanSync.Application.Retention;

/// <summary>For how many days records are kept. Every value has a default that suits production.</summary>
public sealed record RetentionOptions
{
    /// <summary>After their end, whether they took place or were cancelled; null keeps them for ever.</summary>
    public int? AppointmentDays { get; init; }

    /// <summary>A booking that is sent again after so long is a new one.</summary>
    public int IdempotencyDays { get; init; } = 90;

    /// <summary>Of the latest 50 of each link.</summary>
    public int SyncRunDays { get; init; } = 90;

    /// <summary>Checks of many staff members.</summary>
    public int RecheckDays { get; init; } = 90;

    /// <summary>What lost when both sides had changed an appointment.</summary>
    public int ConflictDays { get; init; } = 365;

    /// <summary>The reports of disconnections that have ended.</summary>
    public int DisconnectionDays { get; init; } = 365;

    /// <summary>The reports of erasures that have ended.</summary>
    public int ErasureDays { get; init; } = 3 * 365;
}
