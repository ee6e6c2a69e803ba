using System.ComponentModel.DataAnnotations;

namespace CleanSync.Application.Retention;

/// <summary>
/// For how many whole days records are kept, so that no slip of a unit removes what was meant to stay. Every value has a default that suits
/// production.
/// </summary>
public sealed record RetentionOptions
{
    private const int Longest = 36_500;

    /// <summary>After their end, whether they took place or were cancelled; null keeps them for ever.</summary>
    /// <remarks>For 30 days its removal can be undone, and its items are read.</remarks>
    [Range(30, Longest)]
    public int? AppointmentDays { get; init; }

    /// <summary>A booking that is sent again after so long is a new one.</summary>
    [Range(1, Longest)]
    public int IdempotencyDays { get; init; } = 90;

    /// <summary>Of the latest 50 of each link.</summary>
    [Range(1, Longest)]
    public int SyncRunDays { get; init; } = 90;

    /// <summary>Checks of many staff members.</summary>
    [Range(1, Longest)]
    public int RecheckDays { get; init; } = 90;

    /// <summary>What lost when both sides had changed an appointment.</summary>
    [Range(1, Longest)]
    public int ConflictDays { get; init; } = 365;

    /// <summary>The reports of disconnections that have ended.</summary>
    [Range(1, Longest)]
    public int DisconnectionDays { get; init; } = 365;

    /// <summary>The reports of erasures that have ended.</summary>
    [Range(1, Longest)]
    public int ErasureDays { get; init; } = 3 * 365;
}
