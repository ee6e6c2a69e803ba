namespace CleanSync.Application.AuditLog;

/// <summary>Where admin actions are written down; what is written stays as it is.</summary>
public interface IAuditLog
{
    /// <summary>Stored when this returns; throws when it cannot be.</summary>
    Task Append(AuditEntry entry, CancellationToken ct);
}

/// <summary>One line of the log. An action is two: one before it begins, one when it has ended.</summary>
/// <param name="BegunId">Of the second: the id of the first.</param>
/// <param name="Subject">Such as staff/anna.</param>
/// <param name="View">The subject as JSON: in the first line as it was before, in the second as it is after.</param>
/// <param name="Note">What else there is to know: in the first line of what was asked, in the second of what came of it.</param>
/// <param name="Outcome">Null in the first line.</param>
/// <param name="Refusal">The code of the refusal, when it was refused.</param>
public sealed record AuditEntry(
    Guid Id,
    Guid? BegunId,
    DateTimeOffset At,
    AuditActor Actor,
    string Action,
    string Subject,
    string? Note,
    string? View,
    AuditOutcome? Outcome,
    string? Refusal)
{
    /// <summary>What was asked for, as JSON; in the first line only.</summary>
    public string? Asked { get; init; }

    /// <summary>It only said what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>The names of staff that <see cref="Asked"/>, <see cref="View"/> and the actor name by their place.</summary>
    public IReadOnlyList<AuditName> Names { get; init; } = [];

    /// <summary>The place of the actor's name, when the actor is staff; the name itself is not stored then.</summary>
    public int? ActorNamePlace { get; init; }
}

public enum AuditOutcome
{
    Done,

    /// <summary>It was a dry run that ended well: it said what would happen, and changed nothing.</summary>
    DryRun,

    /// <summary>It was refused, and changed nothing that the view does not show.</summary>
    Refused,

    /// <summary>A fault: what it had done by then, the view shows.</summary>
    Failed,

    /// <summary>It is under way, or the process ended before it did.</summary>
    Unfinished,
}
