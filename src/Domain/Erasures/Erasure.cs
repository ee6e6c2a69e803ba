namespace CleanSync.Domain.Erasures;

/// <summary>
/// A job that takes personal data out of what is stored here and in Exchange: of the clients of some appointments, or of one staff member.
/// </summary>
public sealed record Erasure
{
    /// <summary>After this time what still waits is taken as out of reach, and listed.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    /// <summary>Who is erased; null when the clients of appointments are.</summary>
    public string? StaffId { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Appointments that are still to come are cancelled first.</summary>
    public bool CancelsFuture { get; init; }

    /// <summary>When an admin said not to wait any longer; null as a rule.</summary>
    public DateTimeOffset? EndAskedAt { get; init; }

    /// <summary>When a staff member's link and names were gone from the rows.</summary>
    public DateTimeOffset? StaffErasedAt { get; init; }

    /// <summary>When the bytes of what was deleted were gone from the files.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    public bool IsGivenUp(DateTimeOffset now) => EndAskedAt is not null || now - AskedAt > GivenUpAfter;
}
