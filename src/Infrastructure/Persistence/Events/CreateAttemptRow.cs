using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>A row of create_attempts.</summary>
internal sealed record CreateAttemptRow
{
    public Guid EventId { get; init; }
    public int Position { get; init; }
    public Guid Id { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public string? Uid { get; init; }
    public bool UidIsTold { get; init; }
    public DateTimeOffset? SentStart { get; init; }

    public static IEnumerable<CreateAttemptRow> Of(SyncedEvent e) => e.Attempts.Select((attempt, position) => new CreateAttemptRow
    {
        EventId = e.Id,
        Position = position,
        Id = attempt.Id,
        Deadline = attempt.Deadline,
        Uid = attempt.Uid,
        UidIsTold = attempt.UidIsTold,
        SentStart = attempt.SentStart,
    });

    public CreateAttempt ToAttempt() => new(Id, Deadline, Uid, UidIsTold, SentStart);
}
